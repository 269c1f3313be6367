"""The report as SARIF 2.1.0: a run for each organisation, a rule for each norm, a result for each verdict.

Kinds come from the outcome scheme; a level other than "none" is only for the kind "fail" (SARIF 3.27.10). A result
names the lines of the facts that count. What is missing has no line: then the location is the file, and the logical
location is the duty. A norm has its texts in the language of the report, and in the others as translations of the
tool; a result has its message in all three among its properties.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from hyte_graph.compliance.assessment import Assessment, Evidence
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.model import Norm
from hyte_graph.reports.page import Page
from hyte_graph.reports.told import Told, tell
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import BASE, iri

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"not-fulfilled": "error", "overdue": "error", "partly-fulfilled": "warning"}
_FINGERPRINT = "hyteDuty/v1"
Value = dict[str, Any]


def render(assessments: Sequence[Assessment], knowledge: Knowledge, language: str) -> str:
    """Return assessments as SARIF; the same input gives the same bytes."""
    runs = [_Run(made, knowledge, language).value() for made in assessments]
    value = {"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


class _Run:
    """One assessment as a run."""

    def __init__(self, made: Assessment, knowledge: Knowledge, language: str) -> None:
        self._made = made
        self._knowledge = knowledge
        self._language = language
        self._report = tell(made, knowledge, language)
        self._others = [tell(made, knowledge, other) for other in LANGUAGES if other != language]
        self._norms = {item.verdict.norm.slug: item.verdict.norm for item in self._report.verdicts}
        self._index = {name: at for at, name in enumerate(self._norms)}
        self._file = quote(made.name)

    def value(self) -> Value:
        """Return the run."""
        made = self._made
        tellings = zip(self._report.verdicts, *(other.verdicts for other in self._others), strict=True)
        return {
            "tool": {"driver": self._tool(self._report.page) | {"language": self._language}},
            "translations": [self._tool(other.page) | {"language": other.page.language} for other in self._others],
            "language": self._language,
            "automationDetails": {"id": f"hyte/{made.actor.slug}/{made.on.isoformat()}"},
            "invocations": [{"executionSuccessful": True}],
            "artifacts": [{"location": {"uri": self._file}, "hashes": {"sha-256": made.digest}}],
            "results": [self._result(items[0], self._spoken(items)) for items in tellings],
            "columnKind": "unicodeCodePoints",
            "properties": self._report.properties()
            | {"organisation": made.actor.iri, "note": " ".join(self._report.notes())},
        }

    def _tool(self, page: Page) -> Value:
        """Return the tool with its rules in the language of a page."""
        version = dict(self._made.versions).get("hyte-graph", "")
        return {
            "name": "hyte-graph",
            "version": version,
            "informationUri": BASE,
            "rules": [self._rule(norm, page) for norm in self._norms.values()],
        }

    def _rule(self, norm: Norm, page: Page) -> Value:
        address = page.address(page.text(norm.provision.link))
        return {
            "id": norm.slug,
            "shortDescription": {"text": page.text(norm.label)},
            "fullDescription": {"text": page.text(norm.definition)},
            "help": {"text": page.text(norm.provision.citation)},
            **({"helpUri": quote(address, safe=":/?#[]@!$&'()*+,;=%~")} if address else {}),
            "properties": {
                "norm": norm.iri,
                "provision": norm.provision.iri,
                "family": norm.family,
                "strength": norm.strength,
            },
        }

    def _spoken(self, items: Sequence[Told]) -> Text:
        """Return the message of a result from its tellings in the language of the report and in the others."""
        pages = [self._report.page, *(other.page for other in self._others)]
        return Text.of({page.language: _message(item) for page, item in zip(pages, items, strict=True)})

    def _result(self, item: Told, message: Text) -> Value:
        verdict = item.verdict
        kind = self._knowledge.law.value(iri("outcome", verdict.outcome), "mapsToSarif")
        related = [self._place(fact, item, number) for number, fact in enumerate(verdict.evidence, 1)]
        return {
            "ruleId": verdict.norm.slug,
            "ruleIndex": self._index[verdict.norm.slug],
            "kind": kind,
            "level": _LEVELS[verdict.outcome] if kind == "fail" else "none",
            "message": {"text": _literal(message.within(self._language))},
            "locations": [self._location(item)],
            **({"relatedLocations": related} if related else {}),
            "partialFingerprints": {_FINGERPRINT: sha256(item.name.encode()).hexdigest()},
            "properties": _properties(item) | {"messages": message.as_dict()},
        }

    def _location(self, item: Told) -> Value:
        """Return where a verdict stands: the line of the first fact that counts, else the file."""
        line = next((fact.line for fact in item.verdict.evidence if fact.line), None)
        logical = {"name": item.title, "fullyQualifiedName": item.name, "kind": "duty" if item.verdict.duty else "norm"}
        return {"physicalLocation": self._physical(line), "logicalLocations": [logical]}

    def _physical(self, line: int | None) -> Value:
        region = {"region": {"startLine": line}} if line else {}
        return {"artifactLocation": {"uri": self._file, "index": 0}, **region}

    def _place(self, fact: Evidence, item: Told, number: int) -> Value:
        text = item.evidence[number - 1]
        logical = [{"name": fact.id, "fullyQualifiedName": fact.iri, "kind": "fact"}]
        return {
            "id": number,
            "physicalLocation": self._physical(fact.line),
            "logicalLocations": logical,
            "message": {"text": _literal(text)},
        }


def _literal(text: str) -> str:
    """Return a text that has no placeholders (SARIF 3.11.5) and no embedded links (3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _message(item: Told) -> str:
    """Return what a result says: outcome, duty, citation, then the texts of the verdict."""
    texts = (*item.reasons, *item.remarks, *item.missing, *item.untested, *item.repair)
    readings = (item.readings,) if item.readings else ()
    return "\n".join([f"{item.sign} {item.outcome}: {item.title} ({item.citation})", *readings, *texts])


def _properties(item: Told) -> Value:
    """Return what of a verdict has no place of its own in SARIF."""
    verdict = item.verdict
    opens, closes = item.days()
    days = {"opens": opens and opens.isoformat(), "closes": closes and closes.isoformat()}
    return {
        "outcome": verdict.outcome,
        "settledBy": verdict.settled_by,
        "judgements": list(item.judgements),
        "changedFrom": verdict.changed_from,
        "duty": verdict.duty,
        "period": verdict.period.slug if verdict.period else None,
        **days,
        "rules": list(verdict.rules),
    }
