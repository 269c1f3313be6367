"""The structure of a query: its projection and the elements of its group, as far as it is plain enough to rewrite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from hyte_graph.compliance.engines.compiled.sparql.tokens import Token, closing, variables, written

_KEYWORDS = frozenset({"FILTER", "OPTIONAL", "BIND", "GRAPH", "MINUS", "VALUES", "SERVICE", "UNION", "SELECT"})
_OPERATORS = frozenset("/|^!*+?")
_MAY_BE_ZERO = frozenset("*?")


@dataclass(frozen=True)
class Element:
    """One element of a group: "triples", "filter", "exists", "absent", "optional", "union", "bind" or "other"."""

    kind: str
    words: tuple[Token, ...]
    groups: tuple[Group, ...] = ()

    @cached_property
    def variables(self) -> frozenset[str]:
        """Return every variable that it names."""
        return variables(self.words)

    @cached_property
    def binds(self) -> frozenset[str]:
        """Return the variables that it surely binds: those of triples without a path that may have no length."""
        return _bound_by(self.words) if self.kind == "triples" else frozenset()

    @property
    def text(self) -> str:
        """Return it as SPARQL."""
        return written(self.words)


@dataclass(frozen=True)
class Group:
    """The elements between two braces."""

    elements: tuple[Element, ...]

    def only(self, *kinds: str) -> bool:
        """Return whether every element is of one of the kinds."""
        return all(element.kind in kinds for element in self.elements)

    @cached_property
    def binds(self) -> frozenset[str]:
        """Return the variables that its triples surely bind."""
        return frozenset[str]().union(*(element.binds for element in self.elements))

    @cached_property
    def variables(self) -> frozenset[str]:
        """Return every variable that it names."""
        return frozenset[str]().union(*(element.variables for element in self.elements))


@dataclass(frozen=True)
class Select:
    """A plain SELECT query; `projected` is empty for all variables."""

    is_distinct: bool
    projected: tuple[str, ...]
    group: Group


def read_select(words: Sequence[Token]) -> Select | None:
    """Return the structure of a query; None where it is no plain SELECT of variables from one group."""
    if not words or not words[0].says("SELECT"):
        return None
    start = next((at for at, word in enumerate(words) if word.text == "{"), len(words))
    head = [word for word in words[1:start] if not word.says("WHERE")]
    is_distinct = bool(head) and head[0].keyword in ("DISTINCT", "REDUCED")
    names = head[1:] if is_distinct else head
    is_all = [word.text for word in names] == ["*"]
    is_plain = is_all or (bool(names) and all(word.kind == "variable" for word in names))
    if not is_plain or closing(words, start) != len(words):
        return None
    return Select(is_distinct, () if is_all else tuple(word.variable for word in names), _group(words[start + 1 : -1]))


def _group(words: Sequence[Token]) -> Group:
    elements, at = list[Element](), 0
    while at < len(words):
        element, at = _element(words, at)
        if element.words:
            elements.append(element)
    return Group(tuple(elements))


def _element(words: Sequence[Token], at: int) -> tuple[Element, int]:
    word = words[at]
    if word.text == "." and word.kind == "sign":
        return Element("other", ()), at + 1
    if word.text == "{":
        return _union(words, at)
    if word.keyword in _KEYWORDS:
        return _after_keyword(words, at)
    end = at
    while end < len(words) and words[end].text not in "{}" and words[end].keyword not in _KEYWORDS:
        end += 1
    return Element("triples", tuple(words[at:end])), max(end, at + 1)


def _union(words: Sequence[Token], at: int) -> tuple[Element, int]:
    groups, end = list[Group](), at
    while end < len(words) and words[end].text == "{":
        after = closing(words, end)
        groups.append(_group(words[end + 1 : after - 1]))
        end = after
        if end < len(words) and words[end].says("UNION"):
            end += 1
        else:
            break
    return Element("union", tuple(words[at:end]), tuple(groups)), end


def _after_keyword(words: Sequence[Token], at: int) -> tuple[Element, int]:
    word, after = words[at].keyword, at + 1
    if word == "FILTER":
        return _filter(words, at)
    if word == "OPTIONAL" and after < len(words) and words[after].text == "{":
        end = closing(words, after)
        return Element("optional", tuple(words[at:end]), (_group(words[after + 1 : end - 1]),)), end
    if word == "BIND" and after < len(words) and words[after].text == "(":
        end = closing(words, after)
        return Element("bind", tuple(words[at:end])), end
    return Element("other", tuple(words[at:])), len(words)


def _filter(words: Sequence[Token], at: int) -> tuple[Element, int]:
    after = at + 1
    is_negated = after < len(words) and words[after].says("NOT")
    exists = after + is_negated
    if exists + 1 < len(words) and words[exists].says("EXISTS") and words[exists + 1].text == "{":
        end = closing(words, exists + 1)
        inner = _group(words[exists + 2 : end - 1])
        return Element("absent" if is_negated else "exists", tuple(words[at:end]), (inner,)), end
    start = next((place for place in range(after, len(words)) if words[place].text == "("), len(words))
    end = closing(words, start)
    return Element("filter", tuple(words[at:end])), max(end, after)


class Statement(NamedTuple):
    """One triple of a query, where its verb may be a path."""

    subject: Token
    verb: tuple[Token, ...]
    thing: Token

    @property
    def may_be_empty(self) -> bool:
        """Return whether its path may have no length, so that it holds of nodes that no triple names."""
        return any(word.text in _MAY_BE_ZERO for word in self.verb if word.kind == "sign")


def statements(words: Sequence[Token]) -> list[Statement] | None:
    """Return the triples among words; None where brackets make their structure less plain."""
    if any(word.text in "()[]" for word in words if word.kind == "sign"):
        return None
    found, verb = list[Statement](), list[Token]()
    subject, place = words[0], "subject"
    for word in words:
        if word.kind == "sign" and word.text in ".;,":
            place = {".": "subject", ";": "verb", ",": "object"}[word.text]
            verb = verb if word.text == "," else []
        elif place == "subject":
            subject, place = word, "verb"
        elif place == "verb" and _continues(verb, word):
            verb.append(word)
        elif place in ("verb", "object"):
            place = "after"
            found.append(Statement(subject, tuple(verb), word))
    return found


def _bound_by(words: Sequence[Token]) -> frozenset[str]:
    """Return the variables that triples surely bind."""
    sure = [one for one in statements(words) or () if not one.may_be_empty]
    return variables(word for one in sure for word in (one.subject, *one.verb, one.thing))


def _continues(verb: Sequence[Token], word: Token) -> bool:
    """Return whether a word belongs to the verb: a path goes on after an operator and with one."""
    if word.kind == "sign":
        return word.text in _OPERATORS
    return not verb or (verb[-1].kind == "sign" and verb[-1].text in "/|^!")
