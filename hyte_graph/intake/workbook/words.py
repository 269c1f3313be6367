"""Codes as people read them: a label with its code behind a dot, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import nearest, say
from hyte_graph.store.knowledge import Knowledge

DOT = " · "
_TRUTHS = ("true", "false")


def spoken(code: str, label: str) -> str:
    """Return a code as a cell shows it, such as "committee · committee"."""
    return f"{label}{DOT}{code}"


def bare(text: str) -> str:
    """Return what stands behind the last dot of a cell: the code, where there is one."""
    return text.rpartition(DOT)[2].strip()


def code_of(text: str, codes: Mapping[str, str], knowledge: Knowledge) -> str | None:
    """Return the code that a text names by itself or by its label in any language; None if there is none or several."""
    if bare(text) in codes:
        return bare(text)
    wanted = text.strip().casefold()
    found = {
        place: code
        for code, place in reversed(list(codes.items()))
        if wanted in {knowledge.label(place).within(language).casefold() for language in LANGUAGES}
    }
    return next(iter(found.values())) if len(found) == 1 else None


def near_code(text: str, codes: Mapping[str, str], knowledge: Knowledge) -> Text:
    """Return a clause that names the label or code which is nearest to a text, in each language."""
    known = [{knowledge.label(place).within(language) for place in codes.values()} for language in LANGUAGES]
    word = bare(text).casefold()
    every = set().union(*known, codes)
    if str(nearest(word, every).en):
        return nearest(word, every)
    return say("workbook-codes-known", codes=Text(*("; ".join(sorted(words)[:6]) for words in known)))


@cache
def truths() -> Mapping[str, str]:
    """Return "true" or "false" for each word of the three languages, and "" for those that say "not known"."""
    found = {word: word for word in _TRUTHS}
    for key, value in (("workbook-yes", "true"), ("workbook-no", "false"), ("workbook-not-known", "")):
        found |= {say(key).within(language).casefold(): value for language in LANGUAGES}
    return found


def truth_word(value: str, language: str) -> str:
    """Return yes or no in a language for "true" or "false"; anything else comes back as it is."""
    keys = {"true": say("workbook-yes"), "false": say("workbook-no")}
    return keys[value].within(language) if value in keys else value
