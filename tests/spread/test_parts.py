"""`hyte check --parts` and `hyte query --parts`: results in parts that are whole, the same, and not made twice."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat

from hyte_graph.cli.jobs import Checked
from hyte_graph.cli.main import main
from hyte_graph.cli.parts import Parts
from hyte_graph.errors import FilingError, UndecidedError
from hyte_graph.messages import say
from hyte_graph.reports import nquads_report
from hyte_graph.store.parts import files_of
from tests.conftest import EXAMPLES

NAMES = ("espoo", "kitee", "oulu", "vantaa-kerava", "helsinki")
FILES = [str(EXAMPLES / f"{name}.yaml") for name in NAMES]
DAY = ("--on", "2025-12-31", "--lang", "en")
COUNTED = "SELECT ?o (COUNT(*) AS ?n) { ?r hyte:hasOutcome ?o } GROUP BY ?o ORDER BY ?o"


def run(*words: object, code: int = 0) -> None:
    assert main([*map(str, words), *DAY]) == code


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """Return a folder with five descriptions in three parts."""
    folder = tmp_path_factory.mktemp("whole") / "parts"
    run("check", *FILES, "--parts", folder, "--per-part", 2)
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "parts"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def text(folder: Path, form: str = "nq") -> str:
    return "".join(gzip.decompress(path.read_bytes()).decode() for path in files_of(folder, form))


def test_the_parts_hold_what_one_report_holds_in_the_order_of_the_files(whole, capfd):
    run("check", *FILES, "--format", "nq")
    assert text(whole) == capfd.readouterr().out
    assert [path.name for path in files_of(whole)] == [f"part-00000{number}.nq.gz" for number in (1, 2, 3)]


def test_each_assessment_is_a_graph_in_canonical_form_whose_blank_nodes_are_its_own(whole, check):
    graphs: dict[str, list[Quad]] = {}
    for quad in pyoxigraph.parse(text(whole).encode(), format=RdfFormat.N_QUADS):
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    assert len(graphs) == len(FILES)
    labels = [
        {term.value for quad in quads for term in (quad.subject, quad.object) if isinstance(term, pyoxigraph.BlankNode)}
        for quads in graphs.values()
    ]
    assert all(labels)
    assert sum(map(len, labels)) == len(set.union(*labels))
    for quads in graphs.values():
        lines = pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS).decode().splitlines()
        assert lines == sorted(lines)


def test_the_graph_says_what_the_turtle_report_says(knowledge, check):
    from hyte_graph.reports import turtle_report

    made = check(Path(FILES[0]).read_text(encoding="utf-8"))
    form = CanonicalizationAlgorithm.RDFC_1_0
    here = Dataset(pyoxigraph.parse(nquads_report.render([made], knowledge, "en").encode(), format=RdfFormat.N_QUADS))
    here = Dataset(Quad(quad.subject, quad.predicate, quad.object) for quad in here)
    there = Dataset(pyoxigraph.parse(turtle_report.render([made], knowledge).encode(), format=RdfFormat.TURTLE))
    here.canonicalize(form)
    there.canonicalize(form)
    assert here == there
    assert len(here) > 1000


def test_the_same_run_makes_nothing_again_and_says_the_same(folder, capfd, monkeypatch):
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a description was checked again")

    before = contents(folder)
    monkeypatch.setattr(Parts, "_make", never)
    run("check", *FILES, "--parts", folder, "--per-part", 2, "--fail-on", "evidence", code=1)
    assert "0 parts were made, 3 stood already" in capfd.readouterr().err
    assert contents(folder) == before


def test_errors_and_their_exit_code_stand_too(tmp_path, capfd):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("schema_version: '1.0'\n")
    told = []
    for _ in range(2):
        run("check", wrong, FILES[0], tmp_path / "none.yaml", "--parts", tmp_path / "parts", code=3)
        told.append(capfd.readouterr().err.splitlines())
    assert told[0][:-1] == told[1][:-1]
    assert (told[0][-1], told[1][-1]) == (
        "parts: 1 parts were made, 0 stood already unchanged.",
        "parts: 0 parts were made, 1 stood already unchanged.",
    )


def test_a_run_that_was_broken_off_goes_on_where_it_was(folder, whole, capfd):
    for name in ("parts.json", "part-000002.json", "part-000003.json", "part-000003.nq.gz"):
        (folder / name).unlink()
    with pytest.raises(FilingError, match="no finished folder of parts"):
        files_of(folder)
    run("check", *FILES, "--parts", folder, "--per-part", 2)
    assert "2 parts were made, 1 stood already" in capfd.readouterr().err
    assert contents(folder) == contents(whole)


def test_only_the_part_of_a_changed_description_is_made_again(tmp_path, capfd):
    given = tmp_path / "given"
    given.mkdir()
    for name in FILES[:3]:
        shutil.copy(name, given)
    run("check", given, "--parts", tmp_path / "parts", "--per-part", 1)
    before = contents(tmp_path / "parts")
    changed = given / "kitee.yaml"
    changed.write_text(changed.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    run("check", given, "--parts", tmp_path / "parts", "--per-part", 1)
    after = contents(tmp_path / "parts")
    assert "1 parts were made, 2 stood already" in capfd.readouterr().err
    assert {name for name in after if after[name] != before[name]} == {
        "part-000002.nq.gz",
        "part-000002.json",
        "parts.json",
    }


@pytest.mark.parametrize("words", [("--on", "2025-12-30"), ("--include-drafts",), ("--format", "jsonl")])
def test_another_question_makes_the_parts_anew(folder, capfd, words):
    run("check", *FILES[:2], "--parts", folder, "--per-part", 2)
    assert "0 parts were made, 1 stood" in capfd.readouterr().err
    assert main(["check", *FILES[:2], *DAY, "--parts", str(folder), "--per-part", "2", *words]) == 0
    assert "1 parts were made, 0 stood" in capfd.readouterr().err


def test_parts_beyond_the_last_are_removed_and_other_files_stay(folder):
    (folder / "notes.txt").write_text("mine")
    run("check", *FILES[:2], "--parts", folder, "--per-part", 2)
    assert sorted(contents(folder)) == ["notes.txt", "part-000001.json", "part-000001.nq.gz", "parts.json"]


def test_csv_parts_each_have_their_header(tmp_path):
    run("check", *FILES[:2], "--parts", tmp_path / "parts", "--per-part", 1, "--format", "csv")
    assert text(tmp_path / "parts", "csv").count("organisation_id,") == 2


def test_a_part_that_dies_is_not_taken_for_done(tmp_path, capfd, monkeypatch):
    with monkeypatch.context() as broken:

        def dying(names: Iterable[str], *_: object, **__: object) -> Iterator[Checked]:
            return (Checked(name, error=UndecidedError(say("job-died", name=name))) for name in names)

        broken.setattr("hyte_graph.cli.check.in_order", dying)
        run("check", FILES[0], "--parts", tmp_path / "parts", code=4)
    run("check", FILES[0], "--parts", tmp_path / "parts")
    assert "1 parts were made, 0 stood" in capfd.readouterr().err
    assert json.loads((tmp_path / "parts" / "part-000001.json").read_text())["basis"]


@pytest.mark.parametrize("name", ["part-000002.nq.gz", "parts.json"])
def test_a_part_that_was_changed_or_lost_is_refused(folder, capfd, name):
    (folder / name).write_bytes(b"{}")
    run("query", "ASK {}", "--parts", folder, code=3)
    assert "hyte check --parts" in capfd.readouterr().err


def test_parts_are_asked_as_descriptions_are(whole, capfd):
    run("query", COUNTED, "--parts", whole, "--format", "csv")
    there = capfd.readouterr().out
    run("query", COUNTED, "--with", *FILES, "--format", "csv")
    assert capfd.readouterr().out == there
    assert there.count("\n") > 4


def test_a_saved_question_about_organisations_says_what_parts_lack(whole, capfd):
    run("query", "guidance-gaps", "--parts", whole, "--format", "csv", "--timeout", 120)
    assert "The parts hold assessments, not descriptions" in capfd.readouterr().err


@pytest.mark.parametrize(
    "words", [("-o", "x.txt"), ("--save", "x"), ("--explain",), ("--format", "html"), ("--per-part", "0")]
)
def test_what_does_not_go_with_parts_is_refused(tmp_path, capfd, words):
    run("check", *FILES[:2], "--parts", tmp_path / "parts", *words, code=2)
    assert "--parts writes parts as nq, jsonl, csv" in capfd.readouterr().err
    assert not (tmp_path / "parts").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path, capfd):
    (tmp_path / "taken").write_text("a file")
    run("check", FILES[0], "--parts", tmp_path / "taken", code=2)
    assert "taken" in capfd.readouterr().err
