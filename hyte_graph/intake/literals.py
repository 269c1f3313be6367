"""Is every literal of a description one that can be judged? Length, signs, lexical form: the same rules in each format.

No library's own idea of a value is used: one of them takes gigabytes for the decimal 1E+999999999, another says that a
day with a time zone is the same as one without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any
from unicodedata import is_normalized, normalize

from rdflib import Graph, Literal
from rdflib.namespace import RDF, XSD

from hyte_graph.intake.check import MOST_FAULTS, is_wrong
from hyte_graph.intake.dates import interval
from hyte_graph.intake.form import context
from hyte_graph.intake.texts import shortened, text_fault
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.vocabulary import full, slug

_DIGITS = 100
_INTEGER = re.compile(rf"[+-]?[0-9]{{1,{_DIGITS}}}")
_DECIMAL = re.compile(rf"[+-]?[0-9]{{1,{_DIGITS}}}(\.[0-9]{{1,{_DIGITS}}})?")  # with no exponent
_EDTF = "http://id.loc.gov/datatypes/edtf"
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])"
)


def _is_day(text: str) -> bool:
    span = interval(text)
    return span is not None and span.first == span.last


def _is_moment(text: str) -> bool:
    """Return whether a text is a time with its difference from UTC; without one, an hour of autumn comes twice."""
    match = _MOMENT.fullmatch(text)
    return match is not None and _is_day(match[1])


_LEXICAL: dict[str, Callable[[str], bool]] = {
    str(XSD.boolean): lambda text: text in ("true", "false"),
    str(XSD.integer): lambda text: _INTEGER.fullmatch(text) is not None,
    str(XSD.decimal): lambda text: _DECIMAL.fullmatch(text) is not None,
    str(XSD.gYear): lambda text: not is_wrong("year", text),
    str(XSD.date): _is_day,
    str(XSD.dateTime): _is_moment,
    str(XSD.anyURI): lambda text: not is_wrong("address", text),
    str(XSD.string): lambda _: True,
    str(RDF.langString): lambda _: True,
    _EDTF: lambda text: interval(text) is not None,
}


def literal_faults(graph: Graph, name: str) -> tuple[Text, ...]:
    """Return one sentence for each literal of a graph that cannot be taken as it stands."""
    return tuple(sorted(set(islice(_faults(graph, name), MOST_FAULTS)), key=lambda text: text.en))


def _faults(graph: Graph, name: str) -> Iterator[Text]:
    for thing, word, value in graph:
        if isinstance(value, Literal):
            fault = text_fault(str(value)) or _form_fault(value, str(word))
            if fault:
                place = {"where": name, "thing": slug(str(thing)), "key": slug(str(word))}
                yield say(f"literal-{fault}", **place, value=shortened(str(value)))


def composed(graph: Graph, name: str) -> tuple[Graph, tuple[Text, ...]]:
    """Return a graph with its texts in Unicode NFC, and a remark on each that was not."""
    odd = [triple for triple in graph if isinstance(triple[2], Literal) and not is_normalized("NFC", str(triple[2]))]
    places = (say("place-thing", name=name, thing=slug(str(thing)), key=slug(str(word))) for thing, word, _ in odd)
    remarks = tuple(sorted({say("text-composed", where=where) for where in places}))
    for thing, word, value in odd:
        text = normalize("NFC", str(value))
        graph.remove((thing, word, value))
        graph.add((thing, word, Literal(text, lang=value.language, datatype=value.datatype, normalize=False)))  # type: ignore[attr-defined]
    return graph, remarks


def _form_fault(value: Literal, word: str) -> str:
    if value.language:
        return ""
    datatype = str(value.datatype or XSD.string)
    wanted = _datatypes().get(word)
    fits = _LEXICAL.get(datatype)
    if fits is None or (wanted and datatype not in wanted):
        return "datatype"
    return "" if fits(str(value)) else "form"


@cache
def _datatypes() -> Mapping[str, frozenset[str]]:
    """Return the datatypes that the values of a property may have, where they are no text."""
    found: dict[str, set[str]] = {}
    for term in _terms(context()):
        if str(term.get("@type", "")).startswith("http"):
            found.setdefault(full(str(term["@id"])), set()).add(str(term["@type"]))
    return {word: frozenset(types) for word, types in found.items()}


def _terms(value: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for term in value.values():
        if isinstance(term, dict):
            if "@id" in term:
                yield term
            yield from _terms(term)
