"""Organisations, and the norms that bind one on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import Response, make_response, render_template, request

from hyte_graph.compliance.applicability import Applicability, applicability, binds
from hyte_graph.model import Actor, Norm
from hyte_graph.vocabulary import full, iri, slug
from hyte_web.browse import things
from hyte_web.clock import day_of, today
from hyte_web.page import Item, Page
from hyte_web.site import Site

_AREA = "hyte:isPartOfCollaborativeArea"
_PLACE = ("hyte:isPartOfCounty", "hyte:isPartOfRegion", _AREA, "hyte:isBilingualBecauseOf")
_GROUPS = ("duty", "guidance", "other")


@dataclass(frozen=True, slots=True)
class Bound:
    """What the norms of the graph mean for an organisation on a day."""

    applies: list[tuple[str, list[Applicability]]]  # group -> norms that bind
    set_aside: list[Applicability]  # norms for its kind that do not bind it, or not on that day


def index(page: Page, _: str) -> str:
    """Return the list of organisations: counties with their municipalities, the capital, HUS and Åland."""
    actors = page.site.actors.values()
    counties = [actor for actor in actors if actor.type == "WellbeingServicesCounty"]
    members = {name for county in counties for name in county.members}
    others = [actor for actor in actors if actor not in counties and actor.slug not in members]
    listed = [(page.ref(county.iri), _sorted(page, county.members)) for county in counties]
    return render_template(
        "actors.html",
        page=page,
        counties=sorted(listed, key=lambda row: things.by_label(row[0])),
        special=_sorted(page, (actor.slug for actor in others if "aland-municipality" not in actor.kinds)),
        aland=_sorted(page, (actor.slug for actor in others if "aland-municipality" in actor.kinds)),
    )


def sheet(page: Page, address: str) -> str | Response:
    """Return the page of an organisation; what else the registers name has a plain page."""
    actor = page.site.actors.get(slug(address))
    if actor is None:
        return things.sheet(page, address)
    asked = request.args.get("on", "")
    on = day_of(asked) if asked else today()
    text = render_template(
        "actor.html",
        page=page,
        actor=actor,
        names=[told for told in actor.label.as_dict().items() if told[1] != actor.label.within(page.language)],
        places=[(page.label(full(name)), page.refs(actor.iri, name)) for name in _PLACE],
        members=_sorted(page, actor.members),
        peers=_peers(page, actor),
        owed=_owed(page, actor),
        on=on,
        bound=bound(page.site, actor, on) if on else None,
    )
    return make_response(text, 200 if on else 400)


def _peers(page: Page, actor: Actor) -> list[Item]:
    """Return the other members of the collaborative area of a county."""
    areas = page.site.objects(actor.iri, _AREA)
    members = {slug(item) for area in areas for item in page.site.pointing(area, _AREA)} - {actor.slug}
    return _sorted(page, members)


def _owed(page: Page, actor: Actor) -> list[Norm]:
    """Return the norms of law in force by which others owe something to an organisation of this kind."""
    kinds = {iri("actor-kind", kind) for kind in actor.kinds}
    found = (norm for norm in page.site.norms.values() if norm.is_binding and norm.status == "in-force")
    return [norm for norm in found if kinds.intersection(page.site.objects(norm.iri, "hyte:isOwedTo"))]


def bound(site: Site, actor: Actor, on: date) -> Bound:
    """Return the norms that bind an organisation on a day, and those of its kind that do not, with the reasons."""
    found = [applicability(norm, actor, on, site.knowledge) for norm in site.norms.values()]
    applies = {name: [one for one in found if one.state == "applies" and _group(one) == name] for name in _GROUPS}
    set_aside = [one for one in found if one.state != "applies" and _concerns(one.norm, actor, site)]
    return Bound([(name, told) for name, told in applies.items() if told], set_aside)


def _group(one: Applicability) -> str:
    if one.norm.kind == "GuidanceNorm":
        return "guidance"
    return "duty" if one.norm.is_duty else "other"


def _concerns(norm: Norm, actor: Actor, site: Site) -> bool:
    """Return whether a norm is for the kind of the actor, or has an exception for it."""
    is_excepted = any(item.exempts in actor.kinds for item in norm.exceptions)
    return is_excepted or any(binds(kind, actor, site.knowledge) for kind in norm.binds)


def _sorted(page: Page, slugs: Iterable[str]) -> list[Item]:
    return sorted((page.ref(iri("actor", name)) for name in slugs), key=things.by_label)
