"""Measurements, each with its results in `results/`."""
