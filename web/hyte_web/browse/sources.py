"""The five source documents, what they say and where, and what the law says of the same matter."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from flask import render_template

from hyte_graph.model import Norm
from hyte_graph.vocabulary import iri, slug
from hyte_web.browse import things
from hyte_web.page import Item, Page

_DRAFT_SOURCE = iri("source-status", "draft")
_DRAFT_STATEMENT = iri("statement-status", "draft-2017-never-in-force")
_IN_SHEET = (
    *("rdfs:label", "skos:definition", "skos:editorialNote", "rdfs:isDefinedBy"),
    *("hyte:isFoundIn", "hyte:hasLine", "hyte:hasFirstLine", "hyte:hasHeadingPath", "hyte:hasItemMark"),
    *("hyte:usesTerm", "hyte:hasStatementStatus", "hyte:tellsAction", "hyte:tellsObject", "dcterms:isPartOf"),
)
_POINTING = ("hyte:isUsedInStatement", "hyte:reconciles", "hyte:comparesDraft", "hyte:isDrawnFrom")


@dataclass(frozen=True, slots=True)
class Compared:
    """What the law says of a matter: the kind of relation, the difference in words, the norms of today."""

    relation: Item
    difference: list[Item]
    norms: list[Norm]


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a source: where it stands, what it says in our own words, and how the law stands to it."""

    address: str
    lines: str
    gloss: list[Item]
    compared: list[Compared]


def source(page: Page, address: str) -> str:
    """Return the page of a source document, with its statements under the headings of the document."""
    under: dict[str, list[Said]] = defaultdict(list)
    found = page.site.pointing(address, "hyte:isFoundIn")
    for statement in sorted(found, key=lambda item: (_lines_of(page, item)[:1], item)):
        path = page.site.knowledge.triples.value(statement, "hasHeadingPath") or ""
        under[path].append(_said(page, statement))
    return render_template(
        "source.html",
        page=page,
        address=address,
        is_draft=_DRAFT_SOURCE in page.site.objects(address, "hyte:hasSourceStatus"),
        language=page.site.knowledge.triples.value(address, "hasPageLanguage"),
        sections=list(under.items()),
        total=len(found),
    )


def statement(page: Page, address: str) -> str:
    """Return the page of a statement; what compares statements has a plain page."""
    documents = page.site.objects(address, "hyte:isFoundIn")
    if not documents:
        return things.sheet(page, address)
    return render_template(
        "statement.html",
        page=page,
        address=address,
        said=_said(page, address),
        document=page.ref(documents[0]),
        language=page.site.knowledge.triples.value(documents[0], "hasPageLanguage"),
        path=page.site.knowledge.triples.value(address, "hasHeadingPath"),
        is_draft=_DRAFT_STATEMENT in page.site.objects(address, "hyte:hasStatementStatus"),
        rows=page.backrefs(address, "hyte:comparesDraft"),
        hidden=_IN_SHEET,
        hidden_pointing=_POINTING,
    )


def crosswalk(page: Page, _: str) -> str:
    """Return the bills of 2017 beside the law of today, row by row."""
    known = page.site
    rows = [
        (
            page.ref(address),
            [page.ref(item) for item in known.objects(address, "hyte:comparesDraft")],
            page.refs(address, "hyte:hasChange"),
            page.literals(address, "hyte:tellsDifference"),
            _norms(page, address),
        )
        for address in known.things["crosswalk"]
    ]
    return render_template("crosswalk.html", page=page, rows=rows)


def _said(page: Page, address: str) -> Said:
    lines = _lines_of(page, address)
    told = "–".join(str(line) for line in dict.fromkeys((lines[0], lines[-1]))) if lines else ""
    found = [_compared(page, item) for item in page.site.pointing(address, "hyte:reconciles")]
    return Said(address, told, page.literals(address, "skos:definition"), found)


def _compared(page: Page, address: str) -> Compared:
    relations = page.refs(address, "hyte:hasRelation")
    return Compared(relations[0], page.literals(address, "hyte:tellsDifference"), _norms(page, address))


def _norms(page: Page, address: str) -> list[Norm]:
    return [page.site.norms[slug(item)] for item in page.site.objects(address, "hyte:comparesNorm")]


def _lines_of(page: Page, address: str) -> list[int]:
    return sorted(int(line) for line in page.site.knowledge.triples.values(address, "hasLine"))
