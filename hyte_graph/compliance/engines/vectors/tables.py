"""A table as `compiled` sees data: what has no form on arrays is tried on it, with the same numbers for terms."""

from __future__ import annotations

from collections.abc import Iterator, Set

from hyte_graph.compliance.engines.compiled.columns import Columns
from hyte_graph.compliance.engines.compiled.columns import Table as Dictionary
from hyte_graph.compliance.engines.compiled.terms import Term
from hyte_graph.compliance.engines.vectors.table import Table


class TableColumns(Columns):
    """The columns of a table, each turned into a dictionary when it is asked for."""

    def __init__(self, table: Table) -> None:
        super().__init__(())
        self.terms = table.terms  # type: ignore[assignment]
        self._arrays = table

    def number(self, term: Term) -> int:
        """Return the number of a term; a new term gets the next one."""
        return self._arrays.terms.number(term)

    def predicates(self) -> list[int]:
        """Return the numbers of all predicates, in the order of their terms."""
        return sorted(self._arrays.columns, key=self.terms.__getitem__)

    def _table(self, made: dict[int, Dictionary], predicate: int, *, swapped: bool) -> Dictionary:
        if predicate not in made:
            pairs = self._arrays.backward(predicate) if swapped else self._arrays.forward(predicate)
            table: dict[int, list[int]] = {}
            for key, value in zip(*(column.tolist() for column in pairs), strict=True):
                table.setdefault(key, []).append(value)
            made[predicate] = table
        return made[predicate]

    def triples(self, predicates: Set[Term] | None = None) -> Iterator[tuple[Term, Term, Term]]:
        """Yield the triples; only those of some predicates, if told."""
        every = self._arrays.columns
        return self._arrays.triples(one for one in every if predicates is None or self.terms[one] in predicates)

    def __len__(self) -> int:
        return len(self._arrays)
