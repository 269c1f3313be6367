"""The OSCAL report is sound, and sells nothing undecided as satisfied or not satisfied."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from hyte_graph.compliance.assessment import Assessment, Source
from hyte_graph.compliance.outcomes import BREACHES, OUTCOMES
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.reports import render
from hyte_graph.reports.grouping import IDLE
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import iri
from tests.conftest import EXAMPLES

_TOKEN = re.compile(r"[^\W\d][\w.\-]*")  # of the OSCAL data types
_LINE = re.compile(r"\S(.*\S)?")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T00:00:00Z")


def parsed(content: str | bytes) -> dict[str, Any]:
    return json.loads(content)["assessment-results"]


def values(value: Any, key: str) -> Iterator[Any]:
    """Yield all that stands under a key, however deep."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name == key:
                yield item
            yield from values(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from values(item, key)


def marked(value: dict[str, Any], name: str) -> list[str]:
    return [prop["value"] for prop in value["props"] if prop["name"] == name]


@pytest.fixture(scope="module")
def examples(check) -> list[Assessment]:
    return [check(path.read_text(encoding="utf-8"), name=path.name) for path in sorted(EXAMPLES.glob("*.yaml"))]


@pytest.fixture(scope="module")
def varied(examples) -> Assessment:
    """Return a county with each of the twelve outcomes on duties."""
    county = next(made for made in examples if made.actor.slug == "lansi-uusimaa")
    duties = [verdict for verdict in county.verdicts if verdict.period]
    turned = {id(duty): outcome for duty, outcome in zip(duties, OUTCOMES, strict=False)}
    verdicts = (replace(item, outcome=turned.get(id(item), item.outcome)) for item in county.verdicts)
    return replace(county, verdicts=tuple(verdicts))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_gives_one_result_of_the_right_form(examples, knowledge, language):
    value = parsed(render("oscal", examples, knowledge, language))
    assert set(value) == {"uuid", "metadata", "import-ap", "results", "back-matter"}
    assert len(value["results"]) == len(examples) > 20
    for result, made in zip(value["results"], examples, strict=True):
        assert {"uuid", "title", "description", "start", "reviewed-controls"} <= set(result)
        asked = [verdict for verdict in made.verdicts if verdict.outcome not in IDLE]
        assert len(result["observations"]) == len(asked)
    assert all(
        _TOKEN.fullmatch(name) for key in ("control-id", "target-id", "name") for name in values(tokens(value), key)
    )
    assert all(_LINE.fullmatch(text) for prop in values(value, "props") for text in (one["value"] for one in prop))
    assert all(
        _MOMENT.fullmatch(day) for key in ("start", "end", "collected", "last-modified") for day in values(value, key)
    )
    assert not [item for item in everything(value) if item in ("", [], {}, None)]


def tokens(value: dict[str, Any]) -> dict[str, Any]:
    """Return the value without its parties, whose names are no tokens."""
    return value | {"metadata": {}}


def everything(value: Any) -> Iterator[Any]:
    yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from everything(item)


def test_identifiers_are_unique_and_every_reference_leads_somewhere(examples, knowledge):
    value = parsed(render("oscal", examples, knowledge, "fi"))
    uuids = Counter(values(value, "uuid"))
    assert max(uuids.values()) == 1
    assert {UUID(uuid).version for uuid in uuids} == {5}
    for key in ("observation-uuid", "subject-uuid"):
        assert set(values(value, key)) <= set(uuids)
    assert value["import-ap"]["href"].removeprefix("#") in uuids


def test_only_what_is_fulfilled_or_broken_is_a_finding(varied, knowledge):
    (result,) = parsed(render("oscal", [varied], knowledge, "fi"))["results"]
    states = {(marked(found, "outcome")[0], found["target"]["status"]["state"]) for found in result["findings"]}
    assert states == {("fulfilled", "satisfied"), *((outcome, "not-satisfied") for outcome in BREACHES)}
    told = Counter(outcome for one in result["observations"] for outcome in marked(one, "outcome"))
    assert told == {outcome: count for outcome, count in varied.summary().items() if count and outcome not in IDLE}


def test_scheme_of_outcomes_calls_nothing_undecided_satisfied_or_not(knowledge):
    found = {outcome: knowledge.law.value(iri("outcome", outcome), "mapsToOscal") for outcome in OUTCOMES}
    assert [outcome for outcome in OUTCOMES if found[outcome] == "satisfied"] == ["fulfilled"]
    assert {outcome for outcome in OUTCOMES if found[outcome] == "not-satisfied"} == BREACHES
    assert set(found.values()) == {"satisfied", "not-satisfied", "undecided", "not-applicable"}


def test_result_tells_clocks_digest_versions_and_counts(varied, knowledge):
    (result,) = parsed(render("oscal", [varied], knowledge, "en"))["results"]
    on, known = varied.on.isoformat(), varied.known_on.isoformat()
    assert [marked(result, name) for name in ("law-as-of", "facts-as-of", "known-as-of")] == [[on], [on], [known]]
    assert marked(result, "input-sha256") == [varied.digest]
    assert all(marked(result, f"version-{name}") == [version] for name, version in varied.versions)
    counts = {one["class"]: int(one["value"]) for one in result["props"] if one["name"] == "outcome-count"}
    assert counts == varied.summary()
    by_family = Counter(verdict.norm.family for verdict in varied.verdicts)
    assert {one["class"]: int(one["value"]) for one in result["props"] if one["name"] == "family-count"} == by_family


def test_controls_are_the_norms_by_act_without_those_that_do_not_apply(varied, knowledge):
    (result,) = parsed(render("oscal", [varied], knowledge, "sv"))["results"]
    selections = result["reviewed-controls"]["control-selections"]
    assert "Lag om ordnande av social- och hälsovård (612/2021)" in [one["description"] for one in selections]
    included = {one["control-id"] for item in selections for one in item["include-controls"]}
    excluded = {one["control-id"] for item in selections for one in item.get("exclude-controls", ())}
    assert included == {verdict.norm.slug for verdict in varied.verdicts}
    assert included - excluded == {verdict.norm.slug for verdict in varied.verdicts if verdict.outcome not in IDLE}


def test_evidence_leads_to_its_source_and_to_nothing_else(varied, knowledge):
    at = next(at for at, verdict in enumerate(varied.verdicts) if verdict.evidence and verdict.outcome not in IDLE)
    item = varied.verdicts[at].evidence[0]
    sources = (Source("A", "https://example.org/a"), Source("B", "javascript:alert(1)"), Source(" \a\n", ""))
    verdict = replace(varied.verdicts[at], evidence=(replace(item, label=Text.same("x\ny"), sources=sources),))
    made = replace(varied, actor=replace(varied.actor, label=Text.same(" a\nb ")), verdicts=(verdict,))
    value = parsed(render("oscal", [made], knowledge, "fi"))
    told = value["results"][0]["observations"][0]["relevant-evidence"]
    assert [one.get("href") for one in told] == ["https://example.org/a", None, None]
    assert "javascript:alert(1)" in told[1]["remarks"]
    assert value["metadata"]["parties"][0]["name"] == "a b"


def test_same_assessment_gives_the_same_bytes(varied, examples, knowledge):
    made = [varied, *examples[:2]]
    assert render("oscal", made, knowledge, "sv") == render("oscal", made, Knowledge.shipped(), "sv")
