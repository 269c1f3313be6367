"""Rows as SPARQL results in JSON.

They are written straight into text: the writer of the standard library indents in Python, and took twice as long as
Oxigraph took for the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from json.encoder import encode_basestring as quoted  # as json.dumps does

from pyoxigraph import BlankNode, Literal, NamedNode

from hyte_graph.vocabulary import FOREIGN

_STRING = FOREIGN["xsd"] + "string"
_END = "\n    }"


def rows_as_json(variables: Sequence[str], rows: Iterable[Sequence[NamedNode | BlankNode | Literal | None]]) -> bytes:
    """Return rows as SPARQL 1.1 results in JSON, one value a line; a variable without a value is left out."""
    heads = [f"    {quoted(name)}: " for name in variables]
    solutions = [
        ",\n".join([head + _value(term) for head, term in zip(heads, row, strict=True) if term is not None])
        for row in rows
    ]
    bindings = ",\n".join(f"   {{\n{cells}\n   }}" if cells else "   {}" for cells in solutions)
    names = ",\n".join(f"   {quoted(name)}" for name in variables)
    listed = (
        f'{{\n "head": {{\n  "vars": {_list(names)}\n }},\n "results": {{\n  "bindings": {_list(bindings)}\n }}\n}}\n'
    )
    return listed.encode()


def _list(lines: str) -> str:
    return f"[\n{lines}\n  ]" if lines else "[]"


def _value(term: NamedNode | BlankNode | Literal) -> str:
    if isinstance(term, NamedNode):
        return f'{{\n     "type": "uri",\n     "value": {quoted(term.value)}{_END}'
    if isinstance(term, BlankNode):
        return f'{{\n     "type": "bnode",\n     "value": {quoted(term.value)}{_END}'
    told = f'{{\n     "type": "literal",\n     "value": {quoted(term.value)}'
    if term.language:
        return f'{told},\n     "xml:lang": {quoted(term.language)}{_END}'
    datatype = term.datatype.value
    return told + _END if datatype == _STRING else f'{told},\n     "datatype": {quoted(datatype)}{_END}'
