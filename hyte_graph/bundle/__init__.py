"""Assessments that travel: one file with everything that a verdict rests on, and the check of such a file."""
