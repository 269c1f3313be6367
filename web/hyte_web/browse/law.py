"""Acts and their provisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template

from hyte_graph.compliance.coverage import by_act, coverage
from hyte_graph.model import Norm
from hyte_graph.reports.ordering import natural
from hyte_graph.vocabulary import HYTE, iri
from hyte_web.page import Item, Page
from hyte_web.site import Site

_WHOLE = ("eli:is_part_of", "dcterms:isPartOf")
_SHOWN = (*_WHOLE, "dcterms:source", "eli:changed_by", "hyte:hasTextCarrier", "rdfs:seeAlso")


@dataclass(frozen=True, slots=True)
class Place:
    """A provision with the norms that it states."""

    iri: str
    norms: tuple[Norm, ...]


def counts(site: Site) -> dict[str, int]:
    """Return how many norms, acts and organisations the graph has; drafts and guidance are counted for themselves."""
    kinds = [norm.kind for norm in site.norms.values()]
    types = [actor.type for actor in site.actors.values()]
    return {
        "norms": len(kinds) - kinds.count("GuidanceNorm") - kinds.count("DraftNorm"),
        "guidance": kinds.count("GuidanceNorm"),
        "drafts": kinds.count("DraftNorm"),
        "acts": len(coverage(site.knowledge, by_act)),
        "counties": types.count("WellbeingServicesCounty"),
        "municipalities": types.count("Municipality"),
        "rules": len(site.catalogue.rules),
    }


def index(page: Page, _: str) -> str:
    """Return the list of acts: those with norms first, then drafts and other acts."""
    site = page.site
    rows = sorted(coverage(site.knowledge, by_act), key=lambda row: (-row.norms, row.place))
    known = {iri("law", row.place) for row in rows}
    acts = [address for address in site.things["law"] if _is_a(site, address, "Act") and address not in known]
    amending = {address for address in acts if not site.parts.get(address) and site.pointing(address, "eli:changed_by")}
    return render_template(
        "acts.html",
        page=page,
        rows=[(page.code("law", row.place), row) for row in rows],
        drafts=[page.ref(address) for address in site.things["act-draft"] if _is_a(site, address, "DraftAct")],
        others=[page.ref(address) for address in acts if address not in amending],
        amending=[page.ref(address) for address in acts if address in amending],
    )


def sheet(page: Page, address: str) -> str:
    """Return the page of an act or of a provision."""
    site = page.site
    above = list(_above(site, address))
    return render_template(
        "law.html",
        page=page,
        address=address,
        above=[page.ref(item) for item in reversed(above)],
        is_draft="/act-draft/" in address,
        here=site.stated.get(address, ()),
        sections=[(item, list(_places(site, item))) for item in sorted(_sections(site, address), key=natural)],
        links=_official(page, above[-1] if above else address),
        hidden=_SHOWN,
    )


def _above(site: Site, address: str) -> Iterator[str]:
    for whole in site.objects(address, *_WHOLE)[:1]:
        yield whole
        yield from _above(site, whole)


def _sections(site: Site, address: str) -> Iterator[str]:
    """Yield the parts that get a heading: sections, and the sections of chapters."""
    for part in site.parts.get(address, ()):
        if _is_a(site, part, "Chapter"):
            yield from _sections(site, part)
        else:
            yield part


def _places(site: Site, address: str) -> Iterator[Place]:
    """Yield a provision and its parts; those that neither state a norm nor end the tree are left out."""
    norms, parts = site.stated.get(address, ()), site.parts.get(address, ())
    if norms or not parts:
        yield Place(address, norms)
    for part in parts:
        yield from _places(site, part)


def _official(page: Page, address: str) -> list[Item]:
    """Return the links to the official text, the one in the language of the page first."""
    links = [page.external(item) for item in page.site.objects(address, "rdfs:seeAlso")]
    return sorted((link for link in links if link.href), key=lambda link: link.hreflang != page.language)


def _is_a(site: Site, address: str, kind: str) -> bool:
    return HYTE + kind in site.objects(address, "rdf:type")
