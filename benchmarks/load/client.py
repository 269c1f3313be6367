"""A client of HTTP/1.1 on kept connections, as light as it can be, since it shares the machine with the server."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import cycle
from multiprocessing import get_context
from urllib.parse import urlencode

Headers = Mapping[str, str]
_REPORT = re.compile(rb'href="(/[a-z]{2}/check/[0-9a-f]{32}\.json)"')


@dataclass(frozen=True, slots=True)
class Ask:
    """A request, and what its answer must be: one of some statuses, one of some bodies, and some headers."""

    name: str
    path: str
    headers: Headers = field(default_factory=dict)
    body: bytes | None = None  # of a POST
    statuses: tuple[int, ...] = (200,)
    sums: frozenset[str] = frozenset()  # SHA-256 of the bodies that are right, unless it is refused; none: any
    told: Headers = field(default_factory=dict)  # headers that the answer must have, in small letters
    codes: tuple[str, ...] = ()  # status and code of a refusal that is right, such as "504 query-timeout"
    shown: str = ""  # SHA-256 of what stands at the address that the answer leads to, with `.json` behind it

    def written(self) -> bytes:
        """Return the request as it is sent."""
        verb = "GET" if self.body is None else "POST"
        lines = [f"{verb} {self.path} HTTP/1.1", "Host: localhost", *(f"{k}: {v}" for k, v in self.headers.items())]
        lines += [f"Content-Length: {len(self.body)}"] if self.body is not None else []
        return "\r\n".join([*lines, "", ""]).encode() + (self.body or b"")

    def is_right(self, answer: Answer) -> bool:
        """Return whether an answer is as it must be."""
        return (
            answer.status in self.statuses
            and all(answer.headers.get(name) == value for name, value in self.told.items())
            and (self._is_refused(answer) if answer.status >= 400 else self._is_answered(answer))
        )

    def _is_answered(self, answer: Answer) -> bool:
        return not self.sums or sha256(answer.body).hexdigest() in self.sums

    def _is_refused(self, answer: Answer) -> bool:
        return f"{answer.status} {_code(answer.body)}" in self.codes


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; status 0 where the connection broke."""

    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Took:
    """How long one request took, and what came of it."""

    name: str
    seconds: float
    status: int
    is_right: bool
    said: str = ""  # the beginning of an answer that is not right


@dataclass(frozen=True, slots=True)
class Plan:
    """Who asks what: so many connections, each with an order of its own, for some seconds or each request once."""

    port: int
    asks: Sequence[Ask]
    connections: int
    seconds: float = 0.0  # 0: each request once
    pause: float = 0.0  # seconds between the requests of a connection
    seed: int = 1


def sparql(query: str, accept: str = "application/sparql-results+json", **expected: object) -> Ask:
    """Return a query as a POST; `expected` are fields of `Ask`."""
    headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode({"query": query}).encode()
    return Ask(str(expected.pop("name", "query")), "/sparql", headers, body, **expected)  # type: ignore[arg-type]


class Driver:
    """Processes that ask; the same ones for one plan after another."""

    def __init__(self, processes: int = 2) -> None:
        self._pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))

    def begin(self, plan: Plan) -> Future[list[Took]]:
        """Let a process carry out a plan."""
        return self._pool.submit(_run, plan)

    def drive(self, plan: Plan) -> tuple[list[Took], float]:
        """Return what came of a plan, and the seconds it took."""
        began = time.perf_counter()
        return self.begin(plan).result(), time.perf_counter() - began

    def close(self) -> None:
        self._pool.shutdown()


def _run(plan: Plan) -> list[Took]:
    return asyncio.run(_carried_out(plan))


async def _carried_out(plan: Plan) -> list[Took]:
    end = time.perf_counter() + plan.seconds
    waiting = list(plan.asks)
    random.Random(plan.seed).shuffle(waiting)  # noqa: S311
    took: list[Took] = []
    runs = (_visitor(plan, number, waiting, end, took) for number in range(plan.connections))
    await asyncio.gather(*runs)
    return took


async def _visitor(plan: Plan, number: int, waiting: list[Ask], end: float, took: list[Took]) -> None:
    chance = random.Random(f"{plan.seed} {number}")  # noqa: S311
    line, order = _Line(plan.port), list(plan.asks)
    chance.shuffle(order)
    turns = cycle(order)
    while time.perf_counter() < end if plan.seconds else waiting:
        ask = next(turns) if plan.seconds else waiting.pop()
        began = time.perf_counter()
        answer = await line.ask(ask)
        is_right = ask.is_right(answer)
        if ask.shown and is_right:
            answer = await line.ask(Ask(ask.name, answer.headers["location"]))
        seconds = time.perf_counter() - began
        if ask.shown and is_right:
            is_right = answer.status == 200 and await _is_shown(line, ask, answer)
        said = "" if is_right else answer.body[:300].decode(errors="replace")
        took.append(Took(ask.name, seconds, answer.status, is_right, said))
        if plan.pause:
            await asyncio.sleep(plan.pause)
    line.close()


async def _is_shown(line: _Line, ask: Ask, page: Answer) -> bool:
    """Return whether the report that a page is about is the right one; it is asked for when the clock has stopped."""
    found = _REPORT.search(page.body)
    if found is None:
        return False
    return Ask(ask.name, "", sums=frozenset({ask.shown})).is_right(await line.ask(Ask(ask.name, found[1].decode())))


def _code(body: bytes) -> str:
    try:
        return str(json.loads(body).get("code", ""))
    except (ValueError, AttributeError):
        return ""


class _Line:
    """One kept connection; a server may close it between two requests, and is then called again once."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, ask: Ask) -> Answer:
        is_kept = self._writer is not None
        try:
            return await self._asked(ask)
        except (OSError, asyncio.IncompleteReadError):
            self.close()
        if not is_kept:
            return Answer(0, {}, b"")
        try:
            return await self._asked(ask)
        except (OSError, asyncio.IncompleteReadError):
            self.close()
            return Answer(0, {}, b"")

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _asked(self, ask: Ask) -> Answer:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**20)
        assert self._reader is not None
        self._writer.write(ask.written())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        body = await self._reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(head[0].split()[1]), headers, body)
