"""A query of a constraint, looked at once: what is forbidden in it, what is known of it, and how it can be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from hyte_graph.compliance.engines.compiled.sparql.binding import bind, can_stand
from hyte_graph.compliance.engines.compiled.sparql.groups import read_select
from hyte_graph.compliance.engines.compiled.sparql.refusals import refusal
from hyte_graph.compliance.engines.compiled.sparql.sets import SetForm, set_form
from hyte_graph.compliance.engines.compiled.sparql.tokens import Token, tokens, variables, written
from hyte_graph.compliance.engines.compiled.sparql.touched import touched
from hyte_graph.compliance.engines.compiled.terms import Term

_PATH = re.compile(r"[$?]PATH\b")
_OF_THE_SHAPE = frozenset({"shapesGraph", "currentShape"})


@dataclass(frozen=True, slots=True)
class Query:
    """One query, with everything put in that is the same for all nodes."""

    prefixes: str
    words: tuple[Token, ...]
    refusal: str
    sets: SetForm | None
    is_writable: bool  # whether everything known can be written into it
    reads_shapes: bool
    touched: frozenset[Term] | None  # the predicates that it can see; None for all

    def text(self, values: Mapping[str, Term]) -> str:
        """Return it as SPARQL with the values of a focus node put in."""
        return self.prefixes + written(bind(self.words, values))

    def names(self, variable: str) -> bool:
        """Return whether it names a variable."""
        return variable in variables(self.words)


def prepare(query: str, prefixes: str, path: str | None, known: Mapping[str, Term], open_: Set[str]) -> Query:
    """Return a query ready to be asked.

    Args:
        query: the SELECT or ASK query as the shapes graph has it.
        prefixes: the PREFIX lines that stand before it.
        path: what stands in the place of `$PATH`, where the shape has a path.
        known: the pre-bound variables that have one value for all nodes.
        open_: the pre-bound variables that each node has its own value of.
    """
    text = query if path is None else _PATH.sub(lambda _: path, query)
    words = tokens(text)
    named = {name: term for name, term in known.items() if name in variables(words)}
    written_in = {name: term for name, term in named.items() if can_stand(term)}
    closed = bind(_without_bound(words, open_ | named.keys()), written_in)
    select = read_select(closed)
    return Query(
        prefixes=prefixes,
        words=tuple(closed),
        refusal=refusal(words, (open_ | known.keys()) - _OF_THE_SHAPE),
        sets=set_form(select) if select else None,
        is_writable=all(map(can_stand, named.values())),
        reads_shapes="shapesGraph" in named,
        touched=touched(select, prefixes) if select else None,
    )


def _without_bound(words: Sequence[Token], bound: Set[str]) -> list[Token]:
    """Return a query in which `bound($this)` is simply true: once its value is put in, there is no variable there."""
    found, at = list[Token](), 0
    while at < len(words):
        inner = words[at + 2].variable if at + 3 < len(words) else ""
        if words[at].says("BOUND") and inner in bound:
            found.append(Token("word", "(true)"))
            at += 4
        else:
            found.append(words[at])
            at += 1
    return found
