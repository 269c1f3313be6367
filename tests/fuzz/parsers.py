"""What is fuzzed: each parser by the name of a file that it reads, and the reader of queries."""

from __future__ import annotations

from contextlib import suppress
from types import SimpleNamespace
from typing import Final

import pyoxigraph
from pyoxigraph import Store

from hyte_graph.errors import FilingError, HyteError, UsageError
from hyte_graph.intake.reader import read_stated
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.sparql import answer
from tests.fuzz.seeds import SEEDS
from tests.threats.filings import check_sentences

KNOWLEDGE = Knowledge.shipped()
TEXT: Final = "query"
NAMES: Final = (*SEEDS, "a.xlsx", "a.ods", "a.zip", TEXT)
_SMALL = SimpleNamespace(store=Store())
_SMALL.store.extend(pyoxigraph.parse(SEEDS["a.ttl"].encode(), format=pyoxigraph.RdfFormat.TURTLE))


def taken(content: bytes, name: str) -> bool:
    """Return whether a description was taken; if not, it was refused as refusals must be."""
    try:
        read_stated(content, name, KNOWLEDGE)
    except (FilingError, UsageError) as error:
        check_sentences(error)
        return False
    return True


def asked(text: str) -> None:
    """Let a query be answered or refused."""
    with suppress(HyteError):
        answer(text, _SMALL, limit=50)  # type: ignore[arg-type]


def handed_in(content: bytes, name: str) -> None:
    """Hand something in under one of the names; whatever but a refusal comes of it is a defect and is raised."""
    if name == TEXT:
        asked(content.decode("utf-8", "replace"))
    else:
        taken(content, name)
