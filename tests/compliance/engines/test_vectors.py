"""The engine on arrays finds what the suite of the W3C expects, and what the engine on dictionaries finds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import Graph

from hyte_graph.compliance.engines import engine
from hyte_graph.compliance.engines.compiled.columns import Columns
from hyte_graph.compliance.engines.compiled.engine import plan_of
from hyte_graph.compliance.engines.compiled.report import report_graph
from hyte_graph.compliance.engines.compiled.told import findings
from hyte_graph.compliance.engines.files import Validation, plan_of_files, read
from hyte_graph.compliance.engines.vectors.reading import read_table, table_of
from hyte_graph.compliance.engines.vectors.run import VectorRun
from hyte_graph.compliance.engines.written import report_lines
from hyte_graph.errors import UndecidedError
from tests.compliance.engines.random_shapes import data_graphs, shapes_graphs
from tests.compliance.engines.suite import SuiteTest, agrees
from tests.compliance.engines.test_w3c import TESTS
from tests.conftest import HARD

ROOT = Path(__file__).resolve().parents[3]


def on_arrays(data: Graph, shapes: Graph) -> VectorRun:
    return VectorRun(table_of(Columns.of_graph(data).triples()), plan_of(shapes))


def passes(test: SuiteTest) -> bool:
    try:
        run = on_arrays(test.data, test.shapes)
        found = report_graph(list(run.results()), run.data.terms)
    except UndecidedError:
        return test.expected is None
    return test.expected is not None and agrees(found, test.expected)


@pytest.mark.parametrize("name", TESTS)
def test_arrays_give_the_report_that_the_suite_expects(name: str):
    assert passes(TESTS[name])


@settings(
    max_examples=2000 if HARD else 100,
    deadline=None,
    derandomize=not HARD,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=data_graphs(), shapes=shapes_graphs())
def test_arrays_and_dictionaries_find_the_same_by_random_shapes(data: Graph, shapes: Graph):
    run = on_arrays(data, shapes)
    assert findings(run.results(), run.data.terms) == engine("hyte").validate(data, shapes)


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county with ten municipalities, each defect with the result that it must give."""
    folder = tmp_path_factory.mktemp("country")
    subprocess.run([sys.executable, "-m", "benchmarks.national.generate", "small", folder], cwd=ROOT, check=True)
    return folder


def expected(folder: Path, shapes: str) -> list[tuple[str, ...]]:
    lines = (folder / "expected.tsv").read_text(encoding="utf-8").splitlines()
    return sorted(tuple(line.split("\t")) for line in lines if shapes != "core" or "#SPARQL" not in line)


@pytest.mark.parametrize("shapes", ["core", "natural", "expert"])
@pytest.mark.parametrize("large", [0, 10**12])
def test_every_defect_of_the_benchmark_is_found_and_nothing_else(country: Path, shapes: str, large: int):
    found = Validation([country / "data.ttl"], plan_of_files([country / f"{shapes}.ttl"]), large=large)
    told = findings(found.results(), found.terms)
    assert sorted((one.focus, one.shape, one.component, one.value) for one in told) == expected(country, shapes)


def test_nothing_of_the_benchmark_needs_a_slower_way(country: Path):
    for shapes in ("natural", "expert"):
        found = Validation([country / "data.ttl"], plan_of_files([country / f"{shapes}.ttl"]), large=0)
        list(found.results())
        assert {tried.rung for tried in found.rungs()} == {"columns"}


def test_a_snapshot_gives_the_same_report_as_the_file_and_another_file_another_snapshot(country: Path, tmp_path: Path):
    plan, reports = plan_of_files([country / "natural.ttl"]), []
    for _ in range(2):
        found = Validation([country / "data.ttl"], plan, tmp_path / "cache")
        reports.append(sorted(findings(found.results(), found.terms), key=repr))
    assert reports[0] == reports[1]
    changed = tmp_path / "data.ttl"
    changed.write_text((country / "data.ttl").read_text(encoding="utf-8").replace('"fi"', '"ru"', 1), encoding="utf-8")
    found = Validation([changed], plan, tmp_path / "cache")
    assert len(list(found.results())) == len(reports[0]) + 1
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_the_written_report_is_the_report(country: Path):
    found = Validation([country / "data.ttl"], plan_of_files([country / "natural.ttl"]), large=0)
    results = list(found.results())
    written = Graph().parse(data="".join(report_lines(results, found.terms)), format="turtle")
    assert agrees(written, report_graph(results, found.terms))


def test_escapes_and_languages_are_read_as_dictionaries_have_them(tmp_path: Path):
    text = r'<urn:a> <urn:p> "a\"b\\c\nd\u00e4 \U0001F600 ."@FI, "\\u0041", "x"^^<urn:t\u00e4>, "01"^^<urn:i> .'
    path = tmp_path / "odd.ttl"
    path.write_text(text, encoding="utf-8")
    table, columns = read_table([path]), Columns.of_quads(read(path, apart=False))
    assert sorted(table.triples(table.columns)) == sorted(columns.triples())
