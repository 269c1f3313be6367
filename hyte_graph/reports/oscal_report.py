"""The OSCAL report: NIST assessment results 1.1 in JSON, one result an organisation.

A finding of OSCAL says *satisfied* or *not satisfied*. What is neither shown nor broken is therefore an observation
without a finding, with its outcome as a property.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from hyte_graph.compliance.assessment import Assessment, Evidence, Source, Verdict
from hyte_graph.compliance.outcomes import OUTCOMES
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.reports.grouping import IDLE
from hyte_graph.reports.page import Page
from hyte_graph.reports.plain import one_line, printable
from hyte_graph.reports.templating import initial
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import BASE, iri

VERSION = "1.1.3"
_STATES = ("satisfied", "not-satisfied")

Value = dict[str, Any]


def render(assessments: Sequence[Assessment], knowledge: Knowledge, language: str) -> str:
    """Return assessments as OSCAL assessment results in "fi", "sv" or "en"; the same input gives the same bytes."""
    pages = [_Result(made, knowledge, language) for made in assessments]
    home = "+".join(page.home for page in pages) + f"+{language}"
    last = max(made.on for made in assessments)
    plan = _uuid(f"{home}/plan")
    value = {
        "uuid": _uuid(home),
        "metadata": {
            "title": one_line("; ".join(page.title for page in pages)),
            "last-modified": _moment(last),
            "version": last.isoformat(),
            "oscal-version": VERSION,
            "props": [_prop("language", language)],
            "parties": [page.party() for page in pages],
            "remarks": _clean("\n\n".join([*_marks(pages), say("html-caution").within(language)])),
        },
        "import-ap": {"href": f"#{plan}"},
        "results": [page.value() for page in pages],
        "back-matter": {"resources": [_plan(plan, assessments, language)]},
    }
    return json.dumps({"assessment-results": value}, ensure_ascii=False, indent=2) + "\n"


def _plan(uuid: str, assessments: Sequence[Assessment], language: str) -> Value:
    """Return what stands for the assessment plan: the rules, by their versions."""
    versions = dict.fromkeys(version for made in assessments for version in made.versions)
    title = say("oscal-plan").within(language)
    return {"uuid": uuid, "title": title, "props": [_prop(f"version-{name}", told) for name, told in versions]}


class _Result:
    """One organisation, in one language."""

    def __init__(self, made: Assessment, knowledge: Knowledge, language: str) -> None:
        self._made = made
        self._knowledge = knowledge
        self._page = Page(made, knowledge, language)
        self.title = self._page.title
        basis = f"/{made.basis}" if made.basis else ""
        self.home = f"{made.actor.slug}/{made.on}/{made.known_on}/{made.digest}/{_joined(made.versions)}{basis}"

    def marks(self) -> list[str]:
        """Return what tells a what-if from an ordinary result."""
        return self._page.marks()

    def party(self) -> Value:
        """Return the organisation."""
        made = self._made
        fictitious = [_prop("fictitious", "true")] if made.actor.is_fictitious else []
        name = one_line(self._text(made.actor.label))
        return {
            "uuid": self._uuid("party"),
            "type": "organization",
            "name": name,
            "props": [_prop("iri", made.actor.iri), *fictitious],
        }

    def value(self) -> Value:
        """Return the result; a key without a value is left out, as the schema asks."""
        asked = [verdict for verdict in self._made.verdicts if verdict.outcome not in IDLE]
        result = {
            "uuid": self._uuid("result"),
            "title": one_line(self.title),
            "description": _clean(" ".join([*self.marks(), self._page.say("html-lead")])),
            "start": _moment(self._made.on),
            "end": _moment(self._made.on),
            "props": self._props(),
            "reviewed-controls": {"control-selections": self._selections()},
            "observations": [self._observation(verdict) for verdict in asked],
            "findings": [finding for verdict in asked for finding in self._findings(verdict)],
        }
        return {key: told for key, told in result.items() if told}

    def _props(self) -> list[Value]:
        made = self._made
        clocks = (("law-as-of", made.law_on), ("facts-as-of", made.on), ("known-as-of", made.known_on))
        told = [(name, day.isoformat()) for name, day in clocks]
        told += [("reference-date", made.reference_date), ("input-name", made.name), ("input-sha256", made.digest)]
        told += [("report-sha256", self._page.digest)]
        told += [("assumed", f"{file.name} {file.digest}") for file in made.assumed]
        told += [("judged", f"{file.name} {file.digest}") for file in made.judged]
        told += [(f"version-{name}", version) for name, version in made.versions]
        told += [("engine", made.engine)]
        counted = made.summary()
        families = Counter(verdict.norm.family for verdict in made.verdicts)
        return [
            *(_prop(name, text) for name, text in told if one_line(text)),
            *(_prop("outcome-count", str(counted[outcome]), outcome) for outcome in OUTCOMES),
            *(_prop("family-count", str(families[family]), family) for family in sorted(families)),
        ]

    def _selections(self) -> list[Value]:
        """Return the norms by act, without those that ask nothing of the organisation."""
        acts: dict[str, dict[bool, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        for verdict in self._made.verdicts:
            acts[verdict.norm.provision.act][verdict.outcome in IDLE][verdict.norm.slug] = None
        return [self._selection(act, found) for act, found in sorted(acts.items())]

    def _selection(self, act: str, found: dict[bool, dict[str, None]]) -> Value:
        named = self._knowledge.law.text(iri("law", act), "rdfs:label") if act else say("oscal-guidance")
        idle = [slug for slug in found[True] if slug not in found[False]]
        lists = {"include-controls": [*found[False], *idle], "exclude-controls": idle}
        selected = {key: [{"control-id": slug} for slug in slugs] for key, slugs in lists.items() if slugs}
        return {"description": self._text(named), **selected}

    def _observation(self, verdict: Verdict) -> Value:
        norm = verdict.norm
        evidence = [told for item in verdict.evidence for told in self._evidence(item)]
        judged = [opinion.told for opinion in self._page.judgements(verdict)]
        remarks = [self._lines([*verdict.missing, *verdict.untested, *verdict.repair]), *judged]
        value = {
            "uuid": self._uuid("observation", verdict),
            "title": one_line(self._named(verdict)),
            "description": self._lines(verdict.reasons) or self._text(norm.definition),
            "props": self._marks(verdict),
            "links": self._links(verdict),
            "methods": ["EXAMINE"],
            "subjects": [{"subject-uuid": self._uuid("party"), "type": "party"}],
            "relevant-evidence": evidence,
            "collected": _moment(self._made.known_on),
            "remarks": _clean("\n\n".join(remarks)),
        }
        return {key: told for key, told in value.items() if told}

    def _marks(self, verdict: Verdict) -> list[Value]:
        norm, period = verdict.norm, verdict.period
        told = [
            ("outcome", verdict.outcome, ""),
            ("settled-by", verdict.settled_by, ""),
            *((("changed-from", verdict.changed_from, ""),) if verdict.changed_from else ()),
            ("norm", norm.slug, ""),
            ("provision", norm.provision.iri, ""),
            ("citation", self._text(norm.provision.citation), ""),
            ("family", norm.family, ""),
            ("strength", norm.strength, ""),
            *((("period", period.slug, ""),) if period else ()),
            *(("reading", outcome, name) for name, outcome in verdict.readings),
            *(("rule", rule, "") for rule in verdict.rules),
        ]
        return [_prop(name, text, kind) for name, text, kind in told]

    def _links(self, verdict: Verdict) -> list[Value]:
        address, _ = self._page.link(verdict.norm.provision)
        return [{"href": address, "rel": "reference"}] if address else []

    def _evidence(self, item: Evidence) -> list[Value]:
        """Return a piece of evidence once for each of its sources, or once if it has none."""
        text = _clean(f"{item.id} {self._text(item.label)} ({self._text(item.kind)})")
        props = [_prop("certainty", item.certainty)] if item.certainty else []
        told = [self._source(source) for source in item.sources] or [{}]
        return [{**found, "description": text, **({"props": props} if props else {})} for found in told]

    def _source(self, source: Source) -> Value:
        address = self._page.address(source.url)
        title = _clean(source.title if address else f"{source.title} {source.url}")
        return {**({"href": address} if address else {}), **({"remarks": title} if title else {})}

    def _findings(self, verdict: Verdict) -> Iterable[Value]:
        """Return a finding where something is shown or broken, nothing where it is undecided."""
        state = self._knowledge.law.value(iri("outcome", verdict.outcome), "mapsToOscal")
        if state not in _STATES:
            return
        yield {
            "uuid": self._uuid("finding", verdict),
            "title": one_line(self._named(verdict)),
            "description": self._text(verdict.norm.definition),
            "props": self._marks(verdict),
            "target": {
                "type": "objective-id",
                "target-id": verdict.norm.slug,
                "title": self._page.code("outcome", verdict.outcome),
                "status": {"state": state, "reason": "pass" if state == "satisfied" else "fail"},
            },
            "related-observations": [{"observation-uuid": self._uuid("observation", verdict)}],
        }

    def _named(self, verdict: Verdict) -> str:
        period = self._page.period_name(verdict)
        return initial(self._text(verdict.norm.label)) + (f" ({period})" if period else "")

    def _lines(self, texts: Iterable[Text]) -> str:
        return _clean("\n\n".join(self._text(text) for text in texts))

    def _text(self, text: Text) -> str:
        return text.within(self._page.language)

    def _uuid(self, kind: str, verdict: Verdict | None = None) -> str:
        period = verdict.period.slug if verdict and verdict.period else ""
        return _uuid(f"{self.home}/{kind}/{verdict.norm.slug if verdict else ''}/{period}")


def _prop(name: str, value: str, kind: str = "") -> Value:
    """Return a property of our own; `kind` says of what it is."""
    told = {"name": name, "ns": f"{BASE}ontology#", "value": one_line(value)}
    return told | ({"class": kind} if kind else {})


def _uuid(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{BASE}oscal/{name}"))


def _moment(day: date) -> str:
    """Return the start of a day as OSCAL writes moments; the assessment tells days only."""
    return f"{day.isoformat()}T00:00:00Z"


def _clean(text: str) -> str:
    return printable(text).strip()


def _marks(pages: Iterable[_Result]) -> list[str]:
    return [mark for page in pages for mark in page.marks()]


def _joined(versions: Sequence[tuple[str, str]]) -> str:
    return ",".join(f"{name}={version}" for name, version in versions)
