"""`hyte check --parts FOLDER`: results in parts that are written one after another and need not be made twice."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, islice
from typing import Any

from hyte_graph.cli.jobs import Checked
from hyte_graph.cli.stored import read_from
from hyte_graph.cli.streamed import piece_of, shown
from hyte_graph.cli.tally import Tally
from hyte_graph.errors import FilingError, UsageError
from hyte_graph.isolation import Message
from hyte_graph.isolation.wire import error_of, of_error
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.reports import opening
from hyte_graph.store.parts import Folder
from hyte_graph.versions import versions_here

FORMATS = ("nq", "jsonl", "csv")
SIZE = 500  # descriptions of a part, unless told


@dataclass(frozen=True, slots=True)
class _Batch:
    number: int
    names: Sequence[str]
    is_standing: bool  # an earlier run made it, and nothing it was made of has changed


@dataclass(frozen=True, slots=True)
class Parts:
    """How descriptions become parts."""

    folder: Folder
    asked: Mapping[str, Any]  # days, language and the like
    knowledge: str  # a digest
    store: str | None
    size: int = SIZE

    def write(
        self, names: Sequence[str], check: Callable[[Iterable[str]], Iterator[Checked]], tally: Tally
    ) -> tuple[int, int]:
        """Check what must be checked, and return how many parts were made and how many stood already.

        Raises:
            UsageError: the folder cannot be written.
        """
        try:
            batches = [self._batch(at, names) for at in range(0, len(names), self.size)]
            self.folder.open()
            results = check(chain.from_iterable(batch.names for batch in batches if not batch.is_standing))
            for batch in batches:
                if batch.is_standing:
                    self._replay(batch, tally)
                else:
                    self._make(batch, results, tally)
            self.folder.close(len(batches))
        except OSError as error:
            raise UsageError(say("report-not-written", name=self.folder.path.name)) from error
        standing = sum(batch.is_standing for batch in batches)
        return len(batches) - standing, standing

    def _batch(self, at: int, names: Sequence[str]) -> _Batch:
        number, own = at // self.size + 1, names[at : at + self.size]
        part = self.folder.standing(number) if "-" not in own else None
        is_made = part is not None and part.basis != "" and part.basis == self._basis(map(self._digest, own))
        return _Batch(number, own, is_made)

    def _make(self, batch: _Batch, results: Iterator[Checked], tally: Tally) -> None:
        told: list[Mapping[str, Any]] = []
        digests: list[str] = []

        def pieces() -> Iterator[str]:
            yield opening(self.folder.form)
            for result in islice(results, len(batch.names)):
                tally.begin(result)
                yield piece_of(result, self.folder.form)
                tally.end(result)
                told.append(_told(result))
                digests.append(self._digest_of(result))

        digest = self.folder.write(batch.number, pieces())
        self.folder.tell(batch.number, self._basis(digests) if all(digests) else "", digest, told)

    def _replay(self, batch: _Batch, tally: Tally) -> None:
        part = self.folder.standing(batch.number)
        for told in part.results if part else ():
            result = _result(told)
            tally.begin(result)
            tally.end(result)

    def _basis(self, digests: Iterable[str]) -> str:
        """Return a digest of all that a part is made of: what is asked, the versions, and the descriptions."""
        spoken = () if self.folder.form == "csv" else ("language", "verbose")  # the others are in all languages
        asked = {name: value for name, value in self.asked.items() if name not in spoken}
        made_of = [self.folder.form, asked, self.knowledge, dict(versions_here()), list(digests)]
        return sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()

    def _digest(self, name: str) -> str:
        try:
            content, _ = read_from(name, self.store)
        except FilingError:
            return f"{shown(name)} -"
        return _digest(name, content)

    def _digest_of(self, result: Checked) -> str:
        """Return the digest of what was checked; nothing where another run might judge what this one could not."""
        if result.error and not isinstance(result.error, FilingError):
            return ""
        return self._digest(result.name) if result.error else _digest(result.name, result.content)


def write_parts(
    options: argparse.Namespace,
    parts: Parts,
    check: Callable[[Iterable[str]], Iterator[Checked]],
    level: frozenset[str],
) -> int:
    """Write the parts, tell on stderr what was done, and return the exit code."""
    tally = Tally(options.lang, level)
    made, standing = parts.write(options.files, check, tally)
    text = say("parts-written", made=made, standing=standing, name=parts.folder.path.name)
    print(text.within(options.lang), file=sys.stderr)
    return tally.code


def _digest(name: str, content: bytes) -> str:
    return f"{shown(name)} {sha256(content).hexdigest()}"


def _told(result: Checked) -> Mapping[str, Any]:
    """Return what must be told again of a result where its part stands."""
    return {
        "name": shown(result.name),
        "found": sorted(result.found),
        "is_silent": result.is_silent,
        "title": result.title,
        "notices": [notice.as_dict() for notice in result.notices],
        "error": dict(of_error(result.error).head) if result.error else None,
    }


def _result(told: Mapping[str, Any]) -> Checked:
    return Checked(
        told["name"],
        found=frozenset(told["found"]),
        is_silent=told["is_silent"],
        title=told["title"],
        notices=tuple(Text.of(text) for text in told["notices"]),
        error=error_of(Message(told["error"])) if told["error"] else None,
    )
