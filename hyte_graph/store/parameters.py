"""Parameters of saved questions: what a user types becomes an RDF term of the declared kind, or a clear refusal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode

from hyte_graph.errors import UsageError
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import nearest, say
from hyte_graph.store.answers import Term, term_written
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.triples import Triples
from hyte_graph.vocabulary import FOREIGN, PREFIXES, slug

_XSD = FOREIGN["xsd"]
_SUBCLASS = "rdfs:subClassOf"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable to fill before a question is asked."""

    name: str
    label: Text
    datatype: str | None  # IRI of an XSD type
    of_class: str | None  # IRI of a class of the ontology
    pattern: str | None  # that the IRI of a thing must match, since schemes may share a slug
    default: Term | None
    is_optional: bool  # without a value the variable stays open

    def term(self, value: str, knowledge: Knowledge) -> Term:
        """Return the term that a user meant: a slug, a prefixed name or an IRI of a thing, or a plain value.

        Raises:
            UsageError: the value is not of the declared kind.
        """
        if self.of_class is not None:
            return NamedNode(_thing(self, value, knowledge.triples))
        if self.name == "language" and value not in LANGUAGES:
            raise UsageError(say("parameter-language-wrong", value=value))
        datatype = self.datatype or _XSD + "string"
        if not _READS.get(slug(datatype), _any)(value):
            raise UsageError(say("parameter-wrong", name=self.name, value=value, kind=slug(datatype)))
        return Literal(value, datatype=NamedNode(datatype))

    def choices(self, knowledge: Knowledge) -> dict[str, str]:
        """Return the things that a value may name, by slug; none where any text will do."""
        return _things(self, knowledge.triples) if self.of_class is not None else {}


def read_parameter(index: Triples, node: str) -> Parameter:
    """Return a parameter of the graph."""
    default = index.value(node, "sh:defaultValue")
    datatype = index.value(node, "sh:datatype")
    return Parameter(
        name=slug(node),
        label=index.text(node, "rdfs:label"),
        datatype=datatype,
        of_class=index.value(node, "sh:class"),
        pattern=index.value(node, "sh:pattern"),
        default=None if default is None else Literal(default, datatype=NamedNode(datatype or _XSD + "string")),
        is_optional=index.value(node, "sh:optional") == "true",
    )


def free_term(value: str) -> Term:
    """Return the term for a variable of a query that declares no kinds.

    `<…>` and `"…"` are read as N-Triples, a prefixed name as an IRI, whole numbers and days as such, the rest as text.

    Raises:
        UsageError: the value begins like a term and is none.
    """
    if value.startswith(("<", '"')):
        return _ntriples_term(value)
    prefix, colon, local = value.partition(":")
    if colon and prefix in PREFIXES and local:
        return NamedNode(PREFIXES[prefix] + local)
    kind = next((name for name in ("integer", "date") if _READS[name](value)), "string")
    return Literal(value, datatype=NamedNode(_XSD + kind))


def _ntriples_term(value: str) -> Term:
    try:
        return term_written(value)
    except (SyntaxError, ValueError) as error:
        raise UsageError(say("parameter-no-term", value=value)) from error


def _thing(parameter: Parameter, value: str, index: Triples) -> str:
    """Return the IRI of a thing of the class of a parameter."""
    things = _things(parameter, index)
    wanted = slug(value).rsplit(":", 1)[-1]
    if wanted not in things:
        raise UsageError(
            say("parameter-unknown-thing", name=parameter.name, value=value, nearest=nearest(wanted, things))
        )
    return things[wanted]


def _things(parameter: Parameter, index: Triples) -> dict[str, str]:
    nodes = (node for kind in _below(str(parameter.of_class), index) for node in index.of_class(kind))
    return {slug(node): node for node in nodes if re.search(parameter.pattern or "", node)}


def _below(kind: str, index: Triples) -> set[str]:
    """Return a class and all its subclasses."""
    found, waiting = {kind}, [kind]
    classes = index.of_class(FOREIGN["owl"] + "Class")
    while waiting:
        above = waiting.pop()
        below = {node for node in classes if above in index.values(node, _SUBCLASS)} - found
        found |= below
        waiting += below
    return found


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _any(_: str) -> bool:
    return True


_READS: Mapping[str, Callable[[str], bool]] = {
    "date": _is_day,
    "integer": lambda value: re.fullmatch(r"[+-]?[0-9]{1,15}", value) is not None,
    "boolean": lambda value: value in ("true", "false"),
}
