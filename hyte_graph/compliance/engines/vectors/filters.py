"""Filters on arrays: comparisons, BOUND, STR, not, and, or; whatever else a filter says is out of reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyte_graph.compliance.engines.compiled.sparql.tokens import Token, closing
from hyte_graph.compliance.engines.compiled.terms import is_blank, is_literal, text
from hyte_graph.compliance.engines.vectors.joining import unique
from hyte_graph.compliance.engines.vectors.table import Mask, Table
from hyte_graph.compliance.engines.vectors.terms import Numbers
from hyte_graph.compliance.engines.vectors.values import ranked

if TYPE_CHECKING:
    from hyte_graph.compliance.engines.vectors.patterns import Names
    from hyte_graph.compliance.engines.vectors.rows import Rows

_SIGNS = {"=": (0,), "!=": (-1, 1), "<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}


class OutOfReachError(Exception):
    """The query says something that has no form on arrays."""


@dataclass(frozen=True)
class _Scope:
    rows: Rows
    names: Names
    data: Table


def passes(words: Sequence[Token], rows: Rows, names: Names, data: Table) -> Mask:
    """Return which rows pass a filter.

    Raises:
        OutOfReachError: the filter has no form on arrays, or the values of these rows have no order that is sure.
    """
    return _any(words, _Scope(rows, names, data))


def _any(words: Sequence[Token], scope: _Scope) -> Mask:
    found = [_every(some, scope) for some in _split(words, "||")]
    return np.logical_or.reduce(found) if len(found) > 1 else found[0]


def _every(words: Sequence[Token], scope: _Scope) -> Mask:
    found = [_one(some, scope) for some in _split(words, "&&")]
    return np.logical_and.reduce(found) if len(found) > 1 else found[0]


def _one(words: Sequence[Token], scope: _Scope) -> Mask:
    if words and words[0].text == "(" and closing(words, 0) == len(words):
        return _any(words[1:-1], scope)
    if words and words[0].text == "!":
        return ~_one(words[1:], scope)
    if len(words) == 4 and words[0].says("BOUND"):  # noqa: PLR2004
        column = scope.rows.columns.get(words[2].variable)
        return np.zeros(len(scope.rows), np.bool_) if column is None else column >= 0
    signs = [at for at, word in enumerate(words) if word.kind == "sign" and word.text in _SIGNS]
    if len(signs) != 1:
        raise OutOfReachError
    return _compared(words[: signs[0]], words[signs[0]].text, words[signs[0] + 1 :], scope)


def _split(words: Sequence[Token], sign: str) -> list[Sequence[Token]]:
    """Return the parts between a sign, outside of brackets."""
    parts: list[Sequence[Token]] = []
    start, depth = 0, 0
    for at, word in enumerate(words):
        depth += (word.text == "(") - (word.text == ")")
        if word.text == sign and depth == 0:
            parts.append(words[start:at])
            start = at + 1
    return [*parts, words[start:]]


def _compared(left: Sequence[Token], sign: str, right: Sequence[Token], scope: _Scope) -> Mask:
    """Return where two operands compare; an operand that may be unbound could be an error, which `!` would not turn."""
    (one, is_text), (other, is_also) = _operand(left, scope), _operand(right, scope)
    if is_text != is_also:
        raise OutOfReachError
    ranks = _text_ranks(scope.data, one, other) if is_text else _value_ranks(scope.data, one, other, sign)
    found: Mask = np.isin(np.sign(ranks[0] - ranks[1]), _SIGNS[sign])
    return found


def _operand(words: Sequence[Token], scope: _Scope) -> tuple[Numbers, bool]:
    """Return the nodes of an operand, and whether it is their text that counts."""
    if len(words) == 4 and words[0].says("STR") and words[1].text == "(" and words[3].text == ")":  # noqa: PLR2004
        return _operand(words[2:3], scope)[0], True
    if len(words) != 1:
        raise OutOfReachError
    name = words[0].variable
    if not name:
        return np.full(len(scope.rows), scope.names.number(words[0]), np.int32), False
    if name in scope.rows.maybe or name not in scope.rows.columns:
        raise OutOfReachError
    return scope.rows.columns[name], False


def _text_ranks(data: Table, *columns: Numbers) -> list[Numbers]:
    nodes, places = np.unique(np.concatenate(columns), return_inverse=True)
    terms = data.terms.several(nodes)
    if any(map(is_blank, terms)):
        raise OutOfReachError
    texts = list(map(text, terms))
    order = {found: at for at, found in enumerate(sorted(set(texts)))}
    ranks = np.array([order[found] for found in texts], np.int32)[places]
    return np.split(ranks, [len(columns[0])])


def _value_ranks(data: Table, one: Numbers, other: Numbers, sign: str) -> list[Numbers]:
    """Return ranks of values, or of nodes where both are no literals and only asked to be the same.

    Raises:
        OutOfReachError: kinds of values are mixed, or a literal has none.
    """
    nodes = unique(np.concatenate([one, other]))
    literals = set(map(is_literal, data.terms.several(nodes)))
    if literals <= {False} and sign in ("=", "!="):
        return [one, other]
    found = ranked(data, one, other)
    if found is None or False in literals:
        raise OutOfReachError
    kinds = np.concatenate([column.kinds for column in found])
    if len(kinds) and (kinds[0] < 0 or (kinds != kinds[0]).any()):
        raise OutOfReachError
    return [column.ranks.astype(np.int32) for column in found]
