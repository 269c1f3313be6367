"""What the sheets of a workbook hold, read off the JSON-LD context and the labels of the ontology.

A sheet is known by the machine keys in its second row, which is hidden: `bodies.kind` is the key `kind` of the part
`bodies`. A key that ends in `[]` takes several values, one a line. A key that begins with `@` is for people, but for
`@of`, which names the thing that the row belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from hyte_graph.intake.form import Form, Key, context, description_form
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import HYTE

TEMPLATE_VERSION = "1.0"
META, CODES = "_meta", "_codes"  # names of the hidden sheets
ORGANISATION = "organisation"  # the one sheet with its keys in a column, together with the keys of the whole file
KEYS_LINE = 2  # the hidden line of machine keys, counted from 1
OF, GUIDE = "@of", "@guide"  # what a thing belongs to; the mark of the sheet that explains
RESULTS = "@results"  # the mark of the sheet that a check puts in front
PLURAL = frozenset(
    {
        "breakdown_by",
        "business_id_sources",
        "contains",
        "covers",
        "follows",
        "given_to",
        "groups",
        "language_versions",
        "languages",
        "measures",
        "members",
        "municipalities",
        "municipalities_sources",
        "participants",
        "parties",
        "partner_actors",
        "partner_kinds",
        "partners",
        "population_sources",
        "prepared_with",
        "responsible_for",
        "serves",
        "sources",
        "themes",
        "to",
        "tools",
        "topics",
        "years",
    }
)
"""The keys that take several values in one cell; any other key that has several gets a column for each."""

_LAST = ("certainty", "sources", "gloss", "registered_on", "serves")
_FIRST = ("id", "kind", "norm", "answer", "subject")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The part of the form that one sheet holds; `path` is such as ("documents", "goals")."""

    path: tuple[str, ...]
    keys: Mapping[str, Key]
    terms: Mapping[str, Any]  # of the context

    @property
    def name(self) -> str:
        """Return the name of the part, such as "documents.goals"."""
        return ".".join(self.path)

    @property
    def title(self) -> Text:
        """Return what the sheet is called."""
        return say(f"workbook-sheet-{self.name.replace('.', '-').replace('_', '-')}")

    @property
    def columns(self) -> tuple[Key, ...]:
        """Return the plain keys in the order in which people fill them in."""
        plain = [key for key in self.keys.values() if key.part is None]
        return tuple(sorted(plain, key=_rank))


def _rank(key: Key) -> int:
    if key.name in _FIRST:
        return _FIRST.index(key.name) - len(_FIRST)
    return _LAST.index(key.name) + 1 if key.name in _LAST else 0


@cache
def sheets() -> tuple[Sheet, ...]:
    """Return the sheets in the order of the form: the organisation with the keys of the whole file, then the parts."""
    whole = description_form()
    plain = {name: key for name, key in whole.keys.items() if key.part is None}
    terms = {name: context()[name] for name in plain}
    parts = list(_below(whole, context(), ()))
    first, rest = parts[0], parts[1:]
    return (Sheet(first.path, {**plain, **first.keys}, {**terms, **first.terms}), *rest)


def _below(form: Form, terms: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[Sheet]:
    for key in form.keys.values():
        if key.part is not None:
            inner = terms[key.name]["@context"]
            yield Sheet((*path, key.name), key.part.keys, inner)
            yield from _below(key.part, inner, (*path, key.name))


@cache
def top_keys() -> frozenset[str]:
    """Return the keys of the whole file that are no part; the sheet of the organisation holds them too."""
    return frozenset(name for name, key in description_form().keys.items() if key.part is None)


def label(sheet: Sheet, key: Key, knowledge: Knowledge) -> Text:
    """Return what people call a key: the label of its property, with the language where it has one."""
    term = sheet.terms[key.name]
    if isinstance(term, str):
        return say("workbook-kind") if term == "@type" else say("workbook-id")
    spoken = knowledge.label(address(term))
    language = term.get("@language")
    named = key.name.endswith(("_fi", "_sv", "_en"))
    return say(f"workbook-in-{language}", label=spoken) if language and named else spoken


def definition(sheet: Sheet, key: Key, knowledge: Knowledge) -> Text | None:
    """Return the definition of the property of a key, or None."""
    term = sheet.terms[key.name]
    if isinstance(term, str):
        return None
    return knowledge.law.optional_text(address(term), "skos:definition")


def address(term: Mapping[str, Any]) -> str:
    """Return the IRI of the property of a term of the context."""
    return HYTE + str(term.get("@id") or term["@reverse"]).removeprefix("hyte:")


def codes(sheet: Sheet, key: Key) -> dict[str, str]:
    """Return the IRI of each code of a key; nothing for a key that takes none."""
    if key.holds == "class":
        return {code: HYTE + str(sheet.terms[code]).removeprefix("hyte:") for code in key.codes}
    return dict(sheet.terms[key.name]["@context"]) if key.holds == "code" else {}
