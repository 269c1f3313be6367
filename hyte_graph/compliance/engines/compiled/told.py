"""Results as findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hyte_graph.compliance.engines.compiled import paths
from hyte_graph.compliance.engines.compiled.run import Result
from hyte_graph.compliance.engines.compiled.terms import Term, is_blank, text
from hyte_graph.model import Finding


def findings(results: Iterable[Result], terms: Sequence[Term]) -> tuple[Finding, ...]:
    """Return the findings, sorted as every engine sorts them."""
    return tuple(sorted((_finding(result, terms) for result in results), key=_order))


def _order(finding: Finding) -> tuple[str, ...]:
    return finding.focus, finding.shape, finding.component, finding.path, finding.value


def _finding(result: Result, terms: Sequence[Term]) -> Finding:
    hit, path = result.hit, result.hit.path or result.shape.path
    value = "" if hit.value is None or is_blank(terms[hit.value]) else text(terms[hit.value])
    return Finding(
        shape=text(result.shape.node),
        focus=text(terms[hit.focus]),
        severity=text(result.shape.severity).rsplit("#", 1)[-1],
        component=text(result.constraint.component),
        path=text(path.predicate) if isinstance(path, paths.Step) and not path.inverse else "",
        value=value,
    )
