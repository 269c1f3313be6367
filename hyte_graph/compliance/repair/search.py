"""The repair of a description: facts that turn every breach into fulfilled, tried out, and none of them too many."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rdflib import Graph, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.assessment import Assessment, Verdict
from hyte_graph.compliance.catalogue import catalogue_of
from hyte_graph.compliance.duties import names_period
from hyte_graph.compliance.engines import Engine
from hyte_graph.compliance.outcomes import BREACHES, Outcome
from hyte_graph.compliance.repair.needs import Need, Needs
from hyte_graph.compliance.repair.placing import Placing
from hyte_graph.compliance.repair.thing import Thing, class_of
from hyte_graph.compliance.repair.wanted import Wanted, merged, wanted
from hyte_graph.compliance.windows import is_open
from hyte_graph.intake.as_tree import as_tree
from hyte_graph.intake.description import Description
from hyte_graph.intake.overlay import assume
from hyte_graph.intake.writing import as_yaml
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import description_base, iri

FILE = "facts.yaml"
_YES = (URIRef(iri("answer", "yes")),)
_DENIALS = frozenset({URIRef(iri("answer", "no")), URIRef(iri("answer", "partly"))})
_JUDGED = Thing(frozenset({str(HYTE.Judgement)}))
_ANSWERED = Thing(frozenset({str(HYTE.Answer)}), frozenset({(str(HYTE.hasAnswer), _YES)}))

Duty = tuple[str, str]  # norm and period


@dataclass(frozen=True, slots=True)
class Repair:
    """What would mend a description, and what nothing can mend."""

    before: Assessment
    after: Assessment | None  # with the facts assumed, read back from the file; None where there are none
    facts: tuple[Wanted, ...]
    ids: tuple[str, ...]  # of the facts in the file
    linked: tuple[str, ...]  # the ids of further facts in the file, such as the document of a decision
    tree: Mapping[str, object]  # in the form of a description
    mended: tuple[Verdict, ...]  # as they are without the facts
    beyond: tuple[Verdict, ...]  # the period is closed, and the organisation itself says that the thing was not done
    unmended: tuple[Verdict, ...]  # no facts were found that the rules accept


@dataclass(frozen=True, slots=True)
class Trial:
    """How to try facts out."""

    knowledge: Knowledge
    on: date
    known_on: date | None
    law_on: date | None
    checker: Engine

    def assess(self, description: Description) -> Assessment:
        """Return the verdicts on a description."""
        days = {"on": self.on, "known_on": self.known_on, "law_on": self.law_on}
        return assess(description, self.knowledge, checker=self.checker, **days)  # type: ignore[arg-type]


def repair(description: Description, trial: Trial, outcomes: Collection[Outcome] = BREACHES) -> Repair:
    """Return the repair of a description: for each duty with one of the outcomes, facts that make it fulfilled.

    The facts are found from the rules, laid over the description, and assessed; then each is left out once, and stays
    out if nothing breaks without it. So none of them is too many, though another set might be smaller.

    Raises:
        FilingError: the description is not sound.
        UndecidedError: the checks could not be carried out.
    """
    before = trial.assess(description)
    return _Search(description, trial, before, outcomes).run()


def _duty(verdict: Verdict) -> Duty:
    return verdict.norm.slug, verdict.period.slug if verdict.period else ""


class _Search:
    """One search: facts are chosen, tried out, and left out."""

    def __init__(self, base: Description, trial: Trial, before: Assessment, outcomes: Collection[Outcome]) -> None:
        self._base = base
        self._trial = trial
        self._before = before
        catalogue = catalogue_of(trial.knowledge)
        self._needs = Needs(trial.knowledge, catalogue)
        asked = [verdict for verdict in before.verdicts if verdict.outcome in outcomes]
        self._beyond = tuple(verdict for verdict in asked if self._is_beyond(verdict))
        self._asked = {_duty(verdict): verdict for verdict in asked if verdict not in self._beyond}
        self._ways = {key: self._ways_of(verdict) for key, verdict in self._asked.items()}

    def run(self) -> Repair:
        chosen, broken = self._choose()
        facts = self._needed(self._merged(chosen), broken)
        mended = [verdict for key, verdict in self._asked.items() if key not in broken]
        placing = self._placing(facts)
        tree = _tree(self._base, placing.graph)
        unmended = tuple(self._asked[key] for key in sorted(broken))
        return Repair(
            before=self._before,
            after=self._read_back(tree) if facts else None,
            facts=tuple(facts),
            ids=tuple(placing.placed),
            linked=tuple(placing.linked),
            tree=tree,
            mended=tuple(mended),
            beyond=self._beyond,
            unmended=unmended,
        )

    def _is_beyond(self, verdict: Verdict) -> bool:
        """Return whether nothing can mend it: the period is over, and the organisation says that it was not done."""
        period = verdict.period
        if period is None or period.closes is None or is_open(period, verdict.norm, self._trial.on):
            return False
        return bool(self._denials(verdict))

    def _denials(self, verdict: Verdict) -> list[Node]:
        graph, period = self._base.graph, verdict.period
        about = graph.subjects(HYTE.isAboutNorm, URIRef(verdict.norm.iri))
        denying = (node for node in about if graph.value(node, HYTE.hasAnswer) in _DENIALS)
        return sorted((node for node in denying if period and names_period(graph, node, period)), key=str)

    def _ways_of(self, verdict: Verdict) -> list[list[Wanted]]:
        """Return the ways to mend a duty, the first to be tried first."""
        if not verdict.rules:
            return [[wanted(_JUDGED, verdict)]]
        needs: Sequence[Need] = self._needs.of(verdict.norm.slug)
        corrected = [self._corrected(node, verdict) for node in self._denials(verdict)]
        needs = [_JUDGED_ONLY, *needs] if verdict.outcome == "needs-judgement" and not corrected else needs
        ways = [[*corrected, *(wanted(thing, verdict) for thing in need)] for need in needs]
        return [corrected, *ways] if corrected else ways

    def _corrected(self, node: Node, verdict: Verdict) -> Wanted:
        """Return an answer that takes the place of a no of the organisation."""
        periods = (verdict.period,) if verdict.period and self._names_any(node) else ()
        fact = wanted(_ANSWERED, verdict)
        return replace(fact, periods=periods, replaces=str(node).rsplit("/", 1)[-1])

    def _names_any(self, node: Node) -> bool:
        graph = self._base.graph
        return (node, HYTE.forYear, None) in graph or (node, HYTE.forTerm, None) in graph

    def _choose(self) -> tuple[dict[Duty, list[Wanted]], frozenset[Duty]]:
        """Return the way chosen for each duty, and the duties for which none was found."""
        tried = dict.fromkeys(self._ways, 0)
        broken: frozenset[Duty] = frozenset()
        while True:
            chosen = {key: ways[tried[key]] for key, ways in self._ways.items() if key not in broken}
            failed = self._failing(self._merged(chosen)) & chosen.keys()
            if not failed:
                return chosen, broken
            for key in failed:
                tried[key] += 1
            broken |= {key for key in failed if tried[key] >= len(self._ways[key])}

    def _merged(self, chosen: Mapping[Duty, list[Wanted]]) -> list[Wanted]:
        """Return the facts of all duties, those that can be one as one."""
        found: list[Wanted] = []
        for fact in (fact for key in sorted(chosen) for fact in chosen[key]):
            self._add(found, fact)
        return found

    def _add(self, found: list[Wanted], fact: Wanted) -> None:
        for at, known in enumerate(found):
            both = merged(known, fact, self._trial.knowledge)
            if both is not None and class_of(both.thing.kinds, self._trial.knowledge):
                found[at] = both
                return
        found.append(fact)

    def _placing(self, facts: Iterable[Wanted]) -> Placing:
        return Placing(self._base, self._trial.knowledge, self._trial.on).place(facts)

    def _failing(self, facts: Sequence[Wanted]) -> frozenset[Duty]:
        """Return the duties that are not fulfilled with some facts assumed."""
        made = self._read_back(_tree(self._base, self._placing(facts).graph)) if facts else self._before
        outcomes = {_duty(verdict): verdict.outcome for verdict in made.verdicts}
        return frozenset(key for key in self._asked if outcomes.get(key) != "fulfilled")

    def _needed(self, facts: list[Wanted], broken: frozenset[Duty]) -> list[Wanted]:
        """Return the facts without those that are not missed when they are left out."""
        for fact in sorted(facts, key=lambda item: len(item.norms)):
            rest = [item for item in facts if item is not fact]
            if self._failing(rest) <= broken:
                facts = rest
        return facts

    def _read_back(self, tree: Mapping[str, object]) -> Assessment:
        """Return the verdicts with the facts of a file assumed, written and read as the user would."""
        laid = assume(self._base, [(as_yaml(tree).encode(), FILE)], self._trial.knowledge)
        return self._trial.assess(laid)


_JUDGED_ONLY: Need = (_JUDGED,)


def _tree(base: Description, facts: Graph) -> dict[str, object]:
    """Return facts in the form of a description of the same organisation."""
    graph = Graph(bind_namespaces="none")
    for triple in facts:
        graph.add(triple)
    organisation = base.graph.value(base.iri, HYTE.describes)
    graph.add((base.iri, RDF.type, HYTE.Description))
    graph.add((base.iri, HYTE.describes, URIRef(str(organisation))))
    _with_documents(base, graph)
    value = as_tree(Description(FILE, graph, ""))
    kept = {key: inner for key, inner in value.items() if inner not in ([], None)}
    return {"schema_version": "1.0", **kept}


def _with_documents(base: Description, graph: Graph) -> None:
    """Add the documents of the description to which something is delivered: a delivery stands within its document."""
    home = description_base(base.organisation)
    deliveries = list(graph.subjects(RDF.type, HYTE.Delivery))
    for document in [graph.value(node, HYTE.concerns) for node in deliveries]:
        is_new = (document, RDF.type, None) in graph
        parts = [] if is_new else [document, *base.graph.objects(document, HYTE.hasGoal)]
        told = [part for part in base.graph.subjects(HYTE.concerns, document) if not is_new]
        parts += [part for part in told if (part, RDF.type, HYTE.Delivery) in base.graph]
        for part in parts:
            for triple in base.graph.triples((part, None, None)):
                if str(part).startswith(home):
                    graph.add(triple)
