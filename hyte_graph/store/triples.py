"""Triples in memory for quick look-ups: what rdflib would take a second to load is here in a tenth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

import pyoxigraph

from hyte_graph.errors import KnowledgeError
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.vocabulary import FOREIGN, HYTE

_TYPE = FOREIGN["rdf"] + "type"

_Object = str | tuple[str, str]
"""An address or the label of a blank node; a literal is its text with its language, which may be empty."""


class Triples:
    """An index from subject and predicate to objects, and from class to subjects."""

    def __init__(self, quads: Iterable[pyoxigraph.Quad | pyoxigraph.Triple]) -> None:
        self._objects: dict[str, dict[str, list[_Object]]] = {}
        self._typed: dict[str, list[str]] = defaultdict(list)
        for quad in quads:
            subject = getattr(quad.subject, "value", "")
            predicate = quad.predicate.value
            self._objects.setdefault(subject, {}).setdefault(predicate, []).append(_plain(quad.object))
            if predicate == _TYPE:
                self._typed[quad.object.value].append(subject)  # type: ignore[union-attr]

    def __contains__(self, subject: str) -> bool:
        return subject in self._objects

    def subjects(self) -> Iterator[str]:
        """Yield every subject."""
        yield from self._objects

    def of_class(self, address: str) -> list[str]:
        """Return the subjects that are directly of a class, sorted."""
        return sorted(self._typed.get(address, ()))

    def having(self, predicate: str) -> list[str]:
        """Return the subjects of which a property is told, sorted; a short predicate is one of the project's own."""
        full = _full(predicate)
        return sorted(subject for subject, told in self._objects.items() if full in told)

    def predicates(self, subject: str) -> Iterator[tuple[str, list[str]]]:
        """Yield each predicate of a subject with the values of its objects."""
        for predicate, objects in self._objects.get(subject, {}).items():
            yield predicate, [_value(item) for item in objects]

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the values of a property, sorted; a short predicate is one of the project's own."""
        return sorted(_value(item) for item in self._objects.get(subject, {}).get(_full(predicate), ()))

    def value(self, subject: str, predicate: str) -> str | None:
        """Return the one value of a property, or None."""
        found = self.values(subject, predicate)
        return found[0] if found else None

    def spoken(self, subject: str, predicate: str) -> list[tuple[str, str]]:
        """Return the literals of a property as pairs of language and text, sorted; no language is an empty one."""
        found = self._objects.get(subject, {}).get(_full(predicate), ())
        return sorted((item[1], item[0]) for item in found if isinstance(item, tuple))

    def day(self, subject: str, predicate: str) -> date | None:
        """Return a day, or None."""
        found = self.value(subject, predicate)
        return date.fromisoformat(found) if found else None

    def text(self, subject: str, predicate: str) -> Text:
        """Return a text in the three languages.

        Raises:
            KnowledgeError: a language is missing.
        """
        found = self.optional_text(subject, predicate)
        if found is None:
            raise KnowledgeError(Text.same(f"{subject} has no {predicate} in three languages."))
        return found

    def optional_text(self, subject: str, predicate: str) -> Text | None:
        """Return a text in the three languages, or None where one is missing."""
        literals = self._objects.get(subject, {}).get(_full(predicate), ())
        spoken = {item[1]: item[0] for item in literals if isinstance(item, tuple)}
        return Text.of(spoken) if all(language in spoken for language in LANGUAGES) else None


def _plain(term: object) -> _Object:
    if isinstance(term, pyoxigraph.Literal):
        return term.value, term.language or ""
    return str(term.value)  # type: ignore[attr-defined]


def _value(item: _Object) -> str:
    return item if isinstance(item, str) else item[0]


def _full(predicate: str) -> str:
    prefix, colon, local = predicate.partition(":")
    if not colon:
        return HYTE + predicate
    return FOREIGN[prefix] + local if prefix in FOREIGN else predicate
