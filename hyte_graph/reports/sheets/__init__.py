"""Sheets: one thing of the graph on one page, as a value that every format is written from."""
