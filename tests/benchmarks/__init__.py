"""Measurements, run by hand: ``uv run python -m tests.benchmarks.NAME --help``."""
