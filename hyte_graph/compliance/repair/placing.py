"""Wanted facts as a graph in the form of a description: each marked as not yet true, with what is left to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from hyte_graph.compliance.actors import described_actor
from hyte_graph.compliance.repair.thing import Choice, Link, Thing, chosen, class_of, sheet_of
from hyte_graph.compliance.repair.wanted import Wanted, moment
from hyte_graph.intake.description import Description
from hyte_graph.intake.form import Key
from hyte_graph.intake.workbook.layout import Sheet, address, codes
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import say
from hyte_graph.model import CouncilTerm
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import HYTE as OWN
from hyte_graph.vocabulary import description_base, iri

SOURCE = "todo-source"
_EDTF = URIRef("http://id.loc.gov/datatypes/edtf")
_PLACE = "https://example.org/to-be-done"


@dataclass(slots=True)
class Placing:
    """Writes wanted facts into a graph; `placed` are the ids of the facts, in the order of what was wanted."""

    base: Description
    knowledge: Knowledge
    on: date
    graph: Graph = field(default_factory=lambda: Graph(bind_namespaces="none"))
    placed: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)  # ids of new facts to which those of `placed` are linked
    _count: int = 0

    def place(self, facts: Iterable[Wanted]) -> Placing:
        """Write facts, each with what it is linked to, and return this."""
        for fact in facts:
            self.placed.append(self._root(fact))
        return self

    def _root(self, fact: Wanted) -> str:
        name = fact.replaces or self._new()
        self._write(self._node(name), fact.thing, fact)
        node = self._node(name)
        for norm in fact.norms:
            predicate = HYTE.isAboutNorm if fact.is_about_norm else HYTE.serves
            self._add(node, predicate, URIRef(norm.iri))
        if fact.is_about_norm:
            self._periods(node, fact)
        return name

    def _new(self) -> str:
        self._count += 1
        name = f"todo-{self._count}"
        return name if (self._node(name), None, None) not in self.base.graph else self._new()

    def _node(self, name: str) -> URIRef:
        return URIRef(description_base(self.base.organisation) + name)

    def _add(self, node: Node, predicate: Node, value: Node) -> None:
        self.graph.add((node, predicate, value))

    def _write(self, node: URIRef, thing: Thing, fact: Wanted) -> None:
        """Write a thing with its class, its values, its time and its links."""
        kind = class_of(thing.kinds, self.knowledge) or OWN + "Decision"
        sheet = sheet_of(kind)
        self._add(node, RDF.type, URIRef(kind))
        if len(sheet.path) == 1:
            self._add(node, HYTE.isStatedIn, self.base.iri)
        keys = {address(term): key for key, term in self._terms(sheet)}
        for predicate in sorted({name for name, _ in thing.values} & keys.keys() | {OWN + "citesAct"}):
            for value in chosen(thing.choices(predicate)):
                self._value(node, predicate, value, (sheet, keys.get(predicate)), fact)
        self._marks(node, sheet, keys, fact)
        self._time(node, kind, keys, fact)
        for link in thing.links:
            self._link(node, link, fact)

    def _terms(self, sheet: Sheet) -> Iterator[tuple[Key, dict[str, str]]]:
        for word, term in sheet.terms.items():
            if word in sheet.keys and isinstance(term, dict):
                yield sheet.keys[word], term

    def _value(
        self, node: URIRef, predicate: str, value: Node | None, at: tuple[Sheet, Key | None], fact: Wanted
    ) -> None:
        if predicate == OWN + "citesAct":
            year, number = str(value).rsplit("/", 1)[-1].split("-")
            self._add(node, HYTE.legalBasis, Literal(f"{number}/{year}"))
        elif value == HYTE.everyMember:
            for member in self._members():
                self._add(node, URIRef(predicate), URIRef(iri("actor", member)))
        elif value is not None:
            self._add(node, URIRef(predicate), value)
        elif at[1] is not None and at[1].part is not None:
            self._link(node, Link(predicate, False, Thing(frozenset({OWN + "Goal"}))), fact)
        elif at[1] is not None:
            for filled in self._filled(at[0], at[1], fact):
                self._add(node, URIRef(predicate), filled)

    def _members(self) -> tuple[str, ...]:
        return described_actor(self.base, self.knowledge).members

    def _filled(self, sheet: Sheet, key: Key, fact: Wanted) -> list[Node]:
        """Return what stands for a value that is not known yet."""
        if key.holds == "code":
            return [URIRef(codes(sheet, key)[key.codes[0]])]
        if key.name == "sources":
            return [self._source()]
        plain = {"boolean": "true", "integer": "1", "year": str(self.on.year), "address": _PLACE}
        kinds = {"boolean": XSD.boolean, "integer": XSD.integer, "year": XSD.gYear, "address": XSD.anyURI}
        if key.holds in plain:
            return [Literal(plain[key.holds], datatype=kinds[key.holds])]
        if key.holds == "date":
            return [Literal(self._day(key, fact), datatype=_EDTF)]
        return [self._text(sheet, key)]

    def _text(self, sheet: Sheet, key: Key) -> Literal:
        language = sheet.terms[key.name].get("@language")
        return Literal(say("todo").within(language or "en"), lang=language)

    def _day(self, key: Key, fact: Wanted) -> str:
        """Return the day for a state: its start when its time opens, its end on the last day of a year."""
        day = self.on if fact.closes is None or fact.closes > self.on else fact.closes
        if key.name.endswith("end"):
            return f"{day.year}-12-31"
        return day.isoformat() if fact.closes is None else fact.opens.isoformat()

    def _source(self) -> URIRef:
        node = self._node(SOURCE)
        self._add(node, RDF.type, HYTE.SourceRecord)
        self._add(node, HYTE.isStatedIn, self.base.iri)
        self._add(node, HYTE.hasName, Literal("; ".join(say("todo-source").within(item) for item in LANGUAGES)))
        return node

    def _marks(self, node: URIRef, sheet: Sheet, keys: dict[str, Key], fact: Wanted) -> None:
        """Write what tells a reader that the fact is not yet true: its names, its gloss, its source."""
        label = fact.norms[0].label
        for word, term in sheet.terms.items():
            language = term.get("@language") if isinstance(term, dict) else None
            if language and address(term) == OWN + "hasName":
                self._add(node, HYTE.hasName, Literal(_named(label, language), lang=language))
            elif word == "gloss":
                self._add(node, HYTE.hasGloss, Literal(_told(fact, self.on).en, lang="en"))
        if OWN + "isEvidencedBy" in keys:
            self._add(node, HYTE.isEvidencedBy, self._source())
        for name, key in (("isJudgedByRole", "todo-role"), ("hasReason", "todo-reason")):
            if OWN + name in keys:
                self._add(node, HYTE[name], Literal("; ".join(say(key).within(item) for item in LANGUAGES)))
        if OWN + "hasJudgedOutcome" in keys:
            self._add(node, HYTE.hasJudgedOutcome, URIRef(iri("outcome", "fulfilled")))

    def _time(self, node: URIRef, kind: str, keys: dict[str, Key], fact: Wanted) -> None:
        classes = self.knowledge.superclasses(kind)
        happens = OWN + "EventFact" in classes or fact.is_about_norm
        if OWN + "hasDate" in keys and happens:
            day = self.on.isoformat() if fact.is_about_norm else moment(fact, self.on)
            self._add(node, HYTE.hasDate, Literal(day, datatype=_EDTF))
        if OWN + "Document" in classes and fact.term is not None:
            self._add(node, HYTE.isMadeForTerm, self._term(fact.term))

    def _term(self, term: CouncilTerm) -> URIRef:
        """Return the council term of the description, or one that is written beside the facts."""
        for known in self.base.graph.subjects(RDF.type, HYTE.CouncilTerm):
            if str(self.base.graph.value(known, HYTE.startsOn)) == term.starts.isoformat():
                return URIRef(str(known))
        node = self._node(f"todo-term-{term.starts.year}")
        self._add(node, RDF.type, HYTE.CouncilTerm)
        self._add(node, HYTE.isStatedIn, self.base.iri)
        for predicate, day in ((HYTE.startsOn, term.starts), (HYTE.endsOn, term.ends)):
            self._add(node, predicate, Literal(day.isoformat(), datatype=_EDTF))
        return node

    def _periods(self, node: URIRef, fact: Wanted) -> None:
        """Write the years and terms that an answer or a judgement is for; a standing duty has none."""
        for period in fact.periods:
            if period.term is not None:
                self._add(node, HYTE.forTerm, self._term(period.term))
            elif period.closes is not None:
                self._add(node, HYTE.forYear, Literal(str(period.opens.year), datatype=XSD.gYear))

    def _link(self, node: URIRef, link: Link, fact: Wanted) -> None:
        kind = "Goal" if link.predicate == OWN + "hasGoal" else "Decision"
        thing = link.thing if link.thing.kinds else replace(link.thing, kinds=frozenset({OWN + kind}))
        if kind == "Goal":  # rules ask for a measure of every goal that is told
            thing = replace(thing, values=thing.values | {(OWN + "hasMeasure", (None,))})
        other = self._linked(thing, fact)
        ends = (other, node) if link.inverse else (node, other)
        self._add(ends[0], URIRef(link.predicate), ends[1])

    def _linked(self, thing: Thing, fact: Wanted) -> URIRef:
        """Return what a thing is linked to: something of the description that is like that, or something new."""
        found = self._existing(thing, fact)
        if found is not None:
            return found
        name = self._new()
        self._write(self._node(name), thing, fact)
        if (self._node(name), HYTE.isStatedIn, None) in self.graph:
            self.linked.append(name)
        return self._node(name)

    def _existing(self, thing: Thing, fact: Wanted) -> URIRef | None:
        graph = self.base.graph
        if not thing.kinds or thing.links or thing.is_of("Goal"):
            return None
        for node in sorted(set(graph.subjects(HYTE.isStatedIn)), key=str):
            kinds = {kind for own in graph.objects(node, RDF.type) for kind in self.knowledge.superclasses(str(own))}
            if thing.kinds <= kinds and self._has(node, thing.values) and self._is_for(node, fact):
                return URIRef(str(node))
        return None

    def _has(self, node: Node, values: Iterable[tuple[str, Choice]]) -> bool:
        for predicate, choice in values:
            told = set(self.base.graph.objects(node, URIRef(predicate)))
            if not told or (choice != (None,) and not told & set(choice)):
                return False
        return True

    def _is_for(self, node: Node, fact: Wanted) -> bool:
        """Return whether a document of the description may stand for the time of a fact."""
        if fact.term is None:
            return fact.closes is None
        term = self.base.graph.value(node, HYTE.isMadeForTerm)
        starts = self.base.graph.value(term, HYTE.startsOn) if term is not None else None
        return str(starts) == fact.term.starts.isoformat()


def _named(label: Text, language: str) -> str:
    return say("todo-named", label=label).within(language)


def _told(fact: Wanted, on: date) -> Text:
    """Return what must be said of a fact: that it is not yet true, and until when it could become true."""
    duties = Text.same(", ".join(norm.slug for norm in fact.norms))
    if fact.is_closed(on):
        return say("todo-only-if-done", closes=fact.closes, duties=duties)
    return say("todo-do", duties=duties)
