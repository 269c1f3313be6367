"""Constraints that a value node keeps or breaks by what term it is (SHACL 4.1, 4.3, 4.4)."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cached_property

from hyte_graph.compliance.engines.compiled.constraints.base import Evaluation, TermTest, ValueTest, component
from hyte_graph.compliance.engines.compiled.literals import compare, is_well_formed
from hyte_graph.compliance.engines.compiled.terms import Term, is_blank, is_literal, parts, text
from hyte_graph.values import frozen_value

_FLAGS = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "x": re.VERBOSE}


@frozen_value
class HasClass(ValueTest):
    """`sh:class`: an instance of the class."""

    kind: Term
    component = component("Class")

    def wrong(self, run: Evaluation, values: Set[int]) -> Set[int]:
        """Return the value nodes that break it."""
        found = values & run.data.instances(run.data.number(self.kind))
        terms = run.data.terms
        return (values - found) | {value for value in found if is_literal(terms[value])}


@frozen_value
class In(ValueTest):
    """`sh:in`: one of the terms."""

    allowed: frozenset[Term]
    component = component("In")

    def wrong(self, run: Evaluation, values: Set[int]) -> Set[int]:
        """Return the value nodes that break it."""
        return values - {run.data.number(term) for term in self.allowed}


@frozen_value
class Datatype(TermTest):
    """`sh:datatype`: a well-formed literal of the datatype."""

    datatype: str  # address
    component = component("Datatype")

    def holds(self, term: Term) -> bool:
        """Return whether a term keeps it."""
        return is_literal(term) and parts(term)[1] == self.datatype and is_well_formed(term)


@frozen_value
class NodeKind(TermTest):
    """`sh:nodeKind`: a term of one of the kinds, told by the first letter of a term."""

    letters: str
    component = component("NodeKind")

    def holds(self, term: Term) -> bool:
        """Return whether a term keeps it."""
        return term[0] in self.letters


@frozen_value
class Range(TermTest):
    """`sh:minInclusive` and its like: a value that compares with the limit in one of the ways."""

    name: str
    limit: Term
    signs: tuple[int, ...]  # what the comparison of value and limit may give

    @property
    def component(self) -> Term:  # type: ignore[override]
        """Return the component."""
        return component(self.name)

    def holds(self, term: Term) -> bool:
        """Return whether a term keeps it; what cannot be compared does not."""
        return compare(term, self.limit) in self.signs


@frozen_value
class Length(TermTest):
    """`sh:minLength` and `sh:maxLength`: so many characters; a blank node has none to count."""

    name: str
    least: int
    most: int | None

    @property
    def component(self) -> Term:  # type: ignore[override]
        """Return the component."""
        return component(self.name)

    def holds(self, term: Term) -> bool:
        """Return whether a term keeps it."""
        size = len(text(term))
        return not is_blank(term) and size >= self.least and (self.most is None or size <= self.most)


@frozen_value
class Pattern(TermTest):
    """`sh:pattern`: the text matches a regular expression somewhere."""

    pattern: str
    flags: str = ""
    component = component("Pattern")

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        flags = re.NOFLAG
        for letter in self.flags:
            flags |= _FLAGS.get(letter, re.NOFLAG)
        return re.compile(re.escape(self.pattern) if "q" in self.flags else self.pattern, flags)

    @property
    def is_readable(self) -> bool:
        """Return whether it is a regular expression at all."""
        try:
            return bool(self._compiled)
        except re.error:
            return False

    def holds(self, term: Term) -> bool:
        """Return whether a term keeps it."""
        return not is_blank(term) and self._compiled.search(text(term)) is not None


@frozen_value
class LanguageIn(TermTest):
    """`sh:languageIn`: a text in one of the languages."""

    ranges: tuple[str, ...]
    component = component("LanguageIn")

    def holds(self, term: Term) -> bool:
        """Return whether a term keeps it."""
        tag = parts(term)[2] if is_literal(term) else ""
        return bool(tag) and any(_matches(tag, wanted.lower()) for wanted in self.ranges)


def _matches(tag: str, wanted: str) -> bool:
    return wanted in {"*", tag} or tag.startswith(wanted + "-")
