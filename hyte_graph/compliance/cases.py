"""The cases beside the rules: data with the results that validation must give, descriptions with the verdicts due.

A case has the form of the W3C SHACL test suite: a Turtle file whose manifest holds one `sht:Validate` entry, and which
is itself the data graph. Its address is that of the file below the base IRI, so `<>` and the full address read alike.
An outcome case is a description (`outcome-*.yaml`) beside a file that tells the verdicts (`outcome-*.expected.yaml`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.engines import Engine
from hyte_graph.compliance.findings import find, find_by_all
from hyte_graph.errors import HyteError, KnowledgeError
from hyte_graph.intake.reader import read_description
from hyte_graph.intake.tree import read_tree
from hyte_graph.languages import Text
from hyte_graph.model import Finding
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import graph_of
from hyte_graph.vocabulary import BASE, FOREIGN

_DUTY = re.compile(r"^duty:(\S+?)--", re.MULTILINE)
_MF, _SHT = Namespace(FOREIGN["mf"]), Namespace(FOREIGN["sht"])


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One expected or found result; `value` is "" where the case does not state it."""

    focus: str
    shape: str
    severity: str
    component: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One case: the data, and the results that all rules together must give on it."""

    name: str  # the path below the folder of the rules, without "cases" and ending
    label: str
    data: Graph
    conforms: bool
    expected: tuple[Result, ...]

    @property
    def nodes(self) -> frozenset[str]:
        """Return the nodes that the case says something of: what may be a focus node of its results."""
        return frozenset(str(node) for node in self.data.subjects() if isinstance(node, URIRef))


def case_files(knowledge: Knowledge) -> tuple[Path, ...]:
    """Return the files of the cases, in the order of their paths."""
    return tuple(sorted(knowledge.rules.rglob("cases/*.ttl")))


def read_cases(knowledge: Knowledge) -> tuple[Case, ...]:
    """Return every case beside the rules, in the order of the paths.

    Raises:
        KnowledgeError: a file is no Turtle, or is no such case.
    """
    return tuple(read_case(path, knowledge.rules) for path in case_files(knowledge))


def cases_on(norm: str, knowledge: Knowledge) -> tuple[Case, ...]:
    """Return the cases that hold a duty of a norm, by its slug; only their files are parsed.

    Raises:
        KnowledgeError: a file is no such case.
    """
    return tuple(read_case(path, knowledge.rules) for path in _files_by_norm(knowledge).get(norm, ()))


@cache
def _files_by_norm(knowledge: Knowledge) -> dict[str, tuple[Path, ...]]:
    """Return the files of the cases by the norms whose duties they hold; in canonical Turtle a subject has its line."""
    found: dict[str, list[Path]] = {}
    for path in case_files(knowledge):
        for norm in sorted(set(_DUTY.findall(path.read_text(encoding="utf-8")))):
            found.setdefault(norm, []).append(path)
    return {norm: tuple(paths) for norm, paths in found.items()}


def read_case(path: Path, rules: Path) -> Case:
    """Return the case of one file below the folder of the rules.

    Raises:
        KnowledgeError: the file is no Turtle, or is no case whose data graph it is itself.
    """
    place = path.relative_to(rules).as_posix()
    address = URIRef(f"{BASE}rules/{place}")
    graph = _graph(path, address)
    entries = list(graph.subjects(RDF.type, _SHT.Validate))
    action = graph.value(entries[0], _MF.action) if len(entries) == 1 else None
    report = graph.value(entries[0], _MF.result) if len(entries) == 1 else None
    if action is None or report is None or graph.value(action, _SHT.dataGraph) != address:
        raise KnowledgeError(
            Text.same(f"{place} is no case: it needs one sht:Validate entry with itself as data graph.")
        )
    return Case(
        name=place.removesuffix(".ttl").replace("cases/", ""),
        label=str(graph.value(entries[0], RDFS.label) or ""),
        data=graph,
        conforms=str(graph.value(report, SH.conforms)) == "true",
        expected=tuple(sorted(_result(graph, node) for node in graph.objects(report, SH.result))),
    )


def _graph(path: Path, address: URIRef) -> Graph:
    try:
        text = path.read_bytes()
        return graph_of(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE, base_iri=str(address)))
    except (SyntaxError, ValueError, OSError) as error:
        raise KnowledgeError(Text.same(f"{path.name}: {error}")) from error


def _result(graph: Graph, node: Node) -> Result:
    value = graph.value(node, SH.value)
    return Result(
        focus=str(graph.value(node, SH.focusNode)),
        shape=str(graph.value(node, SH.sourceShape)),
        severity=str(graph.value(node, SH.resultSeverity)).rsplit("#", 1)[-1],
        component=str(graph.value(node, SH.sourceConstraintComponent)),
        value=str(value) if isinstance(value, URIRef | Literal) else "",
    )


def run_case(case: Case, knowledge: Knowledge, checker: Engine) -> tuple[Finding, ...]:
    """Return all findings of all rules on the data of a case."""
    return find(checker, case.data, knowledge)


def run_together(cases: Iterable[Case], knowledge: Knowledge, checker: Engine) -> dict[str, tuple[Finding, ...]]:
    """Return the findings of each case by its name, from one run over the data of all.

    No two cases say anything of the same node, and no rule looks from one node to another that it is not linked to, so
    each finds what it would find alone.

    Raises:
        KnowledgeError: two cases say something of the same node.
    """
    cases = tuple(cases)
    owner = _owners(cases)
    data = Graph(bind_namespaces="none")
    for case in cases:
        data += case.data
    found: dict[str, list[Finding]] = {case.name: [] for case in cases}
    for finding in find_by_all(checker, data, knowledge):
        found[owner[finding.focus]].append(finding)
    return {name: tuple(findings) for name, findings in found.items()}


def _owners(cases: Iterable[Case]) -> dict[str, str]:
    owner: dict[str, str] = {}
    for case in cases:
        for node in case.nodes:
            other = owner.setdefault(node, case.name)
            if other != case.name:
                raise KnowledgeError(Text.same(f"{case.name} and {other} both say something of {node}."))
    return owner


@dataclass(frozen=True, slots=True)
class Difference:
    """What a run gave otherwise than the case says."""

    missing: tuple[Result, ...]
    unexpected: tuple[Result, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.unexpected)

    def __str__(self) -> str:
        return "\n".join(
            [*(f"missing: {item}" for item in self.missing), *(f"unexpected: {item}" for item in self.unexpected)]
        )


def difference(case: Case, findings: Iterable[Finding]) -> Difference:
    """Return how the findings of a run differ from what the case says, counted one by one."""
    expected, found = Counter(case.expected), Counter(_found(case, findings))
    return Difference(tuple(sorted((expected - found).elements())), tuple(sorted((found - expected).elements())))


def _found(case: Case, findings: Iterable[Finding]) -> Iterator[Result]:
    stated = {(item.focus, item.shape) for item in case.expected if item.value}
    for finding in findings:
        value = finding.value if (finding.focus, finding.shape) in stated else ""
        yield Result(finding.focus, finding.shape, finding.severity, finding.component, value)


@dataclass(frozen=True, slots=True, order=True)
class Judged:
    """The verdict on one norm and period for a day; `period` is "" where the norm makes no duty."""

    on: date
    norm: str
    period: str
    outcome: str
    readings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomeCase:
    """A description with the verdicts that it must get."""

    name: str
    shows: str  # one sentence
    path: Path
    include_drafts: bool
    expected: tuple[Judged, ...]
    absent: tuple[str, ...]  # slugs of norms on which there may be no verdict at all
    refused: str  # the class of the error if nothing may be said, else ""


def read_outcome_cases(knowledge: Knowledge) -> tuple[OutcomeCase, ...]:
    """Return every outcome case beside the rules, in the order of the paths.

    Raises:
        KnowledgeError: a description without expectations, or the other way round.
    """
    told = {path.name.removesuffix(".expected.yaml"): path for path in knowledge.rules.rglob("cases/*.expected.yaml")}
    paths = [path for path in knowledge.rules.rglob("cases/outcome-*.yaml") if ".expected" not in path.name]
    if len(told) != len(paths) or set(told) != {path.stem for path in paths}:
        raise KnowledgeError(Text.same("An outcome case is a description and its expectations, each name used once."))
    return tuple(_outcome_case(path, told[path.stem], knowledge.rules) for path in sorted(paths))


def _outcome_case(path: Path, told: Path, rules: Path) -> OutcomeCase:
    values: dict[str, Any] = read_tree(told.read_text(encoding="utf-8"), told.name).value
    return OutcomeCase(
        name=path.relative_to(rules).as_posix().removesuffix(".yaml").replace("cases/", ""),
        shows=values["shows"],
        path=path,
        include_drafts=values.get("include_drafts") == "true",
        expected=tuple(_judged(item) for item in values.get("verdicts", ())),
        absent=tuple(values.get("absent", ())),
        refused=values.get("refused", ""),
    )


def _judged(item: dict[str, Any]) -> Judged:
    readings = tuple(sorted(item.get("readings", {}).items()))
    return Judged(date.fromisoformat(item["on"]), item["norm"], item.get("period", ""), item["outcome"], readings)


def misjudged(case: OutcomeCase, knowledge: Knowledge, checker: Engine) -> tuple[str, ...]:
    """Return one line for each verdict that the whole chain gives otherwise than an outcome case says."""
    days = sorted({item.on for item in case.expected}) or [date.max]
    try:
        made = {day: _assessed(case, day, knowledge, checker) for day in days}
    except HyteError as error:
        name = type(error).__name__
        return () if name == case.refused else (f"refused with {name}: {error}",)
    if case.refused:
        return (f"not refused with {case.refused}",)
    given = frozenset(item for day, assessment in made.items() for item in _given(assessment, day))
    wrong = [f"expected {item}, given {_of_norm(given, item)}" for item in case.expected if item not in given]
    return (*wrong, *(f"there is a verdict: {item}" for item in sorted(given) if item.norm in case.absent))


def _assessed(case: OutcomeCase, day: date, knowledge: Knowledge, checker: Engine) -> Assessment:
    description = read_description(case.path.read_bytes(), case.path.name, knowledge)
    return assess(description, knowledge, on=day, include_drafts=case.include_drafts, checker=checker)


def _given(assessment: Assessment, day: date) -> Iterator[Judged]:
    for verdict in assessment.verdicts:
        period = verdict.period.slug if verdict.period else ""
        yield Judged(day, verdict.norm.slug, period, verdict.outcome, tuple(sorted(verdict.readings)))


def _of_norm(given: Iterable[Judged], wanted: Judged) -> list[Judged]:
    return sorted(item for item in given if (item.on, item.norm) == (wanted.on, wanted.norm))
