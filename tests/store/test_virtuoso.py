"""Virtuoso in the place of the store: the same answers, or read from it and answered here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from pyoxigraph import Literal, RdfFormat

from hyte_graph.cli.main import main
from hyte_graph.compliance.assess import assess
from hyte_graph.intake.reader import read_description
from hyte_graph.store.answers import Rows, unpacked
from hyte_graph.store.clauses import with_prefixes
from hyte_graph.store.dataset import Dataset
from hyte_graph.store.fetched import fetch_knowledge
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.questions import read_questions
from hyte_graph.store.remote import Remote
from hyte_graph.store.sparql import answer
from hyte_web import create_app
from tests.conftest import EXAMPLES, HARD, lacks
from tests.store.test_fetched import verdicts
from tests.store.virtuoso import CONSOLE, SERVER, virtuoso

EQUAL = [
    "acts-on-hyte-by-the-statute",
    "aims-of-hyte-by-the-statute",
    "classes-and-properties",
    "contested-norms-and-their-readings",
    "count-of-norms-by-act",
    "duties-of-every-council-term-by-the-statute",
    "duties-tied-to-decisions-by-the-sources",
    "labels-of-all-concepts",
    "negotiations-by-the-statute",
    "norms-not-verified",
    "obligations-by-what-they-rest-on",
    "wellbeing-reports-by-the-statute",
]
DIFFERENT = [
    "abbreviations",
    "duties-of-both-municipality-and-county-by-the-statute",
    "information-systems-in-the-sources",
    "language-differences-of-the-thl-page",
    "methods-of-preventive-work-in-primary-health-care",
    "negotiations-by-the-sources",
    "swedish-labels-not-in-the-sources",
    "wellbeing-reports-by-the-sources",
    "what-is-done-for-organisations-by-the-sources",
]
SLOW = ["expert-support-by-the-sources"]
LANGUAGE = {"language": Literal("sv")}
COUNTY = EXAMPLES / "vantaa-kerava.yaml"


@pytest.fixture(scope="module")
def dataset(knowledge: Knowledge) -> Dataset:
    return Dataset(knowledge)


@pytest.fixture(scope="module")
def address(dataset: Dataset, tmp_path_factory) -> Iterator[str]:
    if not (SERVER and CONSOLE):
        lacks("There is no virtuoso-t or isql-vt on the path (Debian: virtuoso-opensource-7-bin).")
    folder = tmp_path_factory.mktemp("virtuoso")
    dataset.store.dump(str(folder / "graph.nq"), format=RdfFormat.N_QUADS)
    with virtuoso(folder) as made:
        yield made


@pytest.fixture(scope="module")
def fetched(address: str, tmp_path_factory) -> Knowledge:
    """Return the law and the rules as `hyte query --fetch` and `hyte check --store` read them."""
    return fetch_knowledge(Remote(address), tmp_path_factory.mktemp("fetched"), 60)


def sorted_rows(found: object) -> list[str]:
    assert isinstance(found, Rows)
    return sorted(str(row) for row in found.rows)


def test_the_site_gives_the_rows_of_the_command_line(address: str, dataset: Dataset, knowledge: Knowledge) -> None:
    site = create_app({"STORE": address}).test_client()
    questions = read_questions(knowledge)
    for name in EQUAL:
        bound = questions[name].sparql.replace("?language", '"sv"')
        data = {"query": with_prefixes(bound)}
        there = site.post("/sparql", data=data, headers={"Accept": "application/sparql-results+json"})
        assert there.status_code == 200, name
        here = sorted_rows(answer(questions[name].sparql, dataset, LANGUAGE, limit=10_000))
        assert here
        assert sorted_rows(unpacked(there.data, is_graph=False)) == here, name


def test_the_command_gives_the_same_rows(address: str, capsys) -> None:
    for name in ("norms-not-verified", "contested-norms-and-their-readings"):
        call = ["query", name, "--lang", "sv", "--format", "csv"]
        assert main([*call, "--store", address]) == 0
        there = capsys.readouterr().out
        assert main(call) == 0
        assert capsys.readouterr().out == there


def test_what_it_answers_otherwise_is_the_same_once_its_graphs_are_read(
    address: str, fetched: Knowledge, dataset: Dataset, knowledge: Knowledge
) -> None:
    copy, questions, differing = Dataset(fetched), read_questions(knowledge), []
    for name in [*DIFFERENT, *SLOW]:
        here = sorted_rows(answer(questions[name].sparql, dataset, LANGUAGE, limit=10_000))
        assert here
        assert sorted_rows(answer(questions[name].sparql, copy, LANGUAGE, limit=10_000)) == here, name
        if name not in SLOW:
            there = Remote(address).answer(questions[name].sparql, LANGUAGE, seconds=60, limit=10_000)
            differing += [name] if sorted_rows(there) != here else []
    assert differing, "docs/deploy.md says that Virtuoso answers these otherwise"


def test_its_law_and_rules_give_the_same_verdicts(fetched: Knowledge, knowledge: Knowledge) -> None:
    others = sorted(EXAMPLES.glob("*.yaml")) if HARD else []
    for path in {COUNTY, *others}:
        told = [
            [(item.norm.slug, item.period, item.outcome) for item in made.verdicts]
            for known in (knowledge, fetched)
            for made in [assess(read_description(path.read_bytes(), path.name, known), known, on=date(2025, 12, 31))]
        ]
        assert len(told[0]) > 50
        assert told[0] == told[1], path.name


@pytest.mark.hard  # reads the whole store twice more
def test_the_commands_that_read_its_graphs_say_the_same(address: str, capsys) -> None:
    def written(*words: str) -> str:
        assert main([*words, "--lang", "sv"]) == 0
        return capsys.readouterr().out

    query = ("query", "duties-of-both-municipality-and-county-by-the-statute", "--format", "csv")
    check = ("check", str(COUNTY), "--on", "2025-12-31", "--format", "json")
    assert written(*query) == written(*query, "--store", address, "--fetch")
    assert verdicts(written(*check)) == verdicts(written(*check, "--store", address))
