"""A store of the shipped data is kept beside the snapshots, answers the same, and is never needed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hyte_graph.store.answers import Rows
from hyte_graph.store.beside import store_beside
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.worker import Worker
from tests.conftest import ROOT

QUERY = "SELECT ?kind (COUNT(*) AS ?n) { ?thing a ?kind } GROUP BY ?kind ORDER BY ?kind"


def answered(knowledge: Knowledge, store: Path | None) -> Rows:
    with Worker(knowledge, store=store) as worker:
        found = worker.answer(QUERY, {}, seconds=30, limit=10_000)
    assert isinstance(found, Rows)
    return found


def test_the_kept_store_answers_as_the_files_do(
    knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYTE_CACHE", str(tmp_path / "kept"))
    home = store_beside(knowledge)
    assert home
    found = answered(knowledge, home)
    assert len(found) > 20
    assert found == answered(knowledge, None)
    built = (home / "CURRENT").stat().st_mtime_ns
    assert store_beside(knowledge) == home
    assert (home / "CURRENT").stat().st_mtime_ns == built
    next(home.glob("*.sst")).write_bytes(b"broken")
    assert store_beside(knowledge) == home
    assert answered(knowledge, home) == found


def test_a_store_that_was_taken_away_is_not_missed(knowledge: Knowledge, tmp_path: Path) -> None:
    assert answered(knowledge, tmp_path / "gone") == answered(knowledge, None)


def test_nothing_is_kept_where_nothing_may_be(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYTE_CACHE", "off")
    assert store_beside(knowledge) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_a_folder_in_which_others_may_write_is_not_used(
    knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYTE_CACHE", str(tmp_path))
    tmp_path.chmod(0o777)
    assert store_beside(knowledge) is None


def test_old_stores_go(knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYTE_CACHE", str(tmp_path))
    stores = tmp_path / "stores"
    for name in ("graph-a", "graph-b", "graph-c"):
        (stores / name).mkdir(parents=True)
    home = store_beside(knowledge)
    assert home
    assert len(list(stores.iterdir())) == 2
    assert home in stores.iterdir()
    shutil.rmtree(home)


def test_a_question_is_asked_without_rdflib() -> None:
    probe = (
        "import sys; from hyte_graph.cli.main import main; import hyte_graph.store.worker\n"
        "assert main(['query', 'count-of-norms-by-act']) == 0\n"
        "sys.exit(' '.join(sorted({'rdflib', 'pyshacl', 'hyte_graph.intake'} & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stderr.strip() == ""
    assert done.stdout
