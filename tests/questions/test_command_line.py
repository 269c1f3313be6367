"""Every saved question gives the expected answer on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import ClassVar

import pytest
from pyoxigraph import Triple

from hyte_graph import Description, api
from hyte_graph.cli import query
from hyte_graph.cli.main import main
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.worker import Worker
from tests.questions.cases import CASES, Case, agrees, place, row_of, title


class Kept(Worker):
    """A worker that outlives its command, for the next command that asks the same data."""

    workers: ClassVar[dict[tuple[str, ...], Worker]] = {}

    def __enter__(self) -> Worker:
        return self.workers.setdefault(tuple(name for name, _ in self._added), self)

    def __exit__(self, *_: object) -> None:
        """Leave the child running."""


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    yield
    for worker in Kept.workers.values():
        worker.close()


@pytest.fixture(autouse=True)
def shared(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all commands of this module share what has been read and assessed, and the processes that answer."""
    monkeypatch.setattr(Knowledge, "shipped", lambda: knowledge)
    monkeypatch.setattr(api, "graphs_about", _graphs)
    monkeypatch.setattr(query, "Worker", Kept)


@cache
def _assessed(digest: str, on: date) -> list[tuple[str, list[Triple]]]:
    return GRAPHS(_DESCRIBED[digest], Knowledge.shipped(), on)


def _graphs(description: Description, _: Knowledge, on: date) -> list[tuple[str, list[Triple]]]:
    _DESCRIBED[description.digest] = description
    return _assessed(description.digest, on)


GRAPHS = api.graphs_about
_DESCRIBED: dict[str, Description] = {}


@pytest.mark.parametrize("case", CASES, ids=title)
def test_the_command_gives_the_expected_answer(case: Case, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    words = ["query", case["question"], "--format", "json", "--lang", case.get("language", "en")]
    words += [word for name, value in case.get("parameters", {}).items() for word in ("-p", f"{name}={value}")]
    words += ["--with", *(str(place(name)) for name in case["with"])] if "with" in case else []
    words += ["--on", str(case["on"])] if "on" in case else []
    assert main(words) == 0
    found = json.loads(capfdbinary.readouterr().out)["results"]["bindings"]
    values = [{name: term["value"] for name, term in row.items()} for row in found]
    agrees([row_of(row, case["columns"]) for row in values], case)
