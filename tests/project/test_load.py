"""The benchmark of load calls an answer wrong that is wrong, and a figure short that falls short."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.load.client import Answer, Ask, Plan, _run, sparql
from benchmarks.load.parts import told
from benchmarks.load.results import _row

PAGE = Ask("page", "/", sums=frozenset({sha256(b"right").hexdigest()}), told={"etag": '"1"'})
RIGHT = Answer(200, {"etag": '"1"'}, b"right")


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


def test_a_figure_beyond_its_goal_falls_short():
    part = {"p": 51, "server": "gunicorn", "load": [0.1, 2.0]}
    row = ("points", "p99 in ms", lambda found: found["p"], "≤", 50)
    assert "falls short" in _row(row, part)
    assert "holds" in _row(row, part | {"p": 50})
