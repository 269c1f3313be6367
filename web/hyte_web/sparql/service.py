"""What answers queries: a pool of processes over a published store, or the store of another server."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app
from pyoxigraph import Triple

from hyte_graph.errors import HyteError, TooBigError
from hyte_graph.isolation import Limits, Message, Pool
from hyte_graph.messages import say
from hyte_graph.store.answers import Answer, Term, Triples, unpacked
from hyte_graph.store.dataset import Dataset
from hyte_graph.store.published import key_of, publish
from hyte_graph.store.remote import Remote
from hyte_graph.store.serving import serialised
from hyte_graph.store.sparql import WHOLE, Scope, check_bytes, check_words
from hyte_graph.store.worker import ntriples
from hyte_web.site import Site, site

_MEMORY = 2**30


@dataclass(frozen=True, slots=True)
class About:
    """Graphs that are added to the data for one question; the same key always names the same graphs."""

    key: str
    graphs: tuple[tuple[str, bytes], ...]  # IRI and N-Triples

    @classmethod
    def of(cls, key: str, graphs: list[tuple[str, list[Triple]]]) -> About:
        """Return the graphs in the form in which they travel."""
        return cls(key, tuple((name, ntriples(triples)) for name, triples in graphs))


@dataclass(frozen=True)
class Service:
    """The query service of the site."""

    dataset: Dataset
    key: str
    folder: Path
    seconds: float = 30
    rows: int = 100_000
    workers: int = 2
    slow_workers: int = 2
    longest: int = 65_536  # bytes of a query
    most: int = 5_000_000  # bytes of an answer
    memory: int = _MEMORY
    remote: Remote | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def _pool(self) -> Pool:
        home = publish(self.dataset, self.key, self.folder)
        return Pool(
            "hyte_graph.store.serving:serving",
            Message({"store": str(home)}),
            size=max(self.workers, 1),
            slow=self.slow_workers,
            limits=Limits(self.memory, opens_files=False),
        )

    def written(
        self,
        text: str,
        bindings: Mapping[str, Term] | None = None,
        *,
        form: str | None = None,
        scope: Scope = WHOLE,
        about: About | None = None,
        is_whole: bool = False,
    ) -> Message:
        """Return the answer to a query in a form: its kind and count in the head, its bytes in the body.

        A whole graph may be longer than the answer to a question.

        Raises:
            UsageError: the text is no query, asks for what nobody may do, or its answer has no such form.
            LimitError: it takes too long or gives too much, or nobody is free.
            UndecidedError: it ended the process that answered it.
            RemoteError: the store of another server failed.
        """
        check_bytes(text, self.longest)
        if self.remote is not None and about is None:
            found = self.remote.answer(text, bindings or {}, seconds=self.seconds, limit=self.rows, scope=scope)
            return Message({"is_graph": isinstance(found, Triples)}, serialised(found, form))
        check_words(text)
        head: dict[str, Any] = {"limit": self.rows, "form": form, "most": None if is_whole else self.most}
        try:
            return self._asked(head, text, bindings or {}, scope, about)
        except TooBigError as error:
            if about is None:
                raise TooBigError(say("query-memory")) from error
        try:  # what the process had kept of earlier questions took memory too; the next one is new
            return self._asked(head, text, bindings or {}, scope, about)
        except TooBigError as error:
            raise TooBigError(say("query-memory")) from error

    def answer(self, text: str, bindings: Mapping[str, Term], about: About | None = None) -> Answer:
        """Return the answer to a query as a value; raises as `written` does."""
        found = self.written(text, bindings, about=about)
        return unpacked(found.body, is_graph=found.head["is_graph"])

    def is_ready(self) -> bool:
        """Return whether a query can be answered now."""
        try:
            self.written("ASK {}", form="json")
        except HyteError:
            return False
        return True

    def close(self) -> None:
        """End the processes."""
        self._pool.close()

    def _asked(
        self, head: dict[str, Any], text: str, bindings: Mapping[str, Term], scope: Scope, about: About | None
    ) -> Message:
        body = text.encode()
        head |= {"text": len(body), "base": scope.base}
        head["bindings"] = {name: str(term) for name, term in bindings.items()}
        if scope.is_given:
            head |= {"default": scope.default, "named": scope.named}
        if about is not None:
            graphs = [{"name": name, "bytes": len(data)} for name, data in about.graphs]
            head["about"] = {"key": about.key, "graphs": graphs}
            body += b"".join(data for _, data in about.graphs)
        with self._lock:
            pool = self._pool
        return pool.call(Message(head, body), self.seconds)


def install(app: Flask) -> None:
    """Give the application its query service; nothing is started before the first query."""
    known: Site = app.extensions["hyte"]
    remote = app.config["STORE"]
    app.extensions["sparql"] = made = Service(
        known.library.dataset,
        key_of(known.knowledge),
        private_folder(app),
        seconds=app.config["SPARQL_SECONDS"],
        rows=app.config["SPARQL_ROWS"],
        workers=app.config["SPARQL_WORKERS"],
        slow_workers=app.config["SPARQL_SLOW_WORKERS"],
        longest=app.config["SPARQL_LONGEST"],
        most=app.config["SPARQL_MOST"],
        memory=app.config["SPARQL_MEMORY"] * 2**20,
        remote=Remote(remote) if remote else None,
    )
    app.extensions.setdefault("readiness", {})["sparql"] = made.is_ready


def service() -> Service:
    """Return the query service of the running application."""
    return cast(Service, current_app.extensions["sparql"])


def private_folder(app: Flask) -> Path:
    """Return where the application keeps files of its own: the setting STORE_FOLDER, or a folder until it ends."""
    if "private-folder" not in app.extensions:
        told = app.config["STORE_FOLDER"]
        folder = Path(told) if told else Path(tempfile.mkdtemp(prefix="hyte-web-"))
        if not told:
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
        app.extensions["private-folder"] = folder
    return cast(Path, app.extensions["private-folder"])


def graph_names() -> list[str]:
    """Return the IRIs of the named graphs, sorted."""
    return sorted(name.value for name in site().store.named_graphs())
