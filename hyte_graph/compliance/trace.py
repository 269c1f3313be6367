"""Why an outcome came about: the facts that counted, those that did not and why, what is missing, how to mend it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from rdflib.namespace import RDF
from rdflib.term import Node

from hyte_graph.compliance.assessment import Evidence, Source
from hyte_graph.compliance.catalogue import Catalogue
from hyte_graph.compliance.duties import Duty
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import say
from hyte_graph.model import Finding, Rule
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.statements import Readable
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import slug

_SHAPE_OF_FACT = "/rule/fact-"
_TYPE = RDF.type
_NAMING = (HYTE.hasName, HYTE.concerns, HYTE.organName, HYTE.hasDate)


@dataclass(frozen=True, slots=True)
class Trace:
    """Reads the trace of duties off the graph and the findings on its facts."""

    graph: Readable
    knowledge: Knowledge
    catalogue: Catalogue
    remarks: dict[str, dict[str, list[str]]]  # fact IRI -> evidence shape IRI -> IRIs of the shapes it does not fit
    lines: Mapping[str, int]  # local id -> line of the description
    _aside: dict[str, tuple[tuple[str, Text], ...]] = field(default_factory=dict, repr=False)  # by the IRI of a duty
    _names: dict[Node, tuple[Text, Text]] = field(default_factory=dict, repr=False)  # kind and name of a fact
    _told: dict[Node, Evidence] = field(default_factory=dict, repr=False)
    _kinds: dict[frozenset[Node], Text] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        graph: Readable,
        knowledge: Knowledge,
        catalogue: Catalogue,
        findings: Iterable[Finding],
        lines: Mapping[str, int],
    ) -> Trace:
        """Return the trace for a graph of facts, all findings on it, and the lines on which the facts stand."""
        remarks: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for finding in findings:
            if _SHAPE_OF_FACT in finding.shape:
                remarks[finding.focus][finding.shape.split("--")[0]].append(finding.shape)
        return cls(graph, knowledge, catalogue, remarks, lines)

    def evidence(self, duty: Duty) -> tuple[Evidence, ...]:
        """Return the considered facts and answers that count for a duty, by their ids."""
        shapes = self.catalogue.evidence_shapes(duty.norm.slug)
        counted = [fact.node for fact in duty.considers if self._fits(fact.node, fact.classes, shapes)]
        counted += [node for node in duty.answers if self._affirms(node)]
        return tuple(sorted(map(self._evidence, counted), key=lambda item: (item.id, item.iri)))

    def _fits(self, node: Node, classes: frozenset[str], shapes: Iterable[str]) -> bool:
        return any(
            classes & self.catalogue.targets[shape] and shape not in self.remarks.get(str(node), {}) for shape in shapes
        )

    def _affirms(self, node: Node) -> bool:
        answer = slug(str(self.graph.value(node, HYTE.hasAnswer)))
        return answer in ("yes", "partly") and (node, HYTE.isEvidencedBy, None) in self.graph

    def _evidence(self, node: Node) -> Evidence:
        if node not in self._told:
            self._told[node] = self._read(node)
        return self._told[node]

    def _read(self, node: Node) -> Evidence:
        certainty = self.graph.value(node, HYTE.hasCertainty)
        return Evidence(
            id=slug(str(node)),
            iri=str(node),
            label=self.name(node),
            kind=self._named(node)[0],
            certainty=slug(str(certainty)) if certainty is not None else "",
            sources=self.sources(node),
            line=self.lines.get(slug(str(node))),
        )

    def sources(self, node: Node) -> tuple[Source, ...]:
        """Return the sources of a fact."""
        return tuple(self._source(item) for item in sorted(self.graph.objects(node, HYTE.isEvidencedBy), key=str))

    def _source(self, node: Node) -> Source:
        return Source(self._one(node, HYTE.hasName) or slug(str(node)), self._one(node, HYTE.hasUrl))

    def _one(self, node: Node, predicate: Node) -> str:
        """Return one value of a property, the same in every run, or an empty string."""
        return str(min(self.graph.objects(node, predicate), key=_preference, default=""))

    def _kind(self, node: Node) -> Text:
        known = frozenset(self.graph.objects(node, _TYPE))
        if known not in self._kinds:
            kinds = sorted(map(str, known))
            lowest = [kind for kind in kinds if not any(kind in self._above(other) for other in kinds)]
            self._kinds[known] = self.knowledge.label((lowest or kinds)[0])
        return self._kinds[known]

    def _above(self, kind: str) -> frozenset[str]:
        return self.knowledge.superclasses(kind) - {kind}

    def name(self, node: Node) -> Text:
        """Return what a fact is called: its name, that of its document, its organ and day, or its id."""
        return self._named(node)[1]

    def _named(self, node: Node) -> tuple[Text, Text]:
        if node not in self._names:
            speaks = any(self.graph.value(node, predicate) is not None for predicate in _NAMING)
            name = Text(*(self._name_in(node, language) for language in LANGUAGES)) if speaks else None
            self._names[node] = self._kind(node), name or Text.same(slug(str(node)))
        return self._names[node]

    def _name_in(self, node: Node, language: str) -> str:
        own = self._spoken(node, HYTE.hasName, language)
        if own:
            return own
        document = self.graph.value(node, HYTE.concerns)
        parts = [self._name_in(document, language) if document is not None else ""]
        parts += [self._spoken(node, HYTE.organName, language), self._one(node, HYTE.hasDate)]
        return ", ".join(part for part in parts if part) or slug(str(node))

    def _spoken(self, node: Node, predicate: Node, language: str) -> str:
        """Return the value of a property in a language, else in the first language that it has."""
        values = {
            getattr(item, "language", None): str(item) for item in sorted(self.graph.objects(node, predicate), key=str)
        }
        return values.get(language) or self._one(node, predicate)

    def set_aside(self, duty: Duty) -> tuple[Text, ...]:
        """Return one sentence for each fact of the right kind that does not count, and why."""
        return tuple(dict.fromkeys(text for _, text in self.facts_set_aside(duty)))

    def facts_set_aside(self, duty: Duty) -> tuple[tuple[str, Text], ...]:
        """Return the ids of the facts that do not count, each with a sentence that says why."""
        if duty.iri not in self._aside:
            self._aside[duty.iri] = self._found_aside(duty)
        return self._aside[duty.iri]

    def _found_aside(self, duty: Duty) -> tuple[tuple[str, Text], ...]:
        found = [(slug(str(fact.node)), say("reason-aside", fact=self._titled(fact.node))) for fact in duty.sets_aside]
        shapes = self.catalogue.evidence_shapes(duty.norm.slug)
        counted = {item.iri for item in self.evidence(duty)}
        for fact in duty.considers:
            if str(fact.node) not in counted:
                found += [
                    (slug(str(fact.node)), say("reason-remark", fact=self._titled(fact.node), message=message))
                    for message in self._faults(fact.node, shapes)
                ]
        return tuple(dict.fromkeys(found))

    def _titled(self, node: Node) -> Text:
        kind, name = self._named(node)
        return Text(*(_sentence_start(f"{kind.within(item)} ”{name.within(item)}”") for item in LANGUAGES))

    def _faults(self, node: Node, shapes: Iterable[str]) -> list[Text]:
        """Return why a fact does not fit the shape that it comes nearest to; nothing if it is of another kind."""
        unfit = self.remarks.get(str(node), {})
        tried = [unfit[shape] for shape in sorted(shapes) if shape in unfit]
        relevant = [faults for faults in tried if not self.catalogue.gates & set(faults)]
        nearest = min(relevant, key=len, default=[])
        return [self.catalogue.messages[fault] for fault in nearest if fault in self.catalogue.messages]


def _preference(name: Node) -> tuple[int, str]:
    """Return the order of a name: Finnish first, then Swedish, then English, then names without a language."""
    language = getattr(name, "language", None)
    return LANGUAGES.index(language) if language in LANGUAGES else len(LANGUAGES), str(name)


def _sentence_start(text: str) -> str:
    return text[:1].upper() + text[1:]


def repairs(outcome: Outcome, duty: Duty, missing: tuple[Text, ...], found: Iterable[Rule]) -> tuple[Text, ...]:
    """Return the smallest change that would turn the outcome into fulfilled."""
    if outcome in ("evidence-missing", "not-yet-due"):
        return (_to_record(duty.norm.label, duty.norm.evidence),)
    if outcome in ("not-fulfilled", "overdue", "guidance-gap"):
        return (say("repair-do", label=duty.norm.label),)
    if outcome == "partly-fulfilled":
        return tuple(say("repair-part", message=message) for message in missing)
    if outcome == "needs-judgement":
        return (say("repair-judge"),)
    if outcome == "contested":
        return (say("repair-law"), *(say("repair-part", message=rule.message) for rule in found if rule.reading))
    return ()


@lru_cache(maxsize=1024)
def _to_record(label: Text, evidence: tuple[Text, ...]) -> Text:
    if not evidence:
        return say("repair-answer", label=label)
    listed = Text(*("; ".join(item.within(language) for item in evidence) for language in LANGUAGES))
    return say("repair-record", evidence=listed)
