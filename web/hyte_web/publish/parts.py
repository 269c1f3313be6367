"""Parts of the data: the graphs of the modules of a kind, together."""

from __future__ import annotations

from pyoxigraph import NamedNode, Triple

from hyte_graph.vocabulary import iri
from hyte_web.site import Site

_PREFIXES = {"shapes": ("rules-",), "vocab": ("terminology", "scheme-", "alignment")}


def part(site: Site, name: str) -> list[Triple]:
    """Return the triples of the rules ("shapes"), or of the terminology and the lists of codes ("vocab")."""
    starts = tuple(iri("module", prefix) for prefix in _PREFIXES[name])
    graphs = [graph for graph in site.store.named_graphs() if isinstance(graph, NamedNode)]
    wanted = [graph for graph in graphs if graph.value.startswith(starts)]
    return [quad.triple for graph in wanted for quad in site.store.quads_for_pattern(None, None, None, graph)]
