"""The benchmark of load calls an answer wrong that is wrong, and a figure short that falls short."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from benchmarks.load import results
from benchmarks.load.canary import Canary
from benchmarks.load.client import Answer, Ask, Plan, _run, sparql
from benchmarks.load.goals import _at
from benchmarks.load.growth import COURSE, SECOND_HALF, Sample, grown
from benchmarks.load.hostile import mix
from benchmarks.load.parts import told
from benchmarks.load.site import OfProcess, Taken

PAGE = Ask("page", "/", sums=frozenset({sha256(b"right").hexdigest()}), told={"etag": '"1"'})
RIGHT = Answer(200, {"etag": '"1"'}, b"right")
MIX = mix(triples=7, silent="http://127.0.0.1:9/")


@pytest.mark.parametrize(
    "answer", [replace(RIGHT, body=b"wrong"), replace(RIGHT, headers={"etag": '"2"'}), replace(RIGHT, status=500)]
)
def test_another_body_header_or_status_is_wrong(answer):
    assert PAGE.is_right(RIGHT)
    assert not PAGE.is_right(answer)


def test_a_refusal_is_right_by_status_and_code():
    ask = sparql("ASK {}", statuses=(504, 413), codes=("504 query-timeout", "413 query-memory"))
    assert ask.is_right(Answer(504, {}, b'{"code": "query-timeout"}'))
    assert not ask.is_right(Answer(413, {}, b'{"code": "query-timeout"}'))
    assert not ask.is_right(Answer(503, {}, b'{"code": "busy"}'))
    assert not ask.is_right(Answer(504, {}, b"<html>"))


class Site(BaseHTTPRequestHandler):
    """A site that is wrong each third time, and hangs up each fifth."""

    protocol_version = "HTTP/1.1"
    asked = 0

    def do_GET(self) -> None:
        Site.asked += 1
        if Site.asked % 5 == 0:
            self.close_connection = True
            return
        body = b"wrong" if Site.asked % 3 == 0 else b"right"
        self.send_response(200)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def test_each_wrong_answer_is_counted_with_what_it_said():
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with ThreadPoolExecutor(1) as asker:  # a browser of another test may keep the loop of this thread busy
            took = asker.submit(_run, Plan(server.server_port, [PAGE] * 30, connections=1)).result()
        server.shutdown()
    found = told(took, 2.0)
    assert found["requests"] == 30
    assert found["requests per second"] == 15
    assert found["wrong"] == sum(not item.is_right for item in took) >= 8
    assert {item.said for item in took if not item.is_right} == {"wrong"}


def test_attackers_ask_each_row_from_a1_to_a18():
    assert {ask.name for ask in MIX} == {f"A{number}" for number in range(1, 19)}


@pytest.mark.parametrize(
    ("row", "right", "wrong"),
    [
        ("A9", b"m\r\nfalse\r\n", b"m\r\ntrue\r\n"),
        ("A10", b"m\r\n\r\n", b"m\r\nfalse\r\n"),
        ("A16", b"n\r\n420\r\n", b"n\r\n419\r\n"),
    ],
)
def test_an_answer_to_an_attack_is_right_by_what_it_says(row, right, wrong):
    ask = next(ask for ask in MIX if ask.name == row)
    assert ask.is_right(Answer(200, {}, right))
    assert not ask.is_right(Answer(200, {}, wrong))
    assert not ask.is_right(Answer(200, {}, b""))
    assert not ask.is_right(Answer(503, {}, b'{"code": "busy"}'))
    assert ask.is_right(Answer(504, {}, b'{"code": "query-timeout"}')) == (row == "A16")
    assert not ask.is_right(Answer(413, {}, b'{"code": "query-memory"}'))


@pytest.mark.parametrize("row", ["A17", "A18"])
def test_each_spelling_of_a_call_to_another_server_must_be_refused_for_what_it_is(row):
    asks = [ask for ask in MIX if ask.name == row]
    assert len({ask.body for ask in asks}) == 5
    for ask in asks:
        assert b"127.0.0.1%3A9%2F" in ask.body
        assert ask.is_right(Answer(400, {}, b'{"code": "service-not-allowed"}'))
        assert not ask.is_right(Answer(400, {}, b'{"code": "query-wrong"}'))
        assert not ask.is_right(Answer(200, {}, b"n\r\n"))


def test_a_canary_counts_who_called_even_if_they_have_left_and_answers_nobody():
    with Canary() as silent:
        assert silent.calls() == 0
        port = int(silent.address.split(":")[2].split("/")[0])
        with socket.create_connection(("127.0.0.1", port)) as caller:
            caller.sendall(b"GET /data HTTP/1.1\r\n\r\n")
        with socket.create_connection(("127.0.0.1", port)) as caller:
            assert silent.calls() == 2
            caller.settimeout(0.2)
            with pytest.raises(TimeoutError):
                caller.recv(1)
        assert silent.calls() == 2


def run_of(*processes: Callable[[int], OfProcess], seconds: int = 120) -> list[Sample]:
    """Return a sample each other second, with what each of some processes takes then."""
    times = range(0, seconds + 2, 2)
    return [Sample(at, Taken(tuple(made(at) for made in processes))) for at in times]


def test_a_worker_that_grows_is_seen_beside_children_that_are_replaced():
    found = grown(
        run_of(
            lambda _: OfProcess("master", 1, 30.0, 9),
            lambda at: OfProcess("worker", 2, 300.0 + at / 4, 20 + at // 60),
            lambda at: OfProcess("child", 100 + at // 10, 500.0 + (at * 37) % 90, 5),
        ),
        120,
    )
    master, worker = found["processes that were not replaced in the second half"]
    assert (master["process"], master["memory (MiB)"][SECOND_HALF]) == ("master", 0)
    assert worker["process"] == "worker"
    assert worker["memory (MiB)"] == {COURSE: [300, 315, 330], "a minute": 15, SECOND_HALF: 15}
    assert worker["file handles"][COURSE] == [20, 21, 22]
    assert found["memory of the server (MiB)"][COURSE] == [330, 345, 360]
    assert found["file handles of the server"][COURSE] == [29, 30, 31]
    assert found["file handles of the children"] == {COURSE: [5, 5, 5], "a minute": 0, SECOND_HALF: 0}
    assert found["processes that came or went in it"] == 7


def test_what_is_kept_once_grows_in_the_whole_but_not_in_the_second_half():
    found = grown(run_of(lambda at: OfProcess("server", 1, float(min(at, 40)), 9)), 120)
    memory = found["memory of the server (MiB)"]
    assert memory[COURSE] == [0, 40, 40]
    assert memory["a minute"] > 0
    assert memory[SECOND_HALF] == 0


def test_a_process_that_ends_in_the_second_half_does_not_count_as_one_that_stayed():
    found = grown(run_of(lambda at: OfProcess("worker", 1 + at // 90, 300.0, 9)), 120)
    assert found["processes that were not replaced in the second half"] == []
    assert found["processes that came or went in it"] == 2


def test_the_figures_of_each_server_stand_beside_each_other(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "_RESULTS", tmp_path)
    monkeypatch.setattr(results, "_FILE", tmp_path / "load.json")
    figures = {"gunicorn": 1001, "waitress": 999}
    for server in ("waitress", "gunicorn"):
        bench = SimpleNamespace(server=server, right=SimpleNamespace(triples=1))
        results.keep(bench, "health", lambda bench: {"requests per second": figures[bench.server], "wrong": 0})
    assert list(json.loads((tmp_path / "load.json").read_text())["parts"]) == ["health, waitress", "health"]
    rows = [line for line in (tmp_path / "load.md").read_text().splitlines() if line.startswith("| health page, requ")]
    assert ["1001 | holds | gunicorn" in rows[0], "999 | falls short | waitress" in rows[1]] == [True, True]


def test_a_figure_that_an_earlier_run_did_not_tell_is_called_not_measured():
    row = ("soak", "calls", _at("calls to another server"), "≤", 0)
    assert "| calls | 0 | not measured |  | gunicorn |" in results._row(row, {"server": "gunicorn", "load": [0.1]})


def test_figures_in_a_row_are_shown_one_after_another():
    row = ("soak", "handles", _at("handles"), "", 0)
    assert "| 1 → 2 → 3 |" in results._row(row, {"handles": [1, 2, 3], "server": "gunicorn", "load": [0.1]})


def test_a_figure_beyond_its_goal_falls_short():
    part = {"p": 51, "server": "gunicorn", "load": [0.1, 2.0]}
    row = ("points", "p99 in ms", lambda found: found["p"], "≤", 50)
    assert "falls short" in results._row(row, part)
    assert "holds" in results._row(row, part | {"p": 50})
