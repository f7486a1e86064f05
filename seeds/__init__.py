"""Interviews that come with the project, as given, each with its provenance; data only."""
