"""Property paths (SHACL 2.3.1): as values, evaluated from a set of nodes at once, and written back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set

from hyte_graph.compliance.engines.compiled.columns import Columns
from hyte_graph.compliance.engines.compiled.terms import Term
from hyte_graph.values import frozen_value

Reached = Mapping[int, Collection[int]]


@frozen_value
class Step:
    """One predicate, forwards or backwards."""

    predicate: Term
    inverse: bool = False

    def reach(self, nodes: Set[int], data: Columns) -> Reached:
        """Return the nodes reached, by start."""
        number = data.number(self.predicate)
        table = data.backward(number) if self.inverse else data.forward(number)
        if len(table) < len(nodes):
            return {node: found for node, found in table.items() if node in nodes}
        return {node: table[node] for node in nodes if node in table}

    def __str__(self) -> str:
        return f"^{self.predicate}" if self.inverse else self.predicate


@frozen_value
class Sequence:
    """One path after another."""

    parts: tuple[Path, ...]

    def reach(self, nodes: Set[int], data: Columns) -> Reached:
        """Return the nodes reached, by start."""
        found = self.parts[0].reach(nodes, data)
        for part in self.parts[1:]:
            ends = part.reach(frozenset(end for ends in found.values() for end in ends), data)
            joined = {start: {end for mid in mids for end in ends.get(mid, ())} for start, mids in found.items()}
            found = {start: reached for start, reached in joined.items() if reached}
        return found

    def __str__(self) -> str:
        return f"({'/'.join(map(str, self.parts))})"


@frozen_value
class Alternative:
    """One path or another."""

    parts: tuple[Path, ...]

    def reach(self, nodes: Set[int], data: Columns) -> Reached:
        """Return the nodes reached, by start."""
        found: dict[int, set[int]] = {}
        for part in self.parts:
            for start, ends in part.reach(nodes, data).items():
                found.setdefault(start, set()).update(ends)
        return found

    def __str__(self) -> str:
        return f"({'|'.join(map(str, self.parts))})"


@frozen_value
class Inverse:
    """A path that is no single predicate, walked backwards."""

    part: Path

    def reach(self, nodes: Set[int], data: Columns) -> Reached:
        """Return the nodes reached, by start."""
        return turned(self.part).reach(nodes, data)

    def __str__(self) -> str:
        return f"^({self.part})"


@frozen_value
class Repeat:
    """A path zero or one time (`?`), zero or more times (`*`), or one or more times (`+`)."""

    part: Path
    sign: str

    def reach(self, nodes: Set[int], data: Columns) -> Reached:
        """Return the nodes reached, by start."""
        if self.sign == "?":
            once = self.part.reach(nodes, data)
            return {node: {node, *once.get(node, ())} for node in nodes}
        steps = self._steps(nodes, data)
        starts = {node: ({node} if self.sign == "*" else steps.get(node, ())) for node in nodes}
        return {node: _closure(first, steps) for node, first in starts.items() if first}

    def _steps(self, nodes: Set[int], data: Columns) -> Reached:
        """Return one step from every node that can be reached at all."""
        found: dict[int, Collection[int]] = {}
        frontier, seen = set(nodes), set(nodes)
        while frontier:
            step = self.part.reach(frontier, data)
            found.update(step)
            frontier = {end for ends in step.values() for end in ends} - seen
            seen |= frontier
        return found

    def __str__(self) -> str:
        return f"({self.part}){self.sign}"


Path = Step | Sequence | Alternative | Inverse | Repeat


def _closure(first: Iterable[int], steps: Reached) -> set[int]:
    found = set(first)
    waiting = list(found)
    while waiting:
        new = set(steps.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return found


def turned(path: Path) -> Path:
    """Return the path that walks another backwards."""
    if isinstance(path, Step):
        return Step(path.predicate, not path.inverse)
    if isinstance(path, Sequence):
        return Sequence(tuple(map(turned, reversed(path.parts))))
    if isinstance(path, Alternative):
        return Alternative(tuple(map(turned, path.parts)))
    if isinstance(path, Inverse):
        return path.part
    return Repeat(turned(path.part), path.sign)
