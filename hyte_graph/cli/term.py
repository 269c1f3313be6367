"""hyte term: what a word means here, in Finnish, Swedish and English."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from hyte_graph.errors import UsageError
from hyte_graph.messages import say
from hyte_graph.reports.sheets import data, text
from hyte_graph.reports.sheets.concept import concept_sheet
from hyte_graph.reports.sheets.sheet import Sheet
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.search import Hit, Search
from hyte_graph.vocabulary import prefixed

_BY_LABEL = ("label", "inflected", "part")
_BY_TEXT = ("definition",)
_CLEAR = ("label", "inflected")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("text", nargs="+", metavar="TEXT", help="a term in Finnish, Swedish or English, in any form")
    parser.add_argument("--json", action="store_true", help="print JSON, in all three languages")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="the most candidates (default: 10)")


def run(options: argparse.Namespace) -> int:
    """Print the sheet of the concept that fits best, and the other candidates unless one is clear.

    Raises:
        UsageError: no concept fits.
    """
    sought = " ".join(options.text)
    if options.limit < 1:
        raise UsageError(say("term-limit-wrong", value=options.limit))
    knowledge = Knowledge.shipped()
    hits = _found(sought, knowledge, options.limit)
    sheet = concept_sheet(hits[0].iri, knowledge) if hits[0].how in _BY_LABEL else None
    if options.json:
        print(json.dumps(_value(sought, hits, sheet), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(sought, hits, sheet, options.lang)))
    return 0


def _found(sought: str, knowledge: Knowledge, limit: int) -> tuple[Hit, ...]:
    """Return the concepts that fit.

    Raises:
        UsageError: there is none.
    """
    search = Search.of(knowledge)
    hits = search.find(sought, kinds=("concept",), limit=limit)
    if hits and hits[0].how in (*_BY_LABEL, *_BY_TEXT):
        return hits
    near = hits[0] if hits else search.nearest(sought)
    raise UsageError(say("term-unknown", value=sought, nearest=near.matched) if near else say("term-empty"))


def _lines(sought: str, hits: Sequence[Hit], sheet: Sheet | None, language: str) -> Iterator[str]:
    if sheet is None:
        yield say("term-in-texts", value=sought).within(language)
        yield from (_candidate(hit, language) for hit in hits)
        return
    yield text.render(sheet, language).rstrip("\n")
    if any(hit.how in _BY_LABEL for hit in hits[1:]) and not _is_clear(hits):
        yield ""
        yield say("term-others").within(language) + ":"
        yield from (_candidate(hit, language) for hit in hits[1:] if hit.how in _BY_LABEL)


def _is_clear(hits: Sequence[Hit]) -> bool:
    """Return whether only the first is named by just these words."""
    return hits[0].how in _CLEAR and hits[1].how not in _CLEAR


def _candidate(hit: Hit, language: str) -> str:
    label = hit.label.within(language)
    matched = f" ({hit.matched})" if hit.how in _BY_LABEL and hit.matched != label else ""
    return f"- {label}{matched} [{prefixed(hit.iri)}]"


def _value(sought: str, hits: Sequence[Hit], sheet: Sheet | None) -> dict[str, Any]:
    """Return the answer as JSON.

    The form is stable: an object with `query`; `hits`, the best first; and `sheet`, the sheet of the first hit in the
    form that `hyte explain` has too, or null where only definitions have the words. A hit has `iri`, `kind`
    ("concept"), `label` (`fi`, `sv`, `en`), `matched` (the label or definition that fits), `language` (of `matched`),
    `how` ("label": as written, "inflected", "part", "definition") and `score` (0 to 1). The sections of the
    sheet have the keys labels, alternative, definition, divergence, broader, narrower, related, classes, things,
    norms, provisions and statements; those with nothing in them are left out.
    """
    found = [asdict(hit) | {"label": hit.label.as_dict()} for hit in hits]
    return {"query": sought, "hits": found, "sheet": json.loads(data.render(sheet)) if sheet else None}
