"""Acts and their provisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import Response, make_response, render_template, request

from hyte_graph.compliance.coverage import by_act, coverage
from hyte_graph.model import Norm
from hyte_graph.reports.ordering import natural
from hyte_graph.vocabulary import HYTE, iri
from hyte_web.clock import day_of
from hyte_web.page import Item, Page
from hyte_web.site import Site

_WHOLE = ("eli:is_part_of", "dcterms:isPartOf")
_SHOWN = (
    *_WHOLE,
    *("dcterms:source", "eli:changed_by", "hyte:hasTextCarrier", "hyte:isUsedInProvision", "rdfs:seeAlso"),
)


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


def sheet(page: Page, address: str) -> str | Response:
    """Return the page of an act or of a provision, on a day if the address names one."""
    site = page.site
    above = list(_above(site, address))
    is_whole = not above or _is_a(site, address, "Chapter")
    asked = request.args.get("on", "")
    sections = [(item, list(_places(site, item))) for item in sorted(_sections(site, address), key=natural)]
    told = [norm for _, places in sections for place in places for norm in place.norms]
    here = site.stated.get(address, ())
    text = render_template(
        "law.html" if is_whole else "section.html",
        page=page,
        address=address,
        above=[page.ref(item) for item in reversed(above)],
        is_draft="/act-draft/" in address,
        here=here,
        sections=sections,
        places=list(_anchored(site, address)) if not is_whole else [],
        columns=("fi", "sv") if page.language != "en" else ("fi", "sv", "en"),
        links=_official(page, above[-1] if above else address),
        bearers=_bearers(page, [*here, *told]),
        terms=page.backrefs(address, "hyte:isUsedInProvision"),
        on=day_of(asked) if asked else None,
        asked=asked,
        standing=_standing,
        hidden=_SHOWN,
    )
    return make_response(text, 400 if asked and day_of(asked) is None else 200)


def _standing(norm: Norm, on: date | None) -> tuple[str, date | None]:
    """Return how a norm stands on a day: a key, and the day that decides; nothing where it applies or none is asked."""
    if norm.kind == "DraftNorm" or on is None:
        return "", None
    if norm.applies_until and norm.applies_until < on:
        return "ended", norm.applies_until
    if norm.applies_from and norm.applies_from > on:
        return "later", norm.applies_from
    return "", None


def _bearers(page: Page, norms: list[Norm]) -> list[Item]:
    """Return whom norms bind, each once."""
    found = (item for norm in norms for item in page.site.objects(norm.iri, "hyte:binds", "hyte:wouldBind"))
    return [page.ref(item) for item in dict.fromkeys(found)]


def _anchored(site: Site, address: str) -> Iterator[tuple[Place, str]]:
    """Yield the places within a provision; the first of each subsection with its anchor, such as "mom-2"."""
    seen = set()
    for place in _places(site, address):
        chain = (place.iri, *_above(site, place.iri))
        subsection = next((item for item in chain if _is_a(site, item, "Subsection")), "")
        anchor = f"mom-{subsection.rsplit('-', 1)[1]}" if subsection and subsection not in seen else ""
        seen.add(subsection)
        yield place, anchor


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
