"""`hyte check --scheduler`: workers in processes of their own say what this process says; losing some is told."""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client

from hyte_graph.cli import elsewhere
from hyte_graph.cli.jobs import in_order
from hyte_graph.cli.main import main
from hyte_graph.errors import RemoteError, UsageError
from hyte_graph.isolation import Message, cluster
from hyte_graph.isolation.cluster import Cluster
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.versions import versions_here
from tests.conftest import EXAMPLES, ROOT
from tests.spread import clusters

FILES = [str(path) for path in sorted(EXAMPLES.glob("*.yaml"))]
SOME = [str(EXAMPLES / f"{name}.yaml") for name in ("espoo", "kitee", "oulu", "vantaa-kerava")]
DAY = ("--on", "2025-12-31")
ASKED = {
    "on": "2025-12-31",
    "known_on": None,
    "law_on": None,
    "include_drafts": False,
    "verbose": False,
    "engine": "hyte",
    "language": "en",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """Yield the address of a scheduler with two workers, each with a nanny that starts it again."""
    with clusters.cluster(tmp_path_factory.mktemp("dask"), 2) as made:
        with Client(made, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=30)
        yield made


@pytest.fixture(scope="module")
def alone(tmp_path_factory) -> Iterator[str]:
    """Yield the address of a scheduler without workers."""
    with clusters.scheduler(tmp_path_factory.mktemp("alone")) as made:
        yield made


@pytest.fixture(scope="module")
def here(knowledge) -> list[str]:
    """Return what this process says of each example, as JSON lines."""
    return [item.piece for item in in_order(FILES, ASKED, "jsonl", knowledge, store=None, jobs=1)]


def written(capfd: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert main(["check", *words, *DAY, "--lang", "en"]) == code
    return capfd.readouterr().out


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as made:
        return int(made.getsockname()[1])


def test_all_examples_have_the_same_report_there_as_here(address, here, capfd):
    assert len(here) == 21
    there = written(capfd, *FILES, "--format", "jsonl", "--scheduler", address)
    assert there == "".join(here)
    assert sum(len(json.loads(line)["verdicts"]) for line in there.splitlines()) > 2000


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_report_that_needs_all_together_or_streams_text_is_the_same(address, capfd, form):
    here = written(capfd, *SOME[:2], "--format", form, "--jobs", "2")
    assert written(capfd, *SOME[:2], "--format", form, "--scheduler", address) == here


def test_errors_and_the_exit_code_are_those_of_here(address, tmp_path, capfd):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("schema_version: '1.0'\n")
    told = []
    for more in ((), ("--scheduler", address)):
        words = ("check", str(wrong), SOME[0], str(tmp_path / "none.yaml"), *DAY, "--format", "jsonl", *more)
        assert main(words) == 3
        told.append(capfd.readouterr())
    assert told[0] == told[1]
    assert "none.yaml" in told[0].err


def test_a_worker_killed_in_the_middle_changes_nothing(address, here, knowledge):
    with elsewhere.cluster_at(address, knowledge) as made:
        pids = made._client.run(os.getpid)
        pieces = []
        for result in in_order(FILES[:10], ASKED, "jsonl", knowledge, store=None, jobs=1, cluster=made):
            assert result.error is None
            if len(pieces) == 2:
                busy = max((len(tasks), worker) for worker, tasks in made._client.processing().items())[1]
                os.kill(pids[busy], signal.SIGKILL)
            pieces.append(result.piece)
        made._client.wait_for_workers(2, timeout=30)
        assert made._client.run(os.getpid) != pids
    assert pieces == here[:10]


@pytest.mark.parametrize("target", ["ends", "kills_worker"])
def test_a_description_that_kills_is_not_judged_and_the_others_are(address, knowledge, target):
    state = Message({"versions": dict(versions_here())})
    names = SOME[:2]  # one that waits at the same worker when it dies could be blamed as well
    with Cluster(address, f"tests.spread.work:{target}", state) as made:
        made.size = 1
        found = list(in_order(names, ASKED, "jsonl", knowledge, store=None, jobs=1, cluster=made))
        made._client.wait_for_workers(2, timeout=30)
    assert [item.error is None for item in found] == [True, False]
    assert found[1].error.exit_code == 4
    assert "kitee.yaml: the process that checked it ended twice" in found[1].error.message.en


def test_no_more_is_sent_than_workers_and_output_can_take(address, knowledge):
    asked: list[str] = []

    def names() -> Iterator[str]:
        for name in FILES:
            asked.append(name)
            yield name

    with elsewhere.cluster_at(address, knowledge) as made:
        assert made.size == 4
        results = in_order(names(), ASKED, "jsonl", knowledge, store=None, jobs=1, cluster=made)
        next(results)
        assert len(asked) <= 2 * made.size
        results.close()


@pytest.mark.parametrize("changed", ["hyte_graph/isolation/wire.py", "ontology/core.ttl"])
def test_a_worker_with_another_program_or_law_is_told_before_anything_is_checked(alone, tmp_path, capfd, changed):
    home = copy(tmp_path / "other", changed)
    with clusters.worker(alone, "--no-nanny", home=home):
        assert main(["check", *SOME, *DAY, "--scheduler", alone, "--format", "jsonl", "--lang", "sv"]) == 5
    out, err = capfd.readouterr()
    what = "ontology" if changed.endswith(".ttl") else "program"
    assert (out, err.count("\n")) == ("", 1)
    assert f"{what} " in err
    assert "har en annan version av HYTE Graph" in err


def copy(home: Path, changed: str) -> Path:
    """Return a checkout that differs in one byte of one file; what does not differ is linked."""
    home.mkdir()
    (home / "pyproject.toml").touch()
    top = Path(changed).parts[0]
    shutil.copytree(ROOT / top, home / top, ignore=shutil.ignore_patterns("__pycache__"))
    for name in {"hyte_graph", "ontology", "rules", "web"} - {top}:
        if name == "hyte_graph":  # its own place tells where the law lies
            shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (home / name).symlink_to(ROOT / name)
    with (home / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    return home


def test_a_worker_that_comes_later_with_another_law_is_told_too(knowledge, monkeypatch):
    state = Message({"versions": dict(versions_here()) | {"ontology": "another"}})
    with pytest.raises(RemoteError, match=r"another version of HYTE Graph.*ontology .* ≠ another"):
        elsewhere.work(state)


@pytest.fixture
def empty(tmp_path) -> Path:
    """Return a folder whose package hides one that is installed."""
    home = tmp_path / "empty"
    (home / "hyte_graph").mkdir(parents=True)
    (home / "hyte_graph" / "__init__.py").touch()
    return home


def test_a_worker_without_the_program_is_told(alone, empty, capfd):
    with clusters.worker(alone, "--no-nanny", home=empty):
        assert main(["check", *SOME, *DAY, "--scheduler", alone, "--lang", "en"]) == 5
    assert "another version of HYTE Graph" in capfd.readouterr().err


def test_a_scheduler_without_the_program_is_told(empty, tmp_path, capfd):
    with clusters.scheduler(tmp_path, home=empty) as lacking, clusters.worker(lacking, "--no-nanny"):
        assert main(["check", *SOME, *DAY, "--scheduler", lacking, "--lang", "en"]) == 5
    err = capfd.readouterr().err
    assert f"{lacking} has another version of HYTE Graph" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("value", "code", "sentence"),
    [
        ("127.0.0.1:8786", 2, "is no address of a Dask scheduler"),
        ("tcp://127.0.0.1:none", 5, "cannot be reached"),
        ("tls://127.0.0.1:9", 5, "cannot be reached"),
    ],
)
def test_an_address_of_no_use_is_one_sentence(capfd, value, code, sentence):
    assert main(["check", SOME[0], *DAY, "--scheduler", value, "--lang", "en"]) == code
    err = capfd.readouterr().err
    assert sentence in err
    assert err.count("\n") == 1


def test_a_client_that_cannot_start_is_not_left_to_the_garbage_collector():
    gc.collect()
    before = set(threading.enumerate())
    gc.disable()
    try:
        assert main(["check", SOME[0], *DAY, "--scheduler", "tls://127.0.0.1:9", "--lang", "en"]) == 5
        assert set(threading.enumerate()) <= before
    finally:
        gc.enable()


def test_a_scheduler_that_is_not_there_is_one_sentence(capfd, monkeypatch):
    monkeypatch.setattr(cluster, "_REACHED", 1.0)
    assert main(["check", SOME[0], *DAY, "--scheduler", f"tcp://127.0.0.1:{free_port()}", "--lang", "fi"]) == 5
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "ei saatu yhteyttä" in err


def test_a_scheduler_without_workers_is_told(alone, capfd, monkeypatch):
    monkeypatch.setattr(cluster, "_STAFFED", 0.2)
    assert main(["check", SOME[0], *DAY, "--scheduler", alone, "--lang", "en"]) == 5
    assert "has no workers" in capfd.readouterr().err


def test_when_all_workers_have_left_nobody_waits_for_ever(alone, knowledge, monkeypatch):
    monkeypatch.setattr(cluster, "_LOOK", 0.2)
    with clusters.worker(alone, "--no-nanny") as only, elsewhere.cluster_at(alone, knowledge) as made:
        only.kill()
        monkeypatch.setattr(cluster, "_STAFFED", 0.5)
        with pytest.raises(RemoteError, match="has no workers"):
            list(in_order(SOME, ASKED, "jsonl", knowledge, store=None, jobs=1, cluster=made))


def test_a_scheduler_that_ends_in_the_middle_is_told(tmp_path, knowledge):
    with (
        clusters.scheduler(tmp_path) as ended,
        clusters.worker(ended, "--no-nanny"),
        elsewhere.cluster_at(ended, knowledge) as made,
    ):
        made.size = 1
        results = in_order(SOME, ASKED, "jsonl", knowledge, store=None, jobs=1, cluster=made)
        assert next(results).error is None
        with Client(ended, set_as_default=False) as other:
            other.shutdown()
        with pytest.raises(RemoteError, match="was lost in the middle of the work"):
            list(results)


def test_without_dask_the_command_says_what_to_install(capfd, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["check", SOME[0], *DAY, "--scheduler", "tcp://127.0.0.1:8786", "--lang", "en"]) == 2
    assert 'pip install "hyte-graph[dask]"' in capfd.readouterr().err


@pytest.mark.parametrize("words", [("--assume", SOME[0]), ("--judgements", SOME[0]), ("--explain",), ("--jobs", "2")])
def test_what_needs_this_process_is_refused(capfd, words):
    assert main(["check", SOME[1], *DAY, "--scheduler", "tcp://127.0.0.1:9", *words, "--lang", "en"]) == 2
    assert "--scheduler checks many organisations elsewhere" in capfd.readouterr().err


def test_the_law_of_a_store_does_not_go_to_workers(tmp_path):
    with (
        pytest.raises(UsageError, match="own law and rules"),
        elsewhere.cluster_at("tcp://x", Knowledge(tmp_path, tmp_path)),
    ):
        pass
