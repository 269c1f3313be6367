"""Pages and data that cannot change while the site runs, kept in memory as they were first answered."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from flask import Flask, Response, make_response, request

from hyte_web.clock import today

_VIEWS: Final = (
    "browse.home",
    "browse.vocabulary",
    "browse.index",
    "browse.thing",
    "browse.home_twin",
    "browse.vocabulary_twin",
    "browse.index_twin",
    "browse.thing_twin",
    "data.any_document",
    "data.ontology_file",
)
"""The views that read nothing but the graph, the address, the day and the headers that their answers vary by."""

_OK: Final = 200
_LONGEST: Final = 256  # characters of a header by which an answer is found again

Key = tuple[str, ...]
_View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """The body and the headers of an answer, before those that every answer gets."""

    body: bytes
    headers: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, response: Response) -> Answer:
        """Return what is to be kept of a response."""
        return cls(response.get_data(), tuple(response.headers.items()))

    def response(self) -> Response:
        """Return a response of its own to each who asks."""
        return Response(self.body, headers=list(self.headers))


class Kept:
    """Answers up to a number of bytes; the one that was not asked for longest goes first. Safe between threads."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._varied: dict[Key, frozenset[str]] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self) -> Answer | None:
        """Return the answer to the request that runs, if it is kept."""
        address = _address()
        with self._lock:
            key = _key(address, self._varied.get(address, frozenset()))
            found = self._answers.get(key)
            if found:
                self._answers.move_to_end(key)
            return found

    def put(self, response: Response) -> None:
        """Keep the answer to the request that runs, by all headers that answers at its address vary by."""
        made, address = Answer.of(response), _address()
        with self._lock:
            varied = self._varied.get(address, frozenset()) | {name.lower() for name in response.vary}
            key = _key(address, varied)
            if max(map(len, key)) > _LONGEST or key in self._answers or len(made.body) > self._most:
                return
            self._varied[address] = varied
            self._answers[key] = made
            self._size += len(made.body)
            while self._size > self._most:
                self._size -= len(self._answers.popitem(last=False)[1].body)


def install(app: Flask) -> None:
    """Let the views answer from memory, up to the setting KEPT_MEMORY (MiB); 0 keeps nothing."""
    most = app.config["KEPT_MEMORY"] * 2**20
    if most:
        app.extensions["hyte-kept"] = kept = Kept(most)
        for name in _VIEWS:
            app.view_functions[name] = _remembering(app.view_functions[name], kept)


def _remembering(view: _View, kept: Kept) -> _View:
    @wraps(view)
    def answer(**values: Any) -> Response:
        if request.query_string:  # without a question there are only so many addresses
            return make_response(view(**values))
        found = kept.get()
        if found:
            return found.response()
        made = make_response(view(**values))
        if made.status_code == _OK and not made.direct_passthrough:
            kept.put(made)
        return made

    return answer


def _address() -> Key:
    return request.root_url, request.path, today().isoformat()


def _key(address: Key, varied: frozenset[str]) -> Key:
    return (*address, *(f"{name}: {request.headers.get(name, '')}" for name in sorted(varied)))
