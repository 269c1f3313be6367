"""Queries of many kinds asked of several engines, see `__main__`."""
