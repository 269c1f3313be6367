"""Answering SPARQL: Oxigraph by default, rdflib as a second opinion; nothing is fetched, nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph
from pyoxigraph import NamedNode

from hyte_graph.errors import ForbiddenError, UsageError
from hyte_graph.messages import say
from hyte_graph.store.answers import Answer, Rows, Triples, Truth, limited, told
from hyte_graph.store.binding import Bindings, bound, tokens
from hyte_graph.store.clauses import graphs_named, names_graphs, undeclared
from hyte_graph.store.dataset import Dataset
from hyte_graph.store.remembering import remembered
from hyte_graph.store.rewriting import rewriting
from hyte_graph.store.size import Size

ENGINES = ("oxigraph", "rdflib")
LONGEST = 1_000_000
"""Characters of the longest query that is read."""
DEEPEST = 100
"""Levels of brackets in a query; some thousands end the process of the engine."""
WIDEST = 2_000
"""Operators and patterns in a query; some thousands in one chain do the same."""

_UNION = {"use_default_graph_as_union": True}
_REFUSED = frozenset({"LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"})
_BEFORE_NAMES = frozenset({"GRAPH", "FROM", "NAMED", "DESCRIBE"})  # after which a name may stand before a bracket
_FUNCTION = re.compile(r"function <?([^>\s]+)>? is not supported")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")


@dataclass(frozen=True, slots=True)
class Scope:
    """The graphs that a query asks, and the IRI that its relative IRIs are relative to."""

    default: tuple[str, ...] = ()  # that are merged into the default graph
    named: tuple[str, ...] = ()  # that GRAPH sees
    is_given: bool = False  # whether these replace what the query itself names
    base: str | None = None


WHOLE = Scope()
"""Everything."""


def answer(
    text: str,
    dataset: Dataset,
    bindings: Bindings | None = None,
    *,
    limit: int,
    engine: str = "oxigraph",
    scope: Scope = WHOLE,
) -> Answer:
    """Return the answer to a query.

    Args:
        text: a SPARQL 1.1 query; the prefixes of the project need no PREFIX line.
        dataset: what is asked.
        bindings: values of variables, see `bound`.
        limit: the most rows or triples to hand out.
        engine: "oxigraph" or "rdflib".
        scope: which graphs are asked; without any, those that the query names, or all merged.

    Raises:
        UsageError: the text is no query, changes data or reaches out.
        LimitError: the answer is longer than the limit.
    """
    if engine == "oxigraph" and not bindings:
        return _oxigraph(_checked(text), dataset, limit, scope)
    check_words(text)
    if engine not in ENGINES:
        raise UsageError(say("query-engine-unknown", value=engine, known=", ".join(ENGINES)))
    filled = bound(text, bindings or {})
    if engine == "oxigraph":
        return _oxigraph(_asked(filled), dataset, limit, scope)
    if scope.is_given or names_graphs(text):
        raise UsageError(say("query-rdflib-whole"))
    from hyte_graph.store.second import answer_by_rdflib

    return answer_by_rdflib(filled, dataset, limit)


@remembered
def check_words(text: str) -> None:
    """Refuse a text that is no Unicode, is too long or too deep, changes data or asks another server.

    Raises:
        UsageError: what is wrong, with the code of the refusal.
    """
    if _SURROGATE.search(text):
        raise UsageError(say("query-not-text"))
    if len(text) > LONGEST:
        raise UsageError(say("query-too-long", longest=LONGEST))
    size = Size()
    for token, before, after in _neighbours(text):
        _check_word(text, token, before, after)
        size.take(token)
        if size.depth > DEEPEST:
            raise UsageError(say("query-too-deep", deepest=DEEPEST, line=_line(text, token)))
        if size.width > WIDEST:
            raise UsageError(say("query-too-wide", widest=WIDEST))


def check_bytes(text: str, longest: int) -> None:
    """Refuse a text of more bytes than a service reads.

    Raises:
        UsageError: it has more.
    """
    if len(text.encode("utf-8", "surrogatepass")) > longest:
        raise UsageError(say("query-too-many-bytes", longest=longest))


def _check_word(text: str, token: re.Match[str], before: str, after: str) -> None:
    word = (token["word"] or "").upper()
    if word == "SERVICE" or _is_service(token.group(), before, after):
        raise ForbiddenError(say("query-service-refused", line=_line(text, token)))
    if word in _REFUSED:
        raise ForbiddenError(say("query-word-refused", word=word, line=_line(text, token)))


def _line(text: str, token: re.Match[str]) -> int:
    return text[: token.start()].count("\n") + 1


def _neighbours(text: str) -> Iterator[tuple[re.Match[str], str, str]]:
    """Yield each token with the texts of those before and after it; remarks are none."""
    before, held = "", None
    for token in tokens(text):
        if token.group()[0] == "#":
            continue
        if held:
            yield held, before, token.group()
            before = held.group()
        held = token
    if held:
        yield held, before, ""


def _is_service(name: str, before: str, after: str) -> bool:
    """Return whether a prefixed name such as `SERVICE:x` is the word SERVICE and a name without a prefix."""
    if after != "{" or ":" not in name or before.upper() in _BEFORE_NAMES:
        return False
    return name.partition(":")[0].lstrip("0123456789.-_").upper() == "SERVICE"


def check_graphs(text: str, scope: Scope, is_known: Callable[[str], bool]) -> None:
    """Refuse a query that names a graph that is not here: nothing is fetched, and nothing is left out in silence.

    Raises:
        ForbiddenError: with the IRI.
    """
    named = (*scope.default, *scope.named) if scope.is_given else graphs_named(text, scope.base or "")
    for address in named:
        if not _ABSOLUTE.fullmatch(address) or not is_known(address):
            raise ForbiddenError(say("query-graph-unknown", value=address))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query as Oxigraph is asked it: all that is read off its text."""

    text: str
    prefixes: dict[str, str]
    names_graphs: bool


@remembered
def _asked(text: str) -> _Asked:
    return _Asked(rewriting(text).text, undeclared(text), names_graphs(text))


@remembered
def _checked(text: str) -> _Asked:
    """Return how a text without bindings is asked; one look-up instead of two, which tells where answers are quick."""
    check_words(text)
    return _asked(text)


def _oxigraph(asked: _Asked, dataset: Dataset, limit: int, scope: Scope) -> Answer:
    options: dict[str, Any] = {} if asked.names_graphs else _UNION  # a union would overrule FROM
    if scope.is_given:
        graphs = {"default_graph": scope.default, "named_graphs": scope.named}
        options = {name: [NamedNode(address) for address in addresses] for name, addresses in graphs.items()}
    if scope.is_given or asked.names_graphs:
        check_graphs(asked.text, scope, lambda address: dataset.store.contains_named_graph(NamedNode(address)))
    try:
        found = dataset.store.query(asked.text, base_iri=scope.base, prefixes=asked.prefixes, **options)
        return _of_oxigraph(found, limit)
    except (SyntaxError, ValueError, OSError) as error:
        raise UsageError(say("query-not-sparql", detail=told(error))) from error
    except RuntimeError as error:
        unknown = _FUNCTION.search(str(error))
        if unknown is None:
            raise
        raise UsageError(say("query-function-unknown", value=unknown[1])) from error


def _of_oxigraph(found: Any, limit: int) -> Answer:
    if isinstance(found, pyoxigraph.QuerySolutions):
        names = tuple(item.value for item in found.variables)
        return Rows(names, limited(found, limit, tuple))
    if isinstance(found, pyoxigraph.QueryTriples):
        return Triples(limited(found, limit))
    return Truth(bool(found))
