"""Benchmarks: they measure and never assert; ``python -m tests.benchmarks --data DIR`` runs them all."""
