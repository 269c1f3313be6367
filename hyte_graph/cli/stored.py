"""Where `hyte check` reads from: the files of this machine, or the graphs of another store (--store)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hyte_graph.messages import say
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import slug

_PATIENCE = 120.0  # seconds for one graph


@contextmanager
def knowledge_from(store: str | None, language: str) -> Iterator[Knowledge]:
    """Yield the law and the rules of a store, or the shipped ones; that a store has none is told on stderr.

    Raises:
        RemoteError: the store fails, or holds nothing of the project.
    """
    if store is None:
        yield Knowledge.shipped()
        return
    from hyte_graph.store.fetched import fetch_knowledge, holds_knowledge
    from hyte_graph.store.remote import Remote

    remote = Remote(store)
    if not holds_knowledge(remote):
        print(say("remote-no-law", address=store).within(language), file=sys.stderr)
        yield Knowledge.shipped()
        return
    with TemporaryDirectory(prefix="hyte-") as folder:
        yield fetch_knowledge(remote, Path(folder), _PATIENCE)


def read_from(name: str, store: str | None) -> tuple[bytes, str]:
    """Return the bytes of a description and what it is called in reports; with a store, an IRI names a graph of it.

    Raises:
        FilingError: there is no such file.
        ForbiddenError: there is no such graph.
        RemoteError: the store fails.
    """
    if store is None or "://" not in name:
        from hyte_graph.cli.filings import read_filing  # brings the whole intake with it

        return read_filing(name)
    from hyte_graph.store.fetched import fetch_graph
    from hyte_graph.store.remote import Remote

    return fetch_graph(Remote(store), name, _PATIENCE), f"{slug(name.rstrip('/'))}.nt"
