"""The parts of the sheet of a norm that tell how it is checked: rules, evidence, cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import URIRef

from hyte_graph.compliance.cases import Case, cases_on
from hyte_graph.compliance.catalogue import Catalogue, read_catalogue
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import keys, say
from hyte_graph.model import Norm, Rule
from hyte_graph.reports.sheets.sheet import Entry, Section, headed, listed, named
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import HYTE, iri, prefixed, slug

_KINDS = ("silence", "stated-no", "contradiction", "part-missing", "judgement", "untested")
_OUTCOMES = ("sheet-cases-passes", "sheet-cases-fails", "sheet-cases-both")


def checks(norm: Norm, knowledge: Knowledge) -> Iterator[Section]:
    """Yield what the rules of a norm look for, what counts as evidence, and the cases beside the rules."""
    catalogue = read_catalogue(knowledge.shape_index)
    yield _rules(norm, catalogue, knowledge)
    yield _evidence(norm, catalogue, knowledge)
    yield _cases(norm, catalogue, knowledge)


def _rules(norm: Norm, catalogue: Catalogue, knowledge: Knowledge) -> Section:
    """Return the messages of the rules by what they find, and the readings that they keep apart."""
    found = catalogue.by_norm.get(norm.slug, ())
    entries = (
        *listed(say("sheet-readings"), tuple(named(iri("reading", item), knowledge) for item in norm.readings)),
        *(_finding(kind, found, knowledge) for kind in _KINDS if any(rule.finds == kind for rule in found)),
        *(Entry(text, say("sheet-rules-none-because")) for text in (norm.not_checkable,) if text),
    )
    lead = say("sheet-rules-lead") if found else None
    return Section("rules", say("sheet-rules"), entries, lead if entries else say("sheet-rules-none"))


def _finding(kind: str, found: Iterable[Rule], knowledge: Knowledge) -> Entry:
    told = tuple(_rule(rule, knowledge) for rule in found if rule.finds == kind)
    return headed(knowledge.code("finding-kind", kind), told)


def _rule(rule: Rule, knowledge: Knowledge) -> Entry:
    reading = knowledge.code("reading", rule.reading) if rule.reading else None
    return Entry(rule.message, reading, prefixed(rule.iri))


def _evidence(norm: Norm, catalogue: Catalogue, knowledge: Knowledge) -> Section:
    """Return the evidence that a norm expects, and the facts that its rules count, with what makes a fact not count."""
    expected = knowledge.law.values(norm.iri, "expectsEvidence")
    entries = (
        *listed(knowledge.label(f"{HYTE}EvidenceType"), tuple(named(item, knowledge) for item in expected)),
        *(_fact(shape, catalogue, knowledge) for shape in sorted(catalogue.evidence_shapes(norm.slug))),
    )
    return Section("evidence", say("sheet-evidence"), entries)


def _fact(shape: str, catalogue: Catalogue, knowledge: Knowledge) -> Entry:
    classes = sorted(catalogue.targets.get(shape, ()) or knowledge.shape_index.values(shape, "sh:class"))
    spoken = [knowledge.label(item) for item in classes]
    text = Text(*(", ".join(label.within(language) for label in spoken) for language in LANGUAGES))
    wrong = dict.fromkeys(catalogue.messages[item] for item in _criteria(shape, catalogue, knowledge))
    under = listed(say("sheet-criteria"), tuple(Entry(message) for message in wrong))
    return Entry(text, say("sheet-facts"), prefixed(shape), under=under)


def _criteria(shape: str, catalogue: Catalogue, knowledge: Knowledge) -> Iterator[str]:
    """Yield the shapes with a message that a fact must fit to fit a shape."""
    if shape in catalogue.messages:
        yield shape
    for predicate in ("sh:property", "sh:node"):
        for inner in knowledge.shape_index.values(shape, predicate):
            yield from _criteria(inner, catalogue, knowledge)


def _cases(norm: Norm, catalogue: Catalogue, knowledge: Knowledge) -> Section:
    """Return the cases beside the rules of a norm by what they show of it."""
    shapes = sorted(catalogue.evidence_shapes(norm.slug))
    criteria = frozenset(item for shape in shapes for item in _criteria(shape, catalogue, knowledge))
    told = [_Told(case, norm, catalogue, criteria) for case in cases_on(norm.slug, knowledge)]
    entries = tuple(
        headed(say(key), tuple(one.entry(knowledge) for one in told if one.outcome == key))
        for key in _OUTCOMES
        if any(one.outcome == key for one in told)
    )
    return Section("cases", say("sheet-cases"), entries, say("sheet-cases-lead") if entries else None)


class _Told:
    """What one case shows of one norm."""

    def __init__(self, case: Case, norm: Norm, catalogue: Catalogue, criteria: frozenset[str]) -> None:
        start = iri("duty", f"{norm.slug}--")
        self._case, self._catalogue, self._criteria = case, catalogue, criteria
        self._duties = sorted(node for node in case.nodes if node.startswith(start))
        of_norm = {rule.iri: rule for rule in catalogue.by_norm.get(norm.slug, ())}
        met = [(item.focus, of_norm[item.shape]) for item in case.expected if item.shape in of_norm]
        self._met = [(focus, rule) for focus, rule in met if focus in self._duties]

    @property
    def outcome(self) -> str:
        """Return which of the outcomes the duties of the norm have; what is only untested is no failure."""
        failing = {focus for focus, rule in self._met if rule.finds != "untested"}
        return _OUTCOMES[0] if not failing else _OUTCOMES[1] if len(failing) == len(self._duties) else _OUTCOMES[2]

    def entry(self, knowledge: Knowledge) -> Entry:
        met = dict.fromkeys(rule for _, rule in sorted(self._met, key=lambda item: _KINDS.index(item[1].finds)))
        if self.outcome != _OUTCOMES[0]:  # what is untested explains no failure
            met = {rule: None for rule in met if rule.finds != "untested"}
        under = (*(self._rule(rule, knowledge) for rule in met), *self._remarks())
        return Entry(case_label(self._case), name=self._case.name, under=under)

    def _rule(self, rule: Rule, knowledge: Knowledge) -> Entry:
        """Return what a rule found; silence is always the same, so it needs no message."""
        kind = knowledge.code("finding-kind", rule.finds)
        name = prefixed(rule.iri)
        return Entry(kind, name=name) if rule.finds == "silence" else Entry(rule.message, kind, name)

    def _remarks(self) -> tuple[Entry, ...]:
        """Return why facts that were considered for the norm do not count."""
        data = self._case.data
        facts = {str(fact) for duty in self._duties for fact in data.objects(URIRef(duty), URIRef(f"{HYTE}considers"))}
        shapes = (item.shape for item in self._case.expected if item.focus in facts and item.shape in self._criteria)
        wrong = dict.fromkeys(self._catalogue.messages[shape] for shape in shapes)
        return listed(say("sheet-remark"), tuple(Entry(message) for message in sorted(wrong)))


def case_label(case: Case) -> Text:
    """Return what a case is about, by the kind that its name begins with."""
    name = slug(case.name)
    kinds = [key for key in keys() if key.startswith("case-") and f"{name}-".startswith(f"{key[5:]}-")]
    return say(max(kinds, key=len)) if kinds else Text.same(case.label)
