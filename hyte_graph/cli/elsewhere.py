"""Checks on the workers of a Dask scheduler (`hyte check --scheduler`)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hyte_graph.cli import piecework
from hyte_graph.errors import UsageError
from hyte_graph.isolation import Message
from hyte_graph.isolation.cluster import Cluster
from hyte_graph.isolation.station import check_own_versions
from hyte_graph.messages import say
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.versions import versions_here


@contextmanager
def cluster_at(address: str | None, knowledge: Knowledge) -> Iterator[Cluster | None]:
    """Yield the workers of a scheduler, or None where none is asked for.

    Raises:
        UsageError: the law is that of a store, which workers do not have.
        HyteError: the scheduler cannot be used (see `Cluster`).
    """
    if address is None:
        yield None
        return
    if knowledge != Knowledge.shipped():
        raise UsageError(say("scheduler-with-store"))
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is told as an error, in one sentence
    with Cluster(address, "hyte_graph.cli.elsewhere:work", Message({"versions": dict(versions_here())})) as cluster:
        yield cluster


def work(state: Message) -> Callable[[Message], Message]:
    """Return what answers the calls of a cluster in a child of a worker, with its own law and rules.

    Raises:
        RemoteError: they, the program or its libraries are not those of the machine that asks.
    """
    check_own_versions(state.head["versions"])
    shipped = Knowledge.shipped()
    return piecework.work(Message({"ontology": str(shipped.ontology), "rules": str(shipped.rules)}))
