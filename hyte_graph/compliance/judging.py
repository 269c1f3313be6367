"""What persons judged: read off the graph, whether it settles the outcome, and what may not stand in a file of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rdflib import URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from hyte_graph.compliance.assessment import Judgement
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.compliance.trace import Trace
from hyte_graph.errors import FilingError
from hyte_graph.intake.dates import interval
from hyte_graph.intake.description import Description
from hyte_graph.intake.overlay import file_of
from hyte_graph.languages import Text
from hyte_graph.messages import nearest, say
from hyte_graph.store.statements import Readable
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import slug

_NEEDED = (("role", HYTE.isJudgedByRole), ("date", HYTE.hasDate), ("reason", HYTE.hasReason))


@dataclass(frozen=True, slots=True)
class Judging:
    """Reads the judgements of one description and of the files laid over it."""

    description: Description
    trace: Trace

    def of(self, nodes: Iterable[Node], *, settles: bool) -> tuple[Judgement, ...]:
        """Return judgements, the newest first, which alone can settle a duty."""
        ordered = sorted(nodes, key=lambda node: _day(self.trace.graph, node), reverse=True)
        return tuple(self._judgement(node, settles=settles and at == 0) for at, node in enumerate(ordered))

    def _judgement(self, node: Node, *, settles: bool) -> Judgement:
        graph = self.trace.graph
        role, day, reason = (str(graph.value(node, predicate) or "") for _, predicate in _NEEDED)
        outcome: Outcome = slug(str(graph.value(node, HYTE.hasJudgedOutcome)))  # type: ignore[assignment]
        return Judgement(
            id=slug(str(node)),
            iri=str(node),
            role=role,
            day=day,
            reason=reason,
            outcome=outcome,
            sources=self.trace.sources(node),
            file=file_of(node, self.description.judged),
            settles=settles,
        )


def _day(graph: Readable, node: Node) -> tuple[str, str]:
    return str(graph.value(node, HYTE.hasDate)), str(node)


def check_judged(description: Description, known_on: date, judged: Iterable[Node], norms: Iterable[str]) -> None:
    """Raise what is wrong with the files of judgements.

    Args:
        description: with the files laid over it.
        known_on: the day after which nothing can have been judged.
        judged: the judgements that are about a duty of the organisation.
        norms: the slugs of the norms that ask something of it.

    Raises:
        FilingError: a judgement without role, day or reason, of a later day, or about a duty that there is not.
    """
    about, asked = set(judged), tuple(norms)
    places = {name: where for file in description.judged for name, where in file.places.items()}
    nodes = sorted(description.graph.subjects(RDF.type, HYTE.Judgement), key=str)
    laid = [node for node in nodes if slug(str(node)) in places]
    found = [
        fault
        for node in laid
        for fault in _faults(description.graph, node, places[slug(str(node))], known_on)
        or ([] if node in about else [_no_duty(description.graph, node, places[slug(str(node))], asked)])
    ]
    if found:
        raise FilingError(*found)


def _faults(graph: Readable, node: Node, where: Text, known_on: date) -> list[Text]:
    name = slug(str(node))
    told = {key: str(graph.value(node, predicate) or "").strip() for key, predicate in _NEEDED}
    missing = [say("judgement-lacks", where=where, id=name, key=key) for key, value in told.items() if not value]
    span = interval(told["date"])
    if span and span.last > known_on:
        missing.append(say("judgement-later", where=where, id=name, day=told["date"], known=known_on))
    return missing


def _no_duty(graph: Readable, node: Node, where: Text, norms: tuple[str, ...]) -> Text:
    """Return why there is no duty to judge: the norm asks nothing of the organisation, or not in that period."""
    about = graph.value(node, HYTE.isAboutNorm)
    norm, name = slug(str(about)) if isinstance(about, URIRef) else "", slug(str(node))
    if norm in norms:
        return say("judgement-no-period", where=where, id=name, norm=norm)
    return say("judgement-no-duty", where=where, id=name, norm=norm or "–", nearest=nearest(norm, norms))
