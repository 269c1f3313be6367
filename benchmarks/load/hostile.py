"""What attackers ask, by the rows of the threat model, with the refusals that are right."""

from __future__ import annotations

from benchmarks.load.client import Ask, sparql
from tests.threats.queries import calling, deadly, heavy

_TYPE, _PART_OF = (
    "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
    "<http://www.w3.org/2000/01/rdf-schema#isDefinedBy>",
)
STOPPED = ("504 query-timeout", "413 query-memory")


def heavy_asks() -> list[Ask]:
    """Return queries that must be stopped: paths lead back and forth, so that everything is tied to everything."""
    texts = heavy(*(f"({name}|^{name})" for name in (_TYPE, _PART_OF)))
    return [sparql(text, name=row, statuses=(504, 413), codes=STOPPED) for row, text in texts.items()]


def deadly_asks() -> list[Ask]:
    """Return queries that would end the process of the engine."""
    return [sparql(text, name=row, statuses=(400,), codes=(f"400 {code}",)) for row, text, code in deadly()]


def calling_asks() -> list[Ask]:
    """Return queries that call another server, at a port where nobody listens."""
    told = ("400 service-not-allowed",)
    return [sparql(text, name="A17", statuses=(400,), codes=told) for text in calling("http://127.0.0.1:9/")]
