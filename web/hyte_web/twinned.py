"""What the twins of the pages hold: things, lists, norms, the home page, the ontology."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import abort, g, url_for
from pyoxigraph import Literal, NamedNode, Triple

from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.model import Norm
from hyte_graph.store.rdf import FORMATS, Format, described, written
from hyte_graph.store.things import LABELS
from hyte_graph.versions import content_digest, package_version
from hyte_graph.vocabulary import full, iri, prefixed, slug
from hyte_web.data import core_document, thing_document
from hyte_web.forms import CSV, JSON, OF_LISTS, OF_THINGS, XLSX, Form, Table, as_csv, as_json, as_workbook
from hyte_web.graph import twin as around
from hyte_web.page import Page
from hyte_web.search.rows import twin as found
from hyte_web.site import Site, site

_LABELS = tuple(NamedNode(full(name)) for name in LABELS)
_TYPE = NamedNode(full("rdf:type"))


def thing(form: Form, kind: str, slug: str) -> bytes:
    """Return what the graph says of a thing; the same as its data."""
    address = iri(kind, slug)
    return thing_document(form, address if address in site().subjects else abort(404))


def vocabulary(form: Form) -> bytes:
    """Return the ontology."""
    return core_document(next(item for item in FORMATS if item is form))


def home(_: Form) -> bytes:
    """Return what this is and how much there is of it."""
    known = site()
    counts = {kind: len(things) for kind, things in sorted(known.things.items())}
    digests = {name: content_digest(name) for name in ("ontology", "rules")}
    value = {"name": "HYTE Graph", "version": package_version(), "digests": digests, "things": counts}
    return as_json(value | {"triples": len(known.store), "data": url_for("publish.catalog", _external=True)})


def index(form: Form, kind: str) -> bytes:
    """Return the things of a kind; the norms with what binds whom, filtered as the address asks."""
    known = site()
    if kind not in known.things:
        abort(404)
    norms = selected_norms(known) if kind == "norm" else []
    addresses = [norm.iri for norm in norms] if kind == "norm" else list(known.things[kind])
    if isinstance(form, Format):
        return written(_named(known, addresses), form)
    if form is JSON:
        items = [norm_value(norm) for norm in norms] or [thing_value(known, address) for address in addresses]
        return as_json({"kind": kind, "total": len(items), "items": items})
    table = _norm_table(g.page, norms) if kind == "norm" else _table(g.page, kind, addresses)
    return as_csv(table) if form is CSV else as_workbook(table)


def selected_norms(known: Site) -> list[Norm]:
    """Return the norms that the filter of the page lets through."""
    from hyte_web.browse.norms import selected

    return selected(known)


def thing_value(known: Site, address: str) -> dict[str, Any]:
    """Return a thing as plain values: its IRI, its prefixed name and its labels."""
    return {"iri": address, "name": prefixed(address), "label": labels(known, address)}


def labels(known: Site, address: str, predicates: Sequence[str] = LABELS) -> dict[str, str | None]:
    """Return the labels of a thing by language, None where there is none; or its texts of other properties."""
    found: dict[str, str] = {}
    for predicate in reversed(predicates):
        for quad in known.store.quads_for_pattern(NamedNode(address), NamedNode(full(predicate)), None):
            if isinstance(quad.object, Literal) and quad.object.language:
                found[quad.object.language] = quad.object.value
    return {language: found.get(language) for language in LANGUAGES}


def norm_value(norm: Norm) -> dict[str, Any]:
    """Return a norm as plain values."""
    days = {"appliesFrom": norm.applies_from, "appliesUntil": norm.applies_until, "firstDueBy": norm.first_due_by}
    return {
        "iri": norm.iri,
        "name": f"norm:{norm.slug}",
        "slug": norm.slug,
        "kind": norm.kind,
        "label": norm.label.as_dict(),
        "definition": norm.definition.as_dict(),
        "provision": norm.provision.iri,
        "citation": norm.provision.citation.as_dict(),
        "act": norm.provision.act or None,
        "binds": list(norm.binds),
        "recurrence": norm.recurrence,
        "family": norm.family,
        "strength": norm.strength,
        "status": norm.status,
        "reviewState": norm.review_state,
    } | {name: day.isoformat() if day else None for name, day in days.items()}


def _norm_table(page: Page, norms: Iterable[Norm]) -> Table:
    keys = ("iri", "citation", "label", "definition", "who", "often", "since", "until", "strength", "status")
    rows = [_norm_row(page, norm) for norm in norms]
    return Table(page.say("kind-norm"), tuple(page.say(f"column-{key}") for key in keys), rows)


def _norm_row(page: Page, norm: Norm) -> tuple[str, ...]:
    def spoken(text: Text) -> str:
        return page.text(text).value

    def codes(kind: str, slugs: Iterable[str]) -> str:
        return "; ".join(page.code(kind, one).value for one in slugs if one)

    return (
        norm.iri,
        spoken(norm.provision.citation),
        spoken(norm.label),
        spoken(norm.definition),
        codes("actor-kind", norm.binds),
        codes("recurrence", [norm.recurrence]),
        norm.applies_from.isoformat() if norm.applies_from else "",
        norm.applies_until.isoformat() if norm.applies_until else "",
        codes("strength", [norm.strength]),
        codes("norm-status", [norm.status]),
    )


def _table(page: Page, kind: str, addresses: Iterable[str]) -> Table:
    headings = tuple(page.say(f"column-{key}") for key in ("iri", "name", *LANGUAGES))
    rows = [_row(page.site, address) for address in addresses]
    return Table(kind, headings, rows)


def _row(known: Site, address: str) -> tuple[str, ...]:
    told = labels(known, address)
    return (address, slug(address), *(told[language] or "" for language in LANGUAGES))


def _named(known: Site, addresses: Iterable[str]) -> list[Triple]:
    """Return the classes and labels of things; whoever wants more follows their IRIs."""
    shown = {_TYPE, *_LABELS}
    return [triple for address in addresses for triple in described(known.store, address) if triple.predicate in shown]


TWINS = (
    ("browse.home", (JSON,), home),
    ("browse.vocabulary", FORMATS, vocabulary),
    ("browse.index", OF_LISTS, index),
    ("browse.thing", OF_THINGS, thing),
    ("search.results", (CSV, XLSX, JSON), found),
    ("graph.picture", (JSON,), around),
)
"""The views with twins, their forms, and what makes them."""
