"""The report of validation as Turtle, written result by result, so that a long one takes no memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from hyte_graph.compliance.engines.compiled import paths
from hyte_graph.compliance.engines.compiled.run import Result
from hyte_graph.compliance.engines.compiled.terms import Term, is_blank
from hyte_graph.compliance.engines.compiled.wording import messages
from hyte_graph.vocabulary import FOREIGN

_SIGNS = {"*": "sh:zeroOrMorePath", "+": "sh:oneOrMorePath", "?": "sh:zeroOrOnePath"}
_SPECIAL = re.compile(r'[\x00-\x1f"\\\x7f]')
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_NEXT = " ;\n    "
_NO_LABEL = re.compile(r"[^A-Za-z0-9]")


def report_lines(results: Iterable[Result], terms: Sequence[Term]) -> Iterator[str]:
    """Yield the report as pieces of Turtle (SHACL 3.6.2); the report is the node `_:report`."""
    yield f"PREFIX sh: <{FOREIGN['sh']}>\n\n_:report a sh:ValidationReport .\n"
    number, known = 0, dict[tuple[int, int], _Alike]()
    for number, result in enumerate(results, 1):
        shape, constraint, (focus, value, path, bindings) = result
        key = id(shape), id(constraint)  # both belong to the plan, and outlive their results
        alike, node = known.get(key), terms[focus]
        if alike is None:
            alike = known[key] = _Alike(_path_line(shape.path), _origin(result), _message_lines(result))
        yield (
            f"_:report sh:result _:r{number} .\n_:r{number} a sh:ValidationResult{_NEXT}"
            f"sh:focusNode {node if node[0] == '<' else _turtle(node)}{_path_line(path) if path else alike.path}"
            f"{'' if value is None else f'{_NEXT}sh:value {_turtle(terms[value])}'}{alike.origin}"
            f"{_message_lines(result) if bindings else alike.messages} .\n"
        )
    yield f"_:report sh:conforms {'false' if number else 'true'} .\n"


class _Alike(NamedTuple):
    """What the results of a constraint of a shape have in common, if nothing of their own stands in its place."""

    path: str
    origin: str
    messages: str


def _path_line(path: paths.Path | None) -> str:
    return "" if path is None else f"{_NEXT}sh:resultPath {_path(path)}"


def _origin(result: Result) -> str:
    shape, constraint = result.shape, result.constraint
    told = [("resultSeverity", shape.severity), ("sourceShape", shape.node)]
    told.append(("sourceConstraintComponent", constraint.component))
    if constraint.source:
        told.append(("sourceConstraint", constraint.source))
    return "".join(f"{_NEXT}sh:{name} {_turtle(term)}" for name, term in told)


def _message_lines(result: Result) -> str:
    return "".join([f"{_NEXT}sh:resultMessage {_turtle(term)}" for term in messages(result)])


def _turtle(term: Term) -> str:
    """Return a term in Turtle; blank nodes of the data and shapes keep a label of their own."""
    if term[0] == "<":
        return term
    if is_blank(term):
        return f"_:b{_NO_LABEL.sub(lambda match: f'x{ord(match[0]):x}', term[2:])}"
    end = term.rindex('"')
    return f'"{_SPECIAL.sub(_escaped, term[1:end])}"{term[end + 1 :]}'


def _escaped(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}"


@lru_cache(maxsize=4096)
def _path(path: paths.Path) -> str:
    """Return a path in Turtle (SHACL 2.3.1)."""
    if isinstance(path, paths.Step):
        return f"[ sh:inversePath {path.predicate} ]" if path.inverse else path.predicate
    if isinstance(path, paths.Inverse):
        return f"[ sh:inversePath {_path(path.part)} ]"
    if isinstance(path, paths.Repeat):
        return f"[ {_SIGNS[path.sign]} {_path(path.part)} ]"
    members = f"( {' '.join(map(_path, path.parts))} )"
    return members if isinstance(path, paths.Sequence) else f"[ sh:alternativePath {members} ]"
