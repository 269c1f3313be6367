"""The chain over saved assessments: each link is a digest of what was saved and of the link before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any

SCHEMA = "hyte.chain/1"


@dataclass(frozen=True, slots=True)
class Record:
    """A saved assessment as the chain sees it: numbers, days and digests."""

    number: int
    actor: str
    day: str
    saved: str  # date and time, ISO 8601
    input: str  # SHA-256 of the bytes that were assessed
    result: str  # SHA-256 of the JSON report as it is kept

    def content(self) -> str:
        """Return the SHA-256 of the record."""
        fields = [self.number, self.actor, self.day, self.saved, self.input, self.result]
        return _digest(json.dumps(fields, ensure_ascii=False, separators=(",", ":")))


@dataclass(frozen=True, slots=True)
class Link:
    """One link: the number of an assessment, the digest of its record, and the digest of the chain up to it."""

    number: int
    content: str
    digest: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The links in their order; `before` counts the assessments that were saved before there was a chain."""

    links: tuple[Link, ...]
    before: int = 0

    @property
    def head(self) -> str:
        """Return the digest of the last link, which stands for all of them."""
        return self.links[-1].digest if self.links else start(self.before)

    def broken(self) -> int | None:
        """Return the number of the first link that does not follow from those before it, or None."""
        numbers = (0, *(link.number for link in self.links))
        digests = (start(self.before), *(link.digest for link in self.links))
        for (last, number), (told, digest), link in zip(pairwise(numbers), pairwise(digests), self.links, strict=True):
            if number <= last or digest != following(told, link.content):
                return number
        return None

    def parts_from(self, other: Chain) -> int | None:
        """Return the number of the first link of this chain that another does not hold, or None."""
        if self.before != other.before:
            return 1
        held = {link.number: link for link in other.links}
        return next((link.number for link in self.links if held.get(link.number) != link), None)


def start(before: int) -> str:
    """Return what the first link follows on."""
    return _digest(f"{SCHEMA} {before}")


def following(before: str, content: str) -> str:
    """Return the digest of the link that follows on another."""
    return _digest(f"{before} {content}")


def linked(records: Sequence[Record], before: int) -> Chain:
    """Return the chain over some records."""
    return Chain(tuple(_links(records, before)), before)


def _links(records: Sequence[Record], before: int) -> Iterator[Link]:
    digest = start(before)
    for record in records:
        content = record.content()
        digest = following(digest, content)
        yield Link(record.number, content, digest)


def chain_value(chain: Chain, records: Sequence[Record]) -> dict[str, object]:
    """Return a chain as plain values: every link, and what some of them stand for."""
    return {
        "schema": SCHEMA,
        "before": chain.before,
        "head": chain.head,
        "links": [[link.number, link.content, link.digest] for link in chain.links],
        "records": [[item.number, item.actor, item.day, item.saved, item.input, item.result] for item in records],
    }


def read_chain(value: Mapping[str, object]) -> tuple[Chain, tuple[Record, ...]]:
    """Return the chain and the records of plain values.

    Raises:
        ValueError: they are no chain, or the head is not the last link.
    """
    before = value.get("before")
    if value.get("schema") != SCHEMA or type(before) is not int:
        raise ValueError(SCHEMA)
    chain = Chain(tuple(Link(*row) for row in _rows(value.get("links"), 3)), before)
    if value.get("head") != chain.head:
        raise ValueError("head")
    return chain, tuple(Record(*row) for row in _rows(value.get("records"), 6))


def _rows(value: object, length: int) -> list[Any]:
    """Return rows, each a number and then texts."""
    if not isinstance(value, list) or not all(_is_row(row, length) for row in value):
        raise ValueError("rows")
    return value


def _is_row(row: object, length: int) -> bool:
    if not isinstance(row, list) or len(row) != length or type(row[0]) is not int:
        return False
    return all(isinstance(field, str) for field in row[1:])


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
