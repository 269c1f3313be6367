"""The site under load and under attack, every answer compared with a reference, see `__main__`."""
