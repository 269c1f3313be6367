"""The violations of each kind of core constraint, found on whole arrays (SHACL 4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np

from hyte_graph.compliance.engines.compiled.constraints import nested, sets, terms
from hyte_graph.compliance.engines.compiled.constraints.base import Constraint, TermTest
from hyte_graph.compliance.engines.compiled.paths import Path, Step
from hyte_graph.compliance.engines.compiled.terms import Term
from hyte_graph.compliance.engines.vectors.joining import counts, keys_of, matches, pairs_of, unique
from hyte_graph.compliance.engines.vectors.table import Mask, Pairs, Table
from hyte_graph.compliance.engines.vectors.terms import LETTERS, Numbers
from hyte_graph.compliance.engines.vectors.values import compares

_LITERAL, _BLANK = LETTERS.index('"'), LETTERS.index("_")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_ANY_FORM = {f"^^<{_XSD}anyURI>", ""}  # datatypes of which every text is a well-formed value


class Hits(NamedTuple):
    """Violations: the focus nodes, and the value nodes where there are any."""

    focus: Numbers
    values: Numbers | None = None
    path: Path | None = None
    told: tuple[tuple[str, Numbers], ...] = ()  # the variables of a query with their nodes, -1 for none


class Nodes(NamedTuple):
    """Focus nodes, sorted, with the pairs of focus and value node, sorted by focus."""

    focus: Numbers
    pairs: Pairs

    @property
    def values(self) -> Numbers:
        """Return the value nodes, each once."""
        return unique(self.pairs[1])


class Trial(Protocol):
    """What a test may ask."""

    data: Table

    def failing(self, shape: Term, nodes: Numbers) -> Mask:
        """Return which nodes do not conform to a shape; the nodes are sorted, each once."""


def _where(nodes: Nodes, wrong: Mask) -> list[Hits]:
    return [Hits(nodes.pairs[0][wrong], nodes.pairs[1][wrong])]


def _spread(nodes: Nodes, test: Callable[[Numbers], Mask]) -> list[Hits]:
    """Return a violation for each value node that fails a test; each is tried once."""
    distinct, places = np.unique(nodes.pairs[1], return_inverse=True)
    return _where(nodes, test(distinct)[places])


def _min_count(one: sets.MinCount, nodes: Nodes, trial: Trial) -> list[Hits]:  # noqa: ARG001
    return [Hits(nodes.focus[counts(nodes.pairs[0], nodes.focus) < one.least])]


def _max_count(one: sets.MaxCount, nodes: Nodes, trial: Trial) -> list[Hits]:  # noqa: ARG001
    return [Hits(nodes.focus[counts(nodes.pairs[0], nodes.focus) > one.most])]


def _has_value(one: sets.HasValue, nodes: Nodes, trial: Trial) -> list[Hits]:
    having = nodes.pairs[0][nodes.pairs[1] == trial.data.terms.number(one.value)]
    return [Hits(np.setdiff1d(nodes.focus, having, assume_unique=True))]


def _class(one: terms.HasClass, nodes: Nodes, trial: Trial) -> list[Hits]:
    values = nodes.pairs[1]
    instances = trial.data.instances(trial.data.terms.number(one.kind))
    return _where(nodes, ~instances[values] | (trial.data.letters(values) == _LITERAL))


def _in(one: terms.In, nodes: Nodes, trial: Trial) -> list[Hits]:
    allowed = np.array([trial.data.terms.number(term) for term in one.allowed], np.int32)
    return _where(nodes, ~trial.data.marks(allowed)[nodes.pairs[1]])


def _node_kind(one: terms.NodeKind, nodes: Nodes, trial: Trial) -> list[Hits]:
    allowed = np.array([letter in one.letters for letter in LETTERS], np.bool_)
    return _where(nodes, ~allowed[trial.data.letters(nodes.pairs[1])])


def _datatype(one: terms.Datatype, nodes: Nodes, trial: Trial) -> list[Hits]:
    suffix = "" if one.datatype == f"{_XSD}string" else f"^^<{one.datatype}>"
    if suffix not in _ANY_FORM:
        return _term_test(one, nodes, trial)
    return _where(nodes, trial.data.suffixes(nodes.pairs[1]) != trial.data.suffix(suffix))


def _term_test(one: TermTest, nodes: Nodes, trial: Trial) -> list[Hits]:
    known, holds = trial.data.terms, one.holds
    return _spread(nodes, lambda some: np.array([not holds(term) for term in known.several(some)], np.bool_))


def _length(one: terms.Length, nodes: Nodes, trial: Trial) -> list[Hits]:
    def wrong(some: Numbers) -> Mask:
        sizes = trial.data.sizes(some)
        found: Mask = (sizes < one.least) | (trial.data.letters(some) == _BLANK)
        return found if one.most is None else found | (sizes > one.most)

    return _spread(nodes, wrong)


def _language_in(one: terms.LanguageIn, nodes: Nodes, trial: Trial) -> list[Hits]:
    names = trial.data.suffix_names
    good = np.array([name.startswith("@") and one.holds(f'""{name}') for name in (*names, "", "")], np.bool_)
    places = trial.data.suffixes(nodes.pairs[1])
    if (places == -2).any():  # noqa: PLR2004 - a term that only shapes name
        return _term_test(one, nodes, trial)
    return _where(nodes, ~good[places])  # -1, of what is no literal, is the last


def _unique_lang(one: sets.UniqueLang, nodes: Nodes, trial: Trial) -> list[Hits]:  # noqa: ARG001
    places = trial.data.suffixes(nodes.pairs[1])
    tagged = np.array([name.startswith("@") for name in (*trial.data.suffix_names, "", "")], np.bool_)[places]
    keys = keys_of(nodes.pairs[0][tagged], places[tagged].astype(np.int32))
    found, times = np.unique(keys, return_counts=True)
    return [Hits(pairs_of(found[times > 1])[0])]


def _told(predicate: Term, nodes: Nodes, trial: Trial) -> Pairs:
    """Return what a predicate tells of the focus nodes."""
    subjects, things = trial.data.forward(trial.data.terms.number(predicate))
    kept = trial.data.marks(nodes.focus)[subjects]
    return subjects[kept], things[kept]


def _equals(one: sets.Equals, nodes: Nodes, trial: Trial) -> list[Hits]:
    keys = np.setxor1d(keys_of(*nodes.pairs), keys_of(*_told(one.predicate, nodes, trial)), assume_unique=True)
    return [Hits(*pairs_of(keys))]


def _disjoint(one: sets.Disjoint, nodes: Nodes, trial: Trial) -> list[Hits]:
    keys = np.intersect1d(keys_of(*nodes.pairs), keys_of(*_told(one.predicate, nodes, trial)), assume_unique=True)
    return [Hits(*pairs_of(keys))]


def _less_than(one: sets.LessThan, nodes: Nodes, trial: Trial) -> list[Hits]:
    subjects, things = _told(one.predicate, nodes, trial)
    left, right = matches(subjects, nodes.pairs[0])
    focus, values = nodes.pairs[0][left], nodes.pairs[1][left]
    wrong = ~compares(trial.data, values, things[right], one.signs)
    return [Hits(focus[wrong], values[wrong])]


def _closed(one: sets.Closed, nodes: Nodes, trial: Trial) -> list[Hits]:
    """Return a violation for each triple with another predicate; the pairs are turned once, by value node."""
    data, found = trial.data, list[Hits]()
    values, focus = (column[np.argsort(nodes.pairs[1], kind="stable")] for column in nodes.pairs[::-1])
    marked = data.marks(values)
    for predicate in list(data.columns):
        term = data.terms[predicate]
        if term not in one.allowed:
            subjects, things = data.forward(predicate)
            kept = marked[subjects]
            left, right = matches(values, subjects[kept])
            found.append(Hits(focus[right], things[kept][left], Step(term)))
    return found


def _node(one: nested.Node, nodes: Nodes, trial: Trial) -> list[Hits]:
    return _spread(nodes, lambda some: trial.failing(one.shape, some))


def _not(one: nested.Not, nodes: Nodes, trial: Trial) -> list[Hits]:
    return _spread(nodes, lambda some: ~trial.failing(one.shape, some))


def _failures(shapes: tuple[Term, ...], some: Numbers, trial: Trial) -> Numbers:
    """Return how many of the shapes each node breaks."""
    total = np.zeros(len(some), np.int32)
    for shape in shapes:
        total += trial.failing(shape, some)
    return total


def _and(one: nested.And, nodes: Nodes, trial: Trial) -> list[Hits]:
    return _spread(nodes, lambda some: _failures(one.shapes, some, trial) > 0)


def _or(one: nested.Or, nodes: Nodes, trial: Trial) -> list[Hits]:
    return _spread(nodes, lambda some: _failures(one.shapes, some, trial) == len(one.shapes))


def _xone(one: nested.Xone, nodes: Nodes, trial: Trial) -> list[Hits]:
    return _spread(nodes, lambda some: _failures(one.shapes, some, trial) != len(one.shapes) - 1)


def _qualified(one: nested.Qualified, nodes: Nodes, trial: Trial) -> list[Hits]:
    distinct, places = np.unique(nodes.pairs[1], return_inverse=True)
    counted = ~trial.failing(one.shape, distinct)
    for sibling in one.siblings:
        counted &= trial.failing(sibling, distinct)
    times = counts(nodes.pairs[0][counted[places]], nodes.focus)
    wrong = times < one.least if one.least is not None else times > (one.most or 0)
    return [Hits(nodes.focus[wrong])]


VECTORISED: dict[type[Constraint], Callable[..., list[Hits]]] = {
    sets.MinCount: _min_count,
    sets.MaxCount: _max_count,
    sets.HasValue: _has_value,
    sets.UniqueLang: _unique_lang,
    sets.Equals: _equals,
    sets.Disjoint: _disjoint,
    sets.LessThan: _less_than,
    sets.Closed: _closed,
    terms.HasClass: _class,
    terms.In: _in,
    terms.NodeKind: _node_kind,
    terms.Datatype: _datatype,
    terms.LanguageIn: _language_in,
    terms.Range: _term_test,
    terms.Length: _length,
    terms.Pattern: _term_test,
    nested.Node: _node,
    nested.Property: _node,
    nested.Not: _not,
    nested.And: _and,
    nested.Or: _or,
    nested.Xone: _xone,
    nested.Qualified: _qualified,
}
"""What finds the violations of each kind of core constraint."""
