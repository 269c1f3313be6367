"""hyte convert, as a user calls it."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from hyte_graph.cli.main import main
from hyte_graph.intake.reader import read_stated
from tests.conftest import EXAMPLES

COUNTY = EXAMPLES / "vantaa-kerava.yaml"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("HYTE_LANG", "en")


@pytest.mark.parametrize(
    "chain",
    [
        (".json", ".jsonld", ".ttl", ".xlsx", ".yaml"),
        (".xlsx", ".ttl", ".yml", ".xlsx", ".json"),
    ],
)
def test_a_description_comes_through_all_formats_whole(chain, tmp_path, knowledge):
    steps = [COUNTY, *(tmp_path / f"{at}{suffix}" for at, suffix in enumerate(chain))]
    for source, target in pairwise(steps):
        assert main(["convert", str(source), str(target)]) == 0
    wanted = set(read_stated(COUNTY.read_bytes(), COUNTY.name, knowledge).graph)
    assert set(read_stated(steps[-1].read_bytes(), steps[-1].name, knowledge).graph) == wanted


@pytest.mark.parametrize("suffix", [".json", ".ttl", ".xlsx", ".ods", ".zip", ".yaml"])
def test_nothing_is_said_where_nothing_is_lost(suffix, tmp_path, capsys):
    assert main(["convert", str(COUNTY), str(tmp_path / f"out{suffix}")]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("# a remark\n", True),
        ("council_terms: [] # a remark\n", True),
        ('council_terms: [{id: t1, gloss: "no # remark"}]\n', False),
        ("council_terms: [{id: t1, gloss: 'c#'}]\n", False),
    ],
)
def test_comments_are_said_to_be_lost(line, said, tmp_path, capsys):
    source = tmp_path / "in.yaml"
    source.write_text('schema_version: "1.0"\norganisation: {id: kainuu}\n' + line, encoding="utf-8")
    assert main(["convert", str(source), str(tmp_path / "out.json")]) == 0
    assert ("comments were not carried over" in capsys.readouterr().err) is said


def test_leaving_a_workbook_or_turtle_tells_what_stays_behind(tmp_path, capsys):
    for name in ("a.xlsx", "a.ttl"):
        main(["convert", str(COUNTY), str(tmp_path / name)])
        main(["convert", str(tmp_path / name), str(tmp_path / "out.yaml")])
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("a.xlsx: only values were carried over")
    assert said[1].startswith("a.ttl: Turtle has no order")
    assert len(said) == 2


def test_json_ld_names_the_context_and_json_does_not(tmp_path):
    for name in ("a.json", "a.jsonld"):
        main(["convert", str(COUNTY), str(tmp_path / name)])
    plain, linked = (json.loads((tmp_path / name).read_text(encoding="utf-8")) for name in ("a.json", "a.jsonld"))
    assert linked.pop("@context").endswith("/context.jsonld")
    assert linked == plain


def test_an_unsound_description_is_not_converted(tmp_path, capsys):
    source = tmp_path / "in.yaml"
    source.write_text("organisation: {id: kainuu}\n", encoding="utf-8")
    assert main(["convert", str(source), str(tmp_path / "out.xlsx")]) == 3
    assert 'in.yaml, line 1: the key "schema_version" is missing; add it.' in capsys.readouterr().err
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize(("target", "code"), [("out.docx", 2), ("out.csv", 2), ("no/such/folder/out.json", 2)])
def test_what_cannot_be_written_is_said(target, code, tmp_path, capsys):
    assert main(["convert", str(COUNTY), str(tmp_path / target)]) == code
    assert target.rpartition("/")[2] in capsys.readouterr().err


def test_a_folder_of_csv_files_is_written_read_and_never_overwritten(tmp_path, knowledge, capsys):
    folder = tmp_path / "areas"
    assert main(["convert", str(COUNTY), f"{folder}/"]) == 0
    assert {"Bodies.csv", "_codes.csv", "_meta.csv"} <= {path.name for path in folder.iterdir()}
    assert main(["convert", str(folder), str(tmp_path / "back.yaml")]) == 0
    wanted = set(read_stated(COUNTY.read_bytes(), COUNTY.name, knowledge).graph)
    assert set(read_stated((tmp_path / "back.yaml").read_bytes(), "back.yaml", knowledge).graph) == wanted
    capsys.readouterr()
    assert main(["convert", str(COUNTY), str(folder)]) == 2
    assert capsys.readouterr().err.startswith("areas: the folder holds files already")


def test_a_fault_in_a_folder_is_named_with_its_file_and_cell(tmp_path, capsys):
    folder = tmp_path / "areas"
    main(["convert", str(COUNTY), f"{folder}/"])
    bodies = folder / "Bodies.csv"
    bodies.write_text(bodies.read_text("utf-8-sig").replace("council · council", "cuoncil"), "utf-8")
    assert main(["check", str(folder), "--on", "2025-12-31"]) == 3
    assert capsys.readouterr().err.startswith('areas/, sheet Bodies.csv, cell B3: "cuoncil" is not in the list')
    (folder / "notes.docx").write_bytes(b"x")
    assert main(["check", str(folder), "--on", "2025-12-31"]) == 3
    assert capsys.readouterr().err.startswith('areas/: "notes.docx" is no .csv file of the description')
