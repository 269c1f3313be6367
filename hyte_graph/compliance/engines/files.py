"""Validation of files: small data on dictionaries, large data on arrays, rdflib only where a constraint needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from hyte_graph.compliance.engines.compiled.columns import Columns
from hyte_graph.compliance.engines.compiled.plan import Plan
from hyte_graph.compliance.engines.compiled.run import Result, Run, Tried
from hyte_graph.compliance.engines.compiled.terms import Term, triple_of
from hyte_graph.errors import FilingError, UndecidedError
from hyte_graph.messages import say

if TYPE_CHECKING:
    from rdflib import Graph

    from hyte_graph.compliance.engines.vectors.ahead import Ahead
    from hyte_graph.compliance.engines.vectors.run import VectorRun

LARGE = 350_000
"""Bytes of data from which on arrays are quicker; below it, loading numpy alone takes longer than the check."""


class Validation:
    """The results of validating data against a plan; they are found while they are asked for."""

    def __init__(
        self, paths: Sequence[Path], plan: Plan | Callable[[], Plan], cache: Path | None = None, large: int = LARGE
    ) -> None:
        """Read files, and the plan too if it is a function: what takes longest begins first."""
        self._run = _run(paths, plan, cache, large)

    @property
    def terms(self) -> Sequence[Term]:
        """Return the terms by number."""
        return self._run.data.terms

    def results(self) -> Iterator[Result]:
        """Yield every result.

        Raises:
            UndecidedError: the validation could not be carried out.
        """
        try:
            yield from self._run.results()
        except RecursionError as error:
            raise UndecidedError(say("engine-failed", detail="RecursionError")) from error

    def rungs(self) -> Iterable[Tried]:
        """Return how each constraint was tried."""
        return self._run.rungs()


def plan_of_files(paths: Sequence[Path], cache: Path | None = None) -> Plan:
    """Return the plan of shapes in files; with a cache, the one that an earlier run has kept there.

    Raises:
        FilingError: a file cannot be read.
        UndecidedError: a shape is not well formed.
    """
    if cache is None:
        return _compiled(paths)
    from hyte_graph.compliance.engines.plans import kept_plan

    with _Told(*paths):
        return kept_plan(paths, cache, lambda: _compiled(paths))


def _compiled(every: Sequence[Path]) -> Plan:
    from hyte_graph.compliance.engines.compiled.compiler import compile_plan

    return compile_plan([triple for path in every for triple in map(triple_of, read(path, apart=len(every) > 1))])


def read(path: Path, *, apart: bool) -> list[pyoxigraph.Quad]:
    """Return the quads of a file, its blank nodes kept apart from those of others if told.

    Raises:
        FilingError: it cannot be read.
    """
    with _Told(path):
        return list(pyoxigraph.parse(path=str(path), rename_blank_nodes=apart))


def graph_of_files(paths: Sequence[Path]) -> Graph:
    """Return the triples of files as a graph of rdflib, for other engines.

    Raises:
        FilingError: a file cannot be read.
    """
    from rdflib import Graph

    from hyte_graph.compliance.engines.compiled.rdflib_terms import to_rdflib

    graph = Graph(bind_namespaces="none")
    for path in paths:
        for quad in read(path, apart=len(paths) > 1):
            graph.add(tuple(map(to_rdflib, triple_of(quad))))  # type: ignore[arg-type]
    return graph


def _run(paths: Sequence[Path], plan: Plan | Callable[[], Plan], cache: Path | None, large: int) -> Run | VectorRun:
    size = sum(path.stat().st_size for path in paths if path.is_file())
    if size < large and cache is None:
        made = plan() if callable(plan) else plan
        quads = (quad for path in paths for quad in read(path, apart=len(paths) > 1))
        return Run(Columns.of_quads(quads), made)
    begun = _begun(paths) if cache is None else None
    try:
        return _on_arrays(paths, plan() if callable(plan) else plan, cache, begun)
    finally:
        if begun:
            begun.close()


def _begun(paths: Sequence[Path]) -> Ahead | None:
    from hyte_graph.compliance.engines.vectors.ahead import begun_reading

    return begun_reading(paths, apart=len(paths) > 1)


def _on_arrays(paths: Sequence[Path], plan: Plan, cache: Path | None, begun: Ahead | None) -> VectorRun:
    from hyte_graph.compliance.engines.vectors.run import VectorRun

    with _Told(*paths):
        if cache is None:
            from hyte_graph.compliance.engines.vectors.reading import read_table

            return VectorRun(read_table(paths, begun=begun), plan)
        from hyte_graph.compliance.engines.vectors.snapshot import kept_table

        return VectorRun(kept_table(paths, cache), plan)


class _Told:
    """Turns what goes wrong while files are read into a sentence."""

    def __init__(self, *paths: Path) -> None:
        self._name = ", ".join(path.name for path in paths)

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        told = getattr(error, "filename", None)
        name = Path(told).name if isinstance(told, str) else self._name
        if isinstance(error, SyntaxError | ValueError):
            raise FilingError(say("validate-not-rdf", name=name, detail=str(error)[:300])) from error
        if isinstance(error, OSError):
            raise FilingError(say("validate-not-found", name=name)) from error
