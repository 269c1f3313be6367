"""What `hyte check --explain` shows: the way that the engine took for each constraint, as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from hyte_graph.compliance.engines.compiled.run import RUNGS, Tried
from hyte_graph.compliance.engines.compiled.terms import text
from hyte_graph.messages import say
from hyte_graph.vocabulary import slug

if TYPE_CHECKING:
    from hyte_graph.compliance.engines.compiled.engine import HyteEngine

_QUICKEST = RUNGS[0]


class Explained:
    """An engine that keeps which way it took for each constraint."""

    def __init__(self) -> None:
        self._tried: dict[Tried, int] = {}

    @cached_property
    def engine(self) -> HyteEngine:
        """Return an engine that tells what it tried."""
        from hyte_graph.compliance.engines.compiled.engine import HyteEngine

        return HyteEngine(self.keep)

    def keep(self, tried: Iterable[Tried]) -> None:
        """Remember how constraints were tried."""
        for shape, count in Counter(tried).items():
            self._tried[shape] = max(count, self._tried.get(shape, 0))

    def table(self, language: str) -> str:
        """Return the table: a line for each kind of constraint and way, then each shape that took a slower one."""
        counted = Counter[tuple[str, str]]()
        for tried, count in self._tried.items():
            counted[slug(text(tried.component)), tried.rung] += count
        head = tuple(say(f"rung-{name}").within(language) for name in ("component", "way", "count"))
        rows = [
            (name, say(f"rung-{rung}").within(language), str(counted[name, rung])) for name, rung in sorted(counted)
        ]
        return "\n".join([*_aligned([head, *rows]), *self._slower(language)]) + "\n"

    def _slower(self, language: str) -> Iterator[str]:
        for tried in sorted(self._tried, key=lambda item: (item.shape, item.component, item.rung)):
            if tried.rung != _QUICKEST:
                way = say(f"rung-{tried.rung}")
                yield say("rung-of-shape", shape=slug(text(tried.shape)), way=way).within(language)


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for *cells, last in rows:
        left = [cell.ljust(width) for cell, width in zip(cells, widths, strict=False)]
        yield "  ".join([*left, last.rjust(widths[-1])])
