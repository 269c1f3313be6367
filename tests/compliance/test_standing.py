"""Whatever changes, assessments that are kept up to date are those of a full run."""

from __future__ import annotations

import json
from copy import deepcopy
from random import Random

import pytest

from benchmarks.generator import ON, country
from hyte_graph.compliance.assess import assess, assess_many
from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.standing import Standing
from hyte_graph.errors import FilingError
from hyte_graph.intake.reader import read_description
from hyte_graph.intake.tree import read_tree
from tests.conftest import EXAMPLES, HARD

SEEDS = range(40 if HARD else 3)
STEPS = 12 if HARD else 5


@pytest.fixture(scope="module")
def start(knowledge):
    """Return descriptions as plain values: some answer only, and two real ones hold facts of every kind."""
    invented = {made.slug: made.value for made in list(country("small", knowledge))[::6]}
    names = ("vantaa-kerava", "helsinki")
    real = {name: read_tree((EXAMPLES / f"{name}.yaml").read_text(), name).value for name in names}
    return invented | real


def _read(name, value, knowledge):
    return read_description(json.dumps(value).encode(), f"{name}.json", knowledge)


def _answers(value, chance):
    for answer in chance.sample(value["answers"], min(3, len(value["answers"]))):
        answer["answer"] = chance.choice(["yes", "no", "partly", "not_known"])


def _source_gone(value, chance):
    held = [item for part in value.values() if isinstance(part, list) for item in part if item.get("sources")]
    if held:
        chance.choice(held).pop("sources")


def _thing_gone(value, chance):
    parts = [part for part in ("answers", "decisions", "cooperation", "roles") if value.get(part)]
    if parts:
        part = value[chance.choice(parts)]
        part.pop(chance.randrange(len(part)))


def _date(value, chance):
    held = [item for part in value.values() if isinstance(part, list) for item in part if item.get("date")]
    if held:
        chance.choice(held)["date"] = f"{chance.randrange(2019, 2027)}-0{chance.randrange(1, 10)}-15"


def _later_known(value, chance):
    chance.choice(value["answers"] or [{}])["registered_on"] = chance.choice(["2024-05-01", "2026-05-01"])


def _complete(value, chance):
    subject = chance.choice(["negotiation", "annual_report", "cooperation", "communication"])
    item = {"subject": subject, "year": str(chance.randrange(2021, 2026)), "complete": "true", "sources": []}
    value.setdefault("completeness", []).append(item)


def _judged(value, chance):
    norm = chance.choice(value["answers"])["norm"] if value["answers"] else "cty-7-3-s6-publish"
    told = {"role": "auditor", "date": "2025-06-01", "reason": "seen"}
    outcome = chance.choice(["fulfilled", "not_fulfilled"])
    value.setdefault("judgements", []).append({"norm": norm, "outcome": outcome, **told})


CHANGES = (_answers, _source_gone, _thing_gone, _date, _later_known, _complete, _judged)


def _verdicts(made):
    return {(item.norm.slug, item.duty): item for item in made.verdicts} if isinstance(made, Assessment) else {}


def _norms(before, after):
    """Return the norms of which a verdict differs, found without asking what keeps them."""
    one, two = _verdicts(before), _verdicts(after)
    return {key[0] for key in {*one, *two} if one.get(key) != two.get(key)}


@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_changes_the_verdicts_are_those_of_a_full_run(seed, start, knowledge):
    chance, values, standing = Random(seed), deepcopy(start), Standing(knowledge, on=ON)  # noqa: S311
    for value in values.values():
        value.setdefault("answers", [])
    current = {name: _read(name, value, knowledge) for name, value in values.items()}
    standing.update(current.values())
    for _ in range(STEPS):
        changed = chance.sample(sorted(values), chance.randrange(1, 3))
        before = {name: standing[name] for name in values}
        for name in changed:
            chance.choice(CHANGES)(values[name], chance)
            current[name] = _read(name, values[name], knowledge)
        told = {change.organisation: change for change in standing.update(current.values())}
        full = dict(zip(current, assess_many(list(current.values()), knowledge, on=ON), strict=True))
        assert {name: standing[name] for name in full} == full
        assert told.keys() <= set(changed)
        for name, made in full.items():
            assert (told[name].norms if name in told else set()) == _norms(before[name], made), name


def test_a_description_that_is_refused_later_keeps_no_verdict_of_before(start, knowledge):
    name = next(iter(start))
    standing = Standing(knowledge, on=ON)
    good = _read(name, start[name], knowledge)
    standing.update([good])
    bad = _read(name, start[name], knowledge)
    for triple in list(bad.graph):
        if "hasOrganisationType" in triple[1]:
            bad.graph.remove(triple)
    [change] = standing.update([type(bad)(bad.name, bad.graph, "0" * 64)])
    assert isinstance(standing[name], FilingError)
    assert change.norms == {verdict.norm.slug for verdict in assess(good, knowledge, on=ON).verdicts}
    standing.update([good])
    assert standing[name] == assess(good, knowledge, on=ON)
