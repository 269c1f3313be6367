"""hyte selftest: each promise of the knowledge in one line, and a broken one is an exit code."""

from __future__ import annotations

import re

import pytest

from hyte_graph.cli import selftest
from hyte_graph.cli.main import main
from hyte_graph.compliance.engines import ENGINES
from hyte_graph.compliance.mutants import Mutant, mutants
from hyte_graph.compliance.mutation import MutationResult

STEPS = ("_counts", "_quality", "_consistency", "_cases", "_agreement")


@pytest.fixture
def only_mutants(monkeypatch):
    for name in STEPS:
        monkeypatch.setattr(selftest, name, lambda _, **__: iter(()))


@pytest.mark.usefixtures("java")
def test_each_promise_is_one_line_with_its_figures(monkeypatch, capsys):
    monkeypatch.setattr(selftest, "check_quality", lambda _: ())  # it takes long, and tests of its own run it
    assert main(["selftest", "--quick", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    promises = [line for line in out.splitlines() if line.startswith(("✓", "✗"))]
    assert promises[0] == "✓ 240 norms, 4 of them drafts; 27 guidance norms"
    duties, executable, declared = map(int, re.findall(r"\d+", promises[1]))
    assert duties == executable + declared
    assert promises[2].endswith("rules: 0")
    assert promises[3].startswith("✓ the OWL ontology is consistent")
    agreeing, count = map(int, re.findall(r"\d+", promises[4]))
    assert promises[4].startswith("✓ hyte: ")
    assert agreeing == count > 400
    assert promises[5].endswith("unfounded breaches: 0")
    assert len(promises) == 6
    assert "helsinki " in out


@pytest.mark.parametrize(
    ("language", "said"), [("fi", "eloonjääneitä 1"), ("sv", "överlevande 1"), ("en", "survivors 1")]
)
@pytest.mark.usefixtures("only_mutants")
def test_a_survivor_is_named_and_is_an_exit_code(language, said, monkeypatch, capsys):
    every: list[Mutant] = []

    def all_but_the_first(knowledge, _):
        every.extend(mutants(knowledge.shapes))
        return MutationResult(len(every), len(every) - 1, (every[0],), ())

    monkeypatch.setattr(selftest, "survivors", all_but_the_first)
    assert main(["selftest", "--mutants", "--lang", language]) == 1
    out, err = capsys.readouterr()
    assert err == f"{every[0]}\n"
    *listed, last = out.splitlines()
    assert len(listed) == len(every)
    assert f"✗ {every[0]}" in listed
    assert sum(line.startswith("✓") for line in listed) == len(every) - 1
    assert last.startswith("✗")
    assert last.endswith(said)


def test_all_engines_are_asked_unless_it_is_to_be_quick(monkeypatch, only_mutants, capsys):
    asked = []
    monkeypatch.setattr(selftest, "_cases", lambda _, engines: iter(asked.append(engines) or ()))
    monkeypatch.setattr(selftest, "survivors", lambda *_: MutationResult(1, 1, (), ()))
    assert main(["selftest"]) == main(["selftest", "--quick"]) == 0
    assert asked == [ENGINES, ENGINES[:1]]


def test_what_cannot_be_run_is_said_in_one_sentence(monkeypatch, capsys):
    monkeypatch.setattr(selftest, "_quality", lambda _: iter(()))  # comes before it and takes long
    monkeypatch.setenv("PATH", "")
    code = main(["selftest", "--quick", "--lang", "en"])
    assert code == 2
    assert capsys.readouterr().err.startswith("Java is missing")
