"""The part of the rules that an engine needs for given data: the fewer shapes it reads, the sooner it answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

import pyoxigraph

from hyte_graph.vocabulary import FOREIGN, HYTE

_SH = FOREIGN["sh"]
_TARGET_CLASS = _SH + "targetClass"
_OTHER_TARGETS = frozenset(_SH + name for name in ("targetNode", "targetSubjectsOf", "targetObjectsOf", "target"))
_MESSAGE = _SH + "message"

_Quads = dict[object, list[pyoxigraph.Quad]]


def constraints_on(classes: Collection[str], quads: Iterable[pyoxigraph.Quad]) -> Iterator[pyoxigraph.Quad]:
    """Yield what an engine needs to validate data whose instances are of these classes and no other.

    A shape that targets other classes only has no focus node (SHACL 2.1.3.2), unless a shape that is needed refers
    to it. Messages and the project's own notes on shapes are left out: no engine reads the latter, and findings name
    their shape, not its words.
    """
    described = _by_subject(quads)
    waiting = [subject for subject, said in described.items() if any(_may_find(quad, classes) for quad in said)]
    reached = set(waiting)
    while waiting:
        for quad in described[waiting.pop()]:
            yield quad
            if quad.object in described and quad.object not in reached:
                reached.add(quad.object)
                waiting.append(quad.object)


def _by_subject(quads: Iterable[pyoxigraph.Quad]) -> _Quads:
    described: _Quads = defaultdict(list)
    for quad in quads:
        predicate = quad.predicate.value
        if predicate != _MESSAGE and not predicate.startswith(HYTE):
            described[quad.subject].append(quad)
    return described


def _may_find(quad: pyoxigraph.Quad, classes: Collection[str]) -> bool:
    predicate = quad.predicate.value
    return predicate in _OTHER_TARGETS or (predicate == _TARGET_CLASS and getattr(quad.object, "value", "") in classes)
