"""Full-text search: `Search.of(knowledge).find("hyvinvointikertomuksen")`."""

from hyte_graph.store.search.index import Hit, Search

__all__ = ["Hit", "Search"]
