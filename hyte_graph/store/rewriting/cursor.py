"""Going through the words of a query, and the parts that every other part is made of: terms, paths, expressions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from hyte_graph.store.rewriting.tree import NONE, Exists, Group, Names
from hyte_graph.store.rewriting.words import UnreadError, Word, words

_CHANCE = frozenset({"RAND", "UUID", "STRUUID", "BNODE"})
_ORDERED = frozenset({"LIMIT", "OFFSET", "SAMPLE", "GROUP_CONCAT"})
_TERMS = ("iri", "name", "string", "number")
_OPERANDS = (*_TERMS, "variable")


@dataclass(frozen=True, slots=True)
class Path:
    """A verb: a predicate, a variable or a path."""

    names: Names
    steps: int = 1
    may_be_empty: bool = False


@dataclass
class Expression:
    """What stands in an expression."""

    names: set[str] = field(default_factory=set)
    tests: list[Exists] = field(default_factory=list)


class Cursor(ABC):
    """A place in the words of a query."""

    def __init__(self, text: str) -> None:
        self._words = words(text)
        self._at = 0
        keywords = {word.keyword for word in self._words}
        self.has_chance = not keywords.isdisjoint(_CHANCE)
        self.has_order = not keywords.isdisjoint(_ORDERED)

    @property
    def here(self) -> Word:
        """Return the word that comes next."""
        return self._words[self._at]

    @property
    def after(self) -> Word:
        """Return the word that comes after the next."""
        return self._words[min(self._at + 1, len(self._words) - 1)]

    def says(self, *known: str) -> bool:
        """Return whether the next word is one of some keywords or signs."""
        return (self.here.keyword or self.here.sign or None) in known

    def take(self, *known: str) -> Word:
        """Return the next word and go on; if any are given, it must be one of these keywords or signs.

        Raises:
            UnreadError: it is another, or there is none.
        """
        word = self.here
        if word.kind == "end" or (known and not self.says(*known)):
            raise UnreadError
        self._at += 1
        return word

    def taken(self, *known: str) -> bool:
        """Go past one of some keywords or signs if it comes next, and return whether it did."""
        is_there = self.says(*known)
        self._at += is_there
        return is_there

    def take_kind(self, *kinds: str) -> Word:
        """Return the next word, which must be of one of some kinds."""
        if self.here.kind not in kinds:
            raise UnreadError
        return self.take()

    def term(self) -> str:
        """Go past a plain term, and return the name of a variable or nothing."""
        if self.taken("+", "-"):
            self.take_kind("number")
        elif self.here.kind == "word":
            self.take("TRUE", "FALSE")
        else:
            word = self.take_kind(*_OPERANDS)
            if word.kind == "string" and self.here.kind == "tag":
                self.take()
            elif word.kind == "string" and self.taken("^^"):
                self.take_kind("iri", "name")
            return word.variable
        return ""

    def path(self) -> Path:
        """Go past a verb."""
        if self.here.variable:
            return Path(frozenset({self.take().variable}))
        choices = [self._sequence()]
        while self.taken("|"):
            choices.append(self._sequence())
        return Path(NONE, max(item.steps for item in choices), any(item.may_be_empty for item in choices))

    def _sequence(self) -> Path:
        steps = [self._step()]
        while self.taken("/"):
            steps.append(self._step())
        return Path(NONE, sum(item.steps for item in steps), all(item.may_be_empty for item in steps))

    def _step(self) -> Path:
        self.taken("^")
        if self.taken("("):
            inner = self.path()
            self.take(")")
        else:
            inner = self._predicates()
        is_loose = self.says("?", "*")
        self.taken("?", "*", "+")
        return Path(NONE, inner.steps, inner.may_be_empty or is_loose)

    def _predicates(self) -> Path:
        if self.taken("!"):
            if self.taken("("):
                while not self.taken(")"):
                    self.taken("|")
                    self._predicate()
                return Path(NONE)
            self._predicate()
        else:
            self._predicate()
        return Path(NONE)

    def _predicate(self) -> None:
        self.taken("^")
        if self.here.text == "a" and self.here.kind == "word":
            self.take()
        else:
            self.take_kind("iri", "name")

    @abstractmethod
    def group(self) -> Group:
        """Go past a group and return its structure."""

    def constraint(self, found: Expression) -> None:
        """Go past a constraint: an expression in brackets, a call, or EXISTS with its group."""
        if self.says("NOT", "EXISTS"):
            self.exists(found)
            return
        if not self.says("("):
            self.take_kind("word", "iri", "name")
        self.brackets(found)

    def exists(self, found: Expression) -> None:
        """Go past EXISTS or NOT EXISTS and its group."""
        start = self.here.start
        is_negated = self.taken("NOT")
        self.take("EXISTS")
        group = self.group()
        found.tests.append(Exists(is_negated=is_negated, start=start, group=group))
        found.names |= group.mentioned

    def brackets(self, found: Expression) -> None:
        """Go past everything up to the bracket that closes the next one."""
        self.take("(")
        before = ""
        while not self.taken(")"):
            if self.says("("):
                self.brackets(found)
                before = "operand"
            elif self.says("EXISTS") or (self.says("NOT") and self.after.keyword == "EXISTS"):
                self.exists(found)
            else:
                before = self._expressed(found, before)

    def _expressed(self, found: Expression, before: str) -> str:
        """Go past one word of an expression, and return whether an operator must follow."""
        if self.says("{", "}", "[", "]", ";", "."):
            raise UnreadError
        word = self.take()
        if word.kind == "iri" and before == "operand":  # it may be `<` and more, which the engine would read otherwise
            raise UnreadError
        if word.variable:
            found.names.add(word.variable)
        return "operand" if word.kind in _OPERANDS else ""
