"""What attackers ask, by the rows of the threat model, with the answers and refusals that are right."""

from __future__ import annotations

from hashlib import sha256

from benchmarks.load.client import Ask, sparql
from tests.threats.queries import calling, deadly, expressions, heavy, scans

_TYPE, _PART_OF = (
    "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
    "<http://www.w3.org/2000/01/rdf-schema#isDefinedBy>",
)
TOO_SLOW = "504 query-timeout"
STOPPED = (TOO_SLOW, "413 query-memory")
_SCANS = (60, 660)  # the former may be answered in time


def mix(triples: int, silent: str) -> list[Ask]:
    """Return all that attackers ask, which are rows A1 to A18, the heavy and the rare ones twice.

    `triples` is how many the site has, `silent` the address of a server that never answers.
    """
    twice = [*heavy_asks(), *expression_asks(), *scanning_asks(triples), *calling_asks(silent, "A18")]
    return [*twice, *twice, *deadly_asks(), *calling_asks(silent)]


def heavy_asks() -> list[Ask]:
    """Return queries that must be stopped: paths lead back and forth, so that everything is tied to everything."""
    texts = heavy(*(f"({name}|^{name})" for name in (_TYPE, _PART_OF)))
    return [sparql(text, name=row, statuses=(504, 413), codes=STOPPED) for row, text in texts.items()]


def expression_asks() -> list[Ask]:
    """Return queries with regular expressions that must be answered as any other."""
    return [_counted(row, text, "m", cell) for row, (text, cell) in expressions().items()]


def scanning_asks(triples: int) -> list[Ask]:
    """Return queries that read everything many times; their answer is right, or they are stopped."""
    more = {"statuses": (200, 504), "codes": (TOO_SLOW,)}
    return [_counted("A16", scans(count), "n", str(triples * count), **more) for count in _SCANS]


def deadly_asks() -> list[Ask]:
    """Return queries that would end the process of the engine."""
    return [sparql(text, name=row, statuses=(400,), codes=(f"400 {code}",)) for row, text, code in deadly()]


def calling_asks(address: str, row: str = "A17") -> list[Ask]:
    """Return queries that call another server."""
    told = ("400 service-not-allowed",)
    return [sparql(text, name=row, statuses=(400,), codes=told) for text in calling(address)]


def _counted(row: str, text: str, column: str, cell: str, **expected: object) -> Ask:
    """Return a query whose answer is one cell, empty if nothing is bound."""
    sums = frozenset({sha256(f"{column}\r\n{cell}\r\n".encode()).hexdigest()})
    return sparql(text, "text/csv", name=row, sums=sums, **expected)
