"""Tests: what the product does, told in the names of functions; benchmarks/ measures it."""
