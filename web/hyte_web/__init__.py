"""The web front end: every IRI of the graph resolves, and the law can be read in three languages."""

from hyte_web.app import create_app

__all__ = ["create_app"]
