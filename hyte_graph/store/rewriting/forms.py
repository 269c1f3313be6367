"""Writing a query with differences and joins in the place of EXISTS; every other character stays."""

from __future__ import annotations

from collections.abc import Iterator

from hyte_graph.store.rewriting.reading import Query
from hyte_graph.store.rewriting.safety import Refusal, refusal
from hyte_graph.store.rewriting.steps import DIFFERENCE, JOIN, Step
from hyte_graph.store.rewriting.tree import NONE, Element, Exists, Filter, Graph, Group, Names, union

_NOTHING = "FILTER(true)"  # keeps the triples before and after apart, and one pattern all the same
_HOLDS = "true"  # where other parts of the filter stay
_JOIN = 2  # patterns; one alone is looked up at once for each solution


def written(text: str, query: Query) -> tuple[str, tuple[Step, ...]]:
    """Return a query in the form in which it is asked, and what became of each EXISTS, in the order of the text."""
    if query.select is None:
        return text, ()
    writer = _Writer(text, query)
    group = query.select.groups[0]
    made = text[: group.start] + writer.group(group, NONE) + text[group.end :]
    writer.keep(query.select.tests, Refusal("in-expression"))
    steps = tuple(step for _, step in sorted(writer.steps, key=lambda pair: pair[0]))
    return (made if any(step.is_changed for step in steps) else text), steps


class _Writer:
    def __init__(self, text: str, query: Query) -> None:
        self.text = text
        self.query = query
        self.steps: list[tuple[int, Step]] = []

    def group(self, group: Group, around: Names) -> str:
        """Return a group in its new form; a difference stands at its end, since a filter holds for the whole group."""
        pieces, last, at = list[str](), list[str](), group.start
        for element in group.elements:
            if isinstance(element, Filter):
                for form, instead, start, end in self._filter(element, group, around):
                    pieces += [self.text[at:start], instead]
                    last.append(form)
                    at = end
            else:
                seen = around | _beside(element, group)
                for part, start, end in self._parts(element, seen):
                    pieces += [self.text[at:start], part]
                    at = end
        return "".join([*pieces, self.text[at : group.end - 1], *(f" {form} " for form in last), "}"])

    def _parts(self, element: Element, around: Names) -> Iterator[tuple[str, int, int]]:
        """Yield each group of an element in its new form, and from where to where it stood."""
        tests = getattr(element, "tests", ())
        self.keep(tests, Refusal("in-expression"))
        inside = {test.group.start for test in tests}
        for group in element.groups:
            if group.start not in inside:
                known = around | (element.own if isinstance(element, Graph) else NONE)
                yield self.group(group, known), group.start, group.end

    def _filter(self, element: Filter, group: Group, around: Names) -> Iterator[tuple[str, str, int, int]]:
        """Yield what stands at the end of the group, what in the place of it, and where that was."""
        required = (element.sole,) if element.sole else element.required
        self.keep(tuple(test for test in element.tests if test not in required), Refusal("in-expression"))
        for test in required:
            why = self._why(test, group, around)
            if why:
                self.keep((test,), why)
            elif test is element.sole:
                yield self._form(test, group), _NOTHING, element.start, element.end
            else:
                yield self._form(test, group), _HOLDS, test.start, test.group.end

    def _why(self, test: Exists, group: Group, around: Names) -> Refusal | None:
        if self.query.has_chance:
            return Refusal("chance")
        if self.query.has_order and not test.is_negated:
            return Refusal("order")
        if test.group.patterns < _JOIN:
            return Refusal("no-join")
        return refusal(group, around, test.group)

    def _form(self, test: Exists, group: Group) -> str:
        self._note(test, DIFFERENCE if test.is_negated else JOIN)
        inner = self.group(test.group, NONE)
        if test.is_negated:
            return f"MINUS {inner}"
        names = " ".join(f"?{name}" for name in sorted(test.group.mentioned & group.certain))
        return f"{{ SELECT DISTINCT {names} WHERE {inner} }}"

    def keep(self, tests: tuple[Exists, ...], why: Refusal) -> None:
        """Note why some tests stay as they are, and with them all that is in them."""
        for test in tests:
            self._note(test, why.reason, why.variable)
            for group in _groups(test.group):
                for element in group.elements:
                    for inner in getattr(element, "tests", ()):
                        self._note(inner, "inside")

    def _note(self, test: Exists, what: str, variable: str = "") -> None:
        self.steps.append((test.start, Step(self.text.count("\n", 0, test.start) + 1, what, variable)))


def _beside(element: Element, group: Group) -> Names:
    """Return the variables that other elements of a group may bind."""
    return union(other.possible for other in group.elements if other is not element)


def _groups(group: Group) -> Iterator[Group]:
    """Yield a group and all groups in it."""
    yield group
    for element in group.elements:
        for inner in element.groups:
            yield from _groups(inner)
