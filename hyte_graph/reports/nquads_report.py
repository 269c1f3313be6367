"""The Turtle report as N-Quads: one named graph for each assessment, so that those of a country can stand together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, Triple, serialize

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.reports.turtle_report import assessment_iri, report_triples
from hyte_graph.store.knowledge import Knowledge

_DIGITS = 16


def render(assessments: Sequence[Assessment], knowledge: Knowledge, language: str) -> str:  # noqa: ARG001
    """Return assessments in all languages, a line for each statement, sorted; the same input gives the same bytes."""
    return "".join(_graph(made, knowledge) for made in assessments)


def _graph(made: Assessment, knowledge: Knowledge) -> str:
    name = NamedNode(assessment_iri(made))
    quads = _labelled(report_triples([made], knowledge), name)
    lines = (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode().splitlines(keepends=True)
    return "".join(sorted(lines))


def _labelled(triples: Sequence[Triple], name: NamedNode) -> Iterator[Quad]:
    """Yield the quads of a graph in the canonical form of RDFC-1.0, its labels made its own.

    In one file, a label means the same node in every graph, and the canonical labels of two graphs are the same ones.
    """
    canonical = Dataset(Quad(item.subject, item.predicate, item.object, name) for item in triples)
    canonical.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    mark = f"g{sha256(name.value.encode()).hexdigest()[:_DIGITS]}"

    def own(term: object) -> object:
        return BlankNode(f"{mark}{term.value}") if isinstance(term, BlankNode) else term

    for quad in canonical:
        yield Quad(own(quad.subject), quad.predicate, own(quad.object), name)  # type: ignore[arg-type]
