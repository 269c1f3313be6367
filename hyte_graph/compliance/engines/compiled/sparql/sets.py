"""One query for all focus nodes in the place of one for each, where both are sure to give the same.

A pre-bound `$this` has its value wherever it stands; left free, it has it wherever triples before bind it. EXISTS and
NOT EXISTS are asked as one join each: the rows of the query without them, and those of them that go on into the inner
group. The engine would try each row by itself, and with a join inside that takes the square of the time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hyte_graph.compliance.engines.compiled.sparql.groups import Element, Group, Select

_UNSTABLE = frozenset({"RAND", "UUID", "STRUUID", "BNODE"})
_THIS = "this"


@dataclass(frozen=True, slots=True)
class Check:
    """Rows that must go on into an inner group, or must not; `text` asks for those that do."""

    is_negated: bool
    body: str


@dataclass(frozen=True, slots=True)
class SetForm:
    """A query for all focus nodes: the body of its group, what to keep of each row, and what the rows must pass."""

    columns: tuple[str, ...]
    body: str
    checks: tuple[Check, ...]
    projected: tuple[str, ...]


def set_form(select: Select) -> SetForm | None:
    """Return the query that asks for all focus nodes at once; None where it might give something else."""
    elements = select.group.elements
    if not _is_safe(elements) or (select.projected and _THIS not in select.projected):
        return None
    checked = [element for element in elements if _is_join(element, select.group)]
    rest = [element for element in elements if element not in checked]
    visible = frozenset[str]().union(*(item.variables for item in rest if item.kind not in ("exists", "absent")))
    body = _joined(rest)
    checks = (Check(one.kind == "absent", f"{body} {_joined(one.groups[0].elements)}") for one in checked)
    projected = select.projected or tuple(sorted(visible))
    columns = tuple(sorted(visible)) if checked else projected
    return SetForm(columns, body, tuple(checks), projected)


def _joined(elements: Iterable[Element]) -> str:
    """Return elements as the body of one group; a full stop after triples keeps them apart from what follows."""
    return " ".join(f"{item.text.removesuffix('.')}. " if item.kind == "triples" else item.text for item in elements)


def _is_safe(elements: Iterable[Element]) -> bool:
    """Return whether `$this` is bound by triples of the group itself before anything else can ask for its value."""
    bound = False
    for element in elements:
        if any(word.kind == "blank" or word.keyword in _UNSTABLE or word.says("SELECT") for word in element.words):
            return False
        bound = bound or _THIS in element.binds
        if element.kind not in ("triples", "filter", "exists", "absent") and not (bound and _is_plain(element)):
            return False
    return bound


def _is_plain(element: Element) -> bool:
    if element.kind == "optional":
        return element.groups[0].only("triples", "filter")
    if element.kind == "union":
        return all(
            group.only("triples", "filter") and (_THIS not in group.variables or _THIS in group.binds)
            for group in element.groups
        )
    return element.kind == "bind"


def _is_join(element: Element, group: Group) -> bool:
    """Return whether an EXISTS is a join: its group is plain, and what it shares with the rows is bound there."""
    if element.kind not in ("exists", "absent") or not element.groups[0].only("triples", "filter"):
        return False
    others = (item.variables for item in group.elements if item.kind not in ("exists", "absent"))
    shared = element.variables & frozenset[str]().union(*others)
    return shared <= group.binds
