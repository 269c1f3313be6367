"""Pre-binding: a value in the place of a variable wherever it stands, in inner groups and queries too (SHACL 5.3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hyte_graph.compliance.engines.compiled.sparql.tokens import Token
from hyte_graph.compliance.engines.compiled.terms import Term, is_blank, to_oxigraph

_HEAD_ENDS = ("WHERE", "FROM")


def can_stand(term: Term) -> bool:
    """Return whether a term can be written into a query; a blank node would be a variable there."""
    return not is_blank(term)


def bind(words: Sequence[Token], values: Mapping[str, Term]) -> list[Token]:
    """Return a query with values in the place of variables; what it hands on is only what is left open."""
    return list(_bound(words, values)) if values else list(words)


def _bound(words: Sequence[Token], values: Mapping[str, Term]) -> Iterator[Token]:
    at, depth = 0, 0
    while at < len(words):
        word = words[at]
        if word.says("SELECT"):
            end = _end_of_head(words, at)
            yield from _head(words[at:end], values, at)
            at = end
        else:
            depth += (word.text == "{") - (word.text == "}") if word.kind == "sign" else 0
            yield _value(word, values, in_brackets=depth == 0) if word.variable in values else word
            at += 1


def _end_of_head(words: Sequence[Token], at: int) -> int:
    while at < len(words) and words[at].text != "{" and words[at].keyword not in _HEAD_ENDS:
        at += 1
    return at


def _head(words: Sequence[Token], values: Mapping[str, Term], place: int) -> Iterator[Token]:
    """Yield SELECT and what is selected, without the variables that have a value; something is always left."""
    depth, kept = 0, 0
    for word in words:
        depth += (word.text == "(") - (word.text == ")") if word.kind == "sign" else 0
        if depth == 0 and word.variable in values:
            continue
        kept += word.kind != "word"
        yield _value(word, values, in_brackets=False) if word.variable in values else word
    if not kept:
        yield Token("value", f"(1 AS ?nothing{place})")


def _value(word: Token, values: Mapping[str, Term], *, in_brackets: bool) -> Token:
    text = str(to_oxigraph(values[word.variable]))
    return Token("value", f"({text})" if in_brackets else text, word.space)
