"""The report as JUnit XML, which every build server reads: a suite for each act, a case for each verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from xml.etree import ElementTree

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.messages import say
from hyte_graph.reports.plain import one_line, printable
from hyte_graph.reports.told import Report, Told, tell
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import iri

_STATES = ("failure", "skipped")


def render(assessments: Sequence[Assessment], knowledge: Knowledge, language: str) -> str:
    """Return assessments as JUnit XML; the same input gives the same bytes."""
    top = ElementTree.Element("testsuites", name="hyte check")
    for made in assessments:
        _Writer(tell(made, knowledge, language), knowledge).write(top)
    _count(top, top.iter("testcase"))
    ElementTree.indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(top, encoding="unicode") + "\n"


class _Writer:
    """Writes one assessment in one language."""

    def __init__(self, report: Report, knowledge: Knowledge) -> None:
        self._report = report
        self._knowledge = knowledge

    def write(self, top: ElementTree.Element) -> None:
        """Add a suite for each act, and one for what no act asks."""
        ordered = sorted(self._report.verdicts, key=_act)
        for act, found in groupby(ordered, key=_act):
            suite = ElementTree.SubElement(
                top, "testsuite", name=one_line(f"{self._report.organisation}: {self._label(act)}")
            )
            suite.set("timestamp", f"{self._report.made.on.isoformat()}T00:00:00")
            self._properties(suite)
            for item in found:
                self._case(suite, item)
            _count(suite, suite.iter("testcase"))

    def _label(self, act: str) -> str:
        language = self._report.page.language
        return (self._knowledge.label(iri("law", act)) if act else say("report-guidance-suite")).within(language)

    def _properties(self, suite: ElementTree.Element) -> None:
        properties = ElementTree.SubElement(suite, "properties")
        told = self._report.properties() | {"note": " ".join(self._report.notes())}
        for name, value in told.items():
            ElementTree.SubElement(properties, "property", name=name, value=one_line(value))

    def _case(self, suite: ElementTree.Element, item: Told) -> None:
        case = ElementTree.SubElement(suite, "testcase", name=one_line(f"{item.title}, {item.citation}"))
        case.set("classname", f"{item.verdict.actor.slug}.{item.verdict.norm.slug}")
        case.set("time", "0")
        state = self._knowledge.law.value(iri("outcome", item.verdict.outcome), "mapsToJunit")
        if state in _STATES:
            why = (*item.missing, *item.reasons)
            message = one_line(": ".join([f"{item.sign} {item.outcome}", *why[:1]]))
            told = ElementTree.SubElement(case, state, message=message)
            if state == "failure":
                told.set("type", item.verdict.outcome)
        ElementTree.SubElement(case, "system-out").text = printable("\n".join(_details(item, self._report)))


def _act(item: Told) -> str:
    return item.verdict.norm.provision.act


def _details(item: Told, report: Report) -> Iterable[str]:
    """Yield what a case prints: outcome, citation, and every text of the verdict."""
    lists = {
        "settled-by": (item.settled_by,) if item.judgements else (),
        "judgement-section": item.judgements,
        "html-reasons": item.reasons,
        "html-remarks": item.remarks,
        "html-evidence": item.evidence,
        "html-missing": item.missing,
        "html-untested": item.untested,
        "html-repair": item.repair,
    }
    yield f"{item.sign} {item.outcome}: {item.title}"
    yield " ".join(part for part in (item.citation, item.link, item.name) if part)
    yield from (f"{report.page.say('html-readings')}: {text}" for text in (item.readings,) if text)
    for key, texts in lists.items():
        yield from (f"{report.page.say(key)}: {text}" for text in texts)


def _count(element: ElementTree.Element, cases: Iterable[ElementTree.Element]) -> None:
    found = list(cases)
    element.set("tests", str(len(found)))
    element.set("failures", str(sum(case.find("failure") is not None for case in found)))
    element.set("errors", "0")
    element.set("skipped", str(sum(case.find("skipped") is not None for case in found)))
    element.set("time", "0")
