"""A SPARQL 1.1 store that holds the graph gives the expected answers to the saved questions, with their parameters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Store

from hyte_graph.api import graphs_about, read_file
from hyte_graph.compliance.assess import assess
from hyte_graph.store.answers import Rows
from hyte_graph.store.dataset import Dataset
from hyte_graph.store.fetched import fetch_knowledge
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.questions import read_questions
from hyte_graph.store.remote import Remote
from tests.conftest import EXAMPLES, HARD
from tests.questions.cases import CASES, Case, agrees, place, row_of, title
from tests.store.test_fetched import serving

ABOUT = ["fx-a"]
OF_THE_LAW = [case for case in CASES if "with" not in case]
OF_AN_ORGANISATION = [case for case in CASES if case.get("with") == ABOUT]
SAMPLE = 1 if HARD else 7


def sampled(cases: list[Case]) -> list[Case]:
    """Return some of the cases, those with parameters first."""
    return sorted(cases, key=lambda case: "parameters" not in case)[::SAMPLE]


@pytest.fixture(scope="module")
def law(knowledge: Knowledge, tmp_path_factory) -> Iterator[Remote]:
    with serving(Dataset(knowledge).store, tmp_path_factory.mktemp("law")) as address:
        yield Remote(address)


@pytest.fixture(scope="module")
def organisation(knowledge: Knowledge, tmp_path_factory) -> Iterator[Remote]:
    """Yield a store that holds a description and its assessment too."""
    on = OF_AN_ORGANISATION[0]["on"]
    added = graphs_about(read_file(place(ABOUT[0]), knowledge), knowledge, on)
    store = Store()
    store.bulk_extend(Dataset(knowledge, added).store)
    with serving(store, tmp_path_factory.mktemp("organisation")) as address:
        yield Remote(address)


def verdicts(path: Path, knowledge: Knowledge) -> list[tuple[object, ...]]:
    made = assess(read_file(path, knowledge), knowledge, on=date(2025, 12, 31))
    return [(item.norm.slug, item.period, item.outcome, item.reasons) for item in made.verdicts]


def check(case: Case, remote: Remote, knowledge: Knowledge) -> None:
    question = read_questions(knowledge)[case["question"]]
    given = {name: str(value) for name, value in case.get("parameters", {}).items()}
    if any(parameter.name == "on" for parameter in question.parameters) and "on" in case:
        given = {"on": str(case["on"]), **given}
    bindings = question.bindings(given, knowledge, case.get("language", "en"))
    found = remote.answer(question.sparql, bindings, seconds=600, limit=10_000)
    assert isinstance(found, Rows)
    agrees([row_of(row, case["columns"]) for row in found], case)


@pytest.mark.parametrize("case", sampled(OF_THE_LAW), ids=title)
def test_a_question_of_the_law_has_its_answer_there(case: Case, law: Remote, knowledge: Knowledge) -> None:
    check(case, law, knowledge)


@pytest.mark.parametrize("case", OF_AN_ORGANISATION[::SAMPLE], ids=title)
def test_a_question_about_an_organisation_has_its_answer_there(
    case: Case, organisation: Remote, knowledge: Knowledge
) -> None:
    check(case, organisation, knowledge)


def test_the_law_and_the_rules_of_the_store_give_the_same_verdicts(law: Remote, knowledge: Knowledge, tmp_path) -> None:
    fetched = fetch_knowledge(law, tmp_path, 120)
    for path in sorted(EXAMPLES.glob("*.yaml"))[:: 1 if HARD else 10]:
        here = verdicts(path, knowledge)
        assert len(here) > 50
        assert verdicts(path, fetched) == here, path.name
