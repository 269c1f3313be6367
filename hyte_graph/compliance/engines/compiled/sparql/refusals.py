"""What SHACL forbids in a query: a value that is put in could not reach it (SHACL 5.2.1, appendix A)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from hyte_graph.compliance.engines.compiled.sparql.tokens import Token, closing, variables

_FORBIDDEN = ("MINUS", "VALUES", "SERVICE")


def refusal(words: Sequence[Token], bound: Set[str]) -> str:
    """Return what is forbidden in a query with these variables pre-bound; nothing where it may be asked."""
    for at, word in enumerate(words):
        if word.keyword in _FORBIDDEN:
            return word.keyword
        if word.says("AS") and at + 1 < len(words) and words[at + 1].variable in bound:
            return f"AS {words[at + 1].text}"
    hidden = next((missing for inner in _inner_selects(words) if (missing := bound - inner)), frozenset[str]())
    return f"SELECT … ${min(hidden)}" if hidden else ""


def _inner_selects(words: Sequence[Token]) -> Iterator[frozenset[str]]:
    """Yield the variables that each query within the query hands on by name."""
    for at in range(len(words) - 1):
        if words[at].text == "{" and words[at + 1].says("SELECT"):
            yield _projected(words, at + 2)


def _projected(words: Sequence[Token], start: int) -> frozenset[str]:
    found, at = set[str](), start
    while at < len(words) and words[at].text != "{" and not words[at].says("WHERE"):
        if words[at].text == "(":
            after = closing(words, at)
            found |= variables(words[after - 2 : after])
            at = after
        else:
            found |= variables(words[at : at + 1])
            at += 1
    return frozenset(found)
