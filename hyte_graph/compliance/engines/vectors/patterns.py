"""The triples of a query as patterns over numbers; a path of several steps becomes a pattern a step."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from hyte_graph.compliance.engines.compiled.sparql.groups import Statement, statements
from hyte_graph.compliance.engines.compiled.sparql.tokens import Token
from hyte_graph.compliance.engines.compiled.terms import TYPE, Term, literal
from hyte_graph.compliance.engines.vectors.filters import OutOfReachError
from hyte_graph.compliance.engines.vectors.table import Table

_PREFIX = re.compile(r"PREFIX (\S*): (<[^>]*>)")


@dataclass(frozen=True)
class Names:
    """What the names of a query stand for."""

    spaces: dict[str, Term]
    data: Table
    fresh: Iterator[int]

    @classmethod
    def of(cls, prefixes: str, data: Table) -> Names:
        """Return the names under prefixes."""
        return cls(dict(_PREFIX.findall(prefixes)), data, count())

    def number(self, word: Token) -> int:
        """Return the number of the term that a word is.

        Raises:
            OutOfReachError: it is no plain name, address or text.
        """
        if word.kind == "iri":
            return self.data.terms.number(word.text)
        if word.kind == "word" and word.text == "a":
            return self.data.terms.number(TYPE)
        if word.kind == "string" and "\\" not in word.text and word.text[:3] not in ('"""', "'''"):
            return self.data.terms.number(literal(word.text[1:-1]))
        prefix, _, local = word.text.partition(":")
        if word.kind != "name" or prefix not in self.spaces or "%" in local:
            raise OutOfReachError
        return self.data.terms.number(f"{self.spaces[prefix][:-1]}{local}>")


@dataclass(frozen=True)
class Pattern:
    """One triple: on each side the name of a variable, or nothing and the number of a term."""

    subject: str
    subject_is: int | None
    predicate: int
    thing: str
    thing_is: int | None

    @property
    def is_free(self) -> bool:
        """Return whether both sides are different variables."""
        return bool(self.subject and self.thing) and self.subject != self.thing

    def shared(self, bound: Container[str]) -> tuple[int, int]:
        """Return what makes a pattern worth asking early: sides that are bound, then sides that are terms."""
        sides = (self.subject, self.thing)
        return sum(bool(side) and side in bound for side in sides), sum(not side for side in sides)


def patterns(words: Sequence[Token], names: Names) -> list[Pattern]:
    """Return the patterns of triples.

    Raises:
        OutOfReachError: they are not plain.
    """
    found = statements(words)
    if found is None or any(word.kind == "string" and word.text[:3] in ('"""', "'''") for word in words):
        raise OutOfReachError
    if any(word.kind in ("tag", "number", "blank") or word.text == "^^" for word in words):
        raise OutOfReachError
    return [pattern for one in found for pattern in _steps(one, names)]


def _steps(one: Statement, names: Names) -> Iterator[Pattern]:
    steps = list(_verbs(one.verb))
    between = [f"#{next(names.fresh)}" for _ in steps[1:]]
    subject = (one.subject.variable, None if one.subject.variable else names.number(one.subject))
    last = (one.thing.variable, None if one.thing.variable else names.number(one.thing))
    ends = [subject, *((name, None) for name in between), last]
    for (word, is_inverse), start, end in zip(steps, ends, ends[1:], strict=False):
        left, right = (end, start) if is_inverse else (start, end)
        yield Pattern(left[0], left[1], names.number(word), right[0], right[1])


def _verbs(words: Sequence[Token]) -> Iterator[tuple[Token, bool]]:
    """Yield the steps of a path of predicates, each forwards or backwards."""
    is_inverse, is_wanted = False, True
    for word in words:
        if word.kind == "sign":
            if word.text == "/" and not is_wanted:
                is_wanted = True
            elif word.text == "^" and is_wanted and not is_inverse:
                is_inverse = True
            else:
                raise OutOfReachError
        elif not is_wanted or word.variable:
            raise OutOfReachError
        else:
            yield word, is_inverse
            is_inverse = is_wanted = False
    if is_wanted:
        raise OutOfReachError
