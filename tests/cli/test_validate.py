"""hyte validate: plain SHACL on files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import SH

from hyte_graph.cli.main import main

SHAPES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
<urn:shape> a sh:NodeShape ; sh:targetSubjectsOf <urn:p> ; sh:property <urn:one> .
<urn:one> sh:path <urn:p> ; sh:maxCount 1 ; sh:message "Only one."@en .
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    (tmp_path / "data.ttl").write_text("<urn:a> <urn:p> 1, 2 . <urn:b> <urn:p> 3 .", encoding="utf-8")
    return str(tmp_path / "data.ttl"), str(tmp_path / "shapes.ttl")


@pytest.mark.parametrize("engine", ["hyte", "pyshacl"])
def test_json_holds_the_findings_by_either_engine(files: tuple[str, str], engine: str, capsys):
    assert main(["validate", files[0], "--shapes", files[1], "--format", "json", "--engine", engine]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [(one["focus"], one["shape"]) for one in told["results"]] == [("urn:a", "urn:one")]


def test_turtle_is_the_whole_report(files: tuple[str, str], capsys):
    assert main(["validate", files[0], "--shapes", files[1], "--format", "ttl"]) == 1
    report = Graph().parse(data=capsys.readouterr().out, format="turtle")
    assert [str(message) for message in report.objects(None, SH.resultMessage)] == ["Only one."]


@pytest.mark.parametrize(
    ("lang", "sentence"), [("fi", "Havaintoja: 1."), ("sv", "Iakttagelser: 1."), ("en", "Results: 1.")]
)
def test_text_ends_with_the_count(files: tuple[str, str], lang: str, sentence: str, capsys):
    main(["validate", files[0], "--shapes", files[1], "--lang", lang])
    assert capsys.readouterr().out.splitlines()[-1] == sentence


def test_data_that_conform_give_zero(files: tuple[str, str], capsys):
    Path(files[0]).write_text("<urn:b> <urn:p> 3 .", encoding="utf-8")
    assert main(["validate", files[0], "--shapes", files[1], "--lang", "en"]) == 0
    assert capsys.readouterr().out == "The data conform to the shapes.\n"


def test_what_is_no_rdf_is_told_in_one_sentence(files: tuple[str, str], capsys):
    Path(files[0]).write_text("<urn:b> <urn:p>", encoding="utf-8")
    assert main(["validate", files[0], "--shapes", files[1], "--lang", "en"]) == 3
    assert capsys.readouterr().err.startswith("data.ttl: this cannot be read as RDF")
    assert main(["validate", "no-such-file.ttl", "--shapes", files[1], "--lang", "en"]) == 3
    assert capsys.readouterr().err.startswith("no-such-file.ttl: there is no such file")


@pytest.mark.parametrize("more", [[], ["--cache", "CACHE"]])
def test_neither_rdflib_nor_pyshacl_is_loaded(files: tuple[str, str], more: list[str], tmp_path: Path):
    words = [
        "validate",
        files[0],
        "--shapes",
        files[1],
        *(str(tmp_path / "c") if one == "CACHE" else one for one in more),
    ]
    start = f"import sys; from hyte_graph.cli.main import main; main({words!r})"
    code = f"{start}; assert not {{'rdflib', 'pyshacl'}} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL).returncode == 0


def test_a_second_run_with_a_cache_neither_compiles_the_shapes_nor_reads_the_data(
    files: tuple[str, str], tmp_path: Path, capsys, monkeypatch
):
    words = ["validate", files[0], "--shapes", files[1], "--format", "ttl", "--cache", str(tmp_path / "cache")]
    assert main(words) == 1
    first = capsys.readouterr().out
    monkeypatch.setattr("hyte_graph.compliance.engines.files._compiled", lambda _: pytest.fail("compiled"))
    monkeypatch.setattr("hyte_graph.compliance.engines.vectors.snapshot.read_table", lambda _: pytest.fail("read"))
    assert main(words) == 1
    assert capsys.readouterr().out == first


def test_changed_shapes_are_compiled_again(files: tuple[str, str], tmp_path: Path, capsys):
    words = ["validate", files[0], "--shapes", files[1], "--cache", str(tmp_path / "cache")]
    assert main(words) == 1
    Path(files[1]).write_text(SHAPES.replace("sh:maxCount 1", "sh:maxCount 2"), encoding="utf-8")
    assert main(words) == 0


def test_a_broken_plan_is_made_again(files: tuple[str, str], tmp_path: Path, capsys):
    words = ["validate", files[0], "--shapes", files[1], "--cache", str(tmp_path / "cache")]
    assert main(words) == 1
    (plan,) = (tmp_path / "cache").glob("*.plan")
    whole = plan.read_bytes()
    for broken in (b"", whole[:40], whole[:-1] + b"x"):
        plan.write_bytes(broken)
        assert main(words) == 1
        assert plan.read_bytes() == whole


def test_a_plan_that_others_could_have_written_is_not_read(files: tuple[str, str], tmp_path: Path, capsys):
    cache = tmp_path / "cache"
    cache.mkdir()
    cache.chmod(0o777)
    assert main(["validate", files[0], "--shapes", files[1], "--cache", str(cache)]) == 1
    assert not list(cache.glob("*.plan"))


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(files: tuple[str, str], tmp_path: Path, capsys):
    (tmp_path / "file").touch()
    words = ["validate", files[0], "--shapes", files[1], "--cache", str(tmp_path / "file" / "cache")]
    assert main(words) == 1


@pytest.mark.parametrize("fault", ["syntax", "missing"])
@pytest.mark.parametrize("cached", [False, True])
def test_of_several_files_the_one_at_fault_is_named(
    fault: str, cached: bool, files: tuple[str, str], tmp_path: Path, capsys
):
    bad = tmp_path / "bad.ttl"
    if fault == "syntax":
        bad.write_text("<urn:b> <urn:p>", encoding="utf-8")
    words = ["validate", files[0], str(bad), "--shapes", files[1], "--lang", "en"]
    assert main(words + (["--cache", str(tmp_path / "cache")] if cached else [])) == 3
    assert capsys.readouterr().err.startswith("bad.ttl: th")


def test_several_files_are_one_graph_with_a_cache_and_without(files: tuple[str, str], tmp_path: Path, capsys):
    (tmp_path / "more.ttl").write_text("<urn:b> <urn:p> 4 . _:a <urn:p> 1, 2 .", encoding="utf-8")
    words = ["validate", files[0], str(tmp_path / "more.ttl"), "--shapes", files[1], "--format", "json"]
    for more in ([], ["--cache", str(tmp_path / "cache")], ["--cache", str(tmp_path / "cache")]):
        assert main([*words, *more]) == 1
        found = [one["focus"] for one in json.loads(capsys.readouterr().out)["results"]]
        assert [focus for focus in found if focus.startswith("urn:")] == ["urn:a", "urn:b"]
        assert len(found) == 3


def test_a_second_run_with_a_cache_loads_nothing_that_it_does_not_need(files: tuple[str, str], tmp_path: Path):
    words = ["validate", files[0], "--shapes", files[1], "--format", "ttl", "--cache", str(tmp_path / "cache")]
    needless = {
        "hyte_graph.compliance.engines.compiled.compiler",
        "hyte_graph.compliance.engines.compiled.sparql.query",
        "hyte_graph.model",
        "importlib.metadata",
        "numpy.ma",
        "tomllib",
    }
    start = f"import sys; from hyte_graph.cli.main import main; main({words!r})"
    subprocess.run([sys.executable, "-c", start], stdout=subprocess.DEVNULL)
    told = subprocess.run(
        [sys.executable, "-c", f"{start}; sys.stderr.write(' '.join({needless!r} & set(sys.modules)))"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert told.stderr == ""
