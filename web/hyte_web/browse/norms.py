"""Norms: the table, and the plain sheet of one norm."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import render_template, request

from hyte_graph.model import Norm
from hyte_graph.store.questions import Question
from hyte_graph.vocabulary import iri, slug
from hyte_web import frame
from hyte_web.browse import sheets, things
from hyte_web.page import Item, Page
from hyte_web.site import Site

_BEARER = ("hyte:binds", "hyte:speaksTo", "hyte:wouldBind")
_FILTERS = ("act", "bearer", "recurs")
_CITATION = "citation-of-a-norm"
_UNLAWFUL = {"GuidanceNorm": "guidance", "DraftNorm": "draft"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of the filter: its name, its options (value and label) and the chosen value."""

    name: str
    options: list[tuple[str, Item]]
    chosen: str


def index(page: Page, _: str) -> str:
    """Return the table of norms, filtered by what the address asks for."""
    norms = list(page.site.norms.values())
    fields = [_choice(page, name, norms) for name in _FILTERS]
    shown = selected(page.site)
    return render_template("norms.html", page=page, fields=fields, norms=shown, total=len(norms), bearers=_bearers)


def selected(site: Site) -> list[Norm]:
    """Return the norms that the filter in the address lets through."""
    chosen = [(name, request.args[name]) for name in _FILTERS if request.args.get(name)]
    return [norm for norm in site.norms.values() if all(value in _values(norm, name) for name, value in chosen)]


def sheet(page: Page, address: str) -> str:
    """Return the plain sheet of a norm."""
    norm = page.site.norms.get(slug(address))
    if norm is None:
        return things.sheet(page, address)
    rules = page.site.catalogue.by_norm.get(norm.slug, ())
    banner = _UNLAWFUL.get(norm.kind, "repealed" if norm.status == "repealed" else "")
    return render_template(
        "norm.html",
        page=page,
        norm=norm,
        address=address,
        bearers=_bearers(page, norm),
        rules=rules,
        banner=banner,
        official=_official(page, norm),
        sections=sheets.sections(norm.slug),
        target=sheets.target,
        questions=_questions(page, norm),
        sparql=page.site.library.questions[_CITATION].sparql,
    )


def _questions(page: Page, norm: Norm) -> list[tuple[Question, str]]:
    """Return the saved questions that lead on from a norm, filled in, where the site has them."""
    known = page.site.library.questions
    asked = [(_CITATION, {"norm": norm.slug}), ("norms-of-an-act", {"act": norm.provision.act})]
    found = [(known[name], frame.at(page, f"query/{name}"), values) for name, values in asked if all(values.values())]
    return [(question, f"{href}?{urlencode(values)}") for question, href, values in found if href]


def _bearers(page: Page, norm: Norm) -> list[Item]:
    return page.refs(norm.iri, *_BEARER)


def _official(page: Page, norm: Norm) -> Item | None:
    address = norm.provision.link.within(page.language)
    return page.external(address) if address else None


def _values(norm: Norm, name: str) -> tuple[str, ...]:
    if name == "act":
        return (norm.provision.act or norm.strength,)
    return norm.binds if name == "bearer" else (norm.recurrence,)


def _choice(page: Page, name: str, norms: list[Norm]) -> Choice:
    values = {value for norm in norms for value in _values(norm, name)}
    options = [(value, page.label(_address(page.site, name, value))) for value in values]
    return Choice(name, sorted(options, key=lambda option: things.by_label(option[1])), request.args.get(name, ""))


def _address(site: Site, name: str, value: str) -> str:
    """Return the IRI of a value of the filter."""
    kinds = {"act": ("law", "act-draft", "strength"), "bearer": ("actor-kind", "actor"), "recurs": ("recurrence",)}
    found = [iri(kind, value) for kind in kinds[name] if iri(kind, value) in site.subjects]
    return found[0] if found else value
