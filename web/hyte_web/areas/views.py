"""The pages of areas: all examples side by side, and one organisation with all that the site has of it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import Response, abort, g, make_response, render_template, request

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.calendar import calendar
from hyte_graph.compliance.prepared import binding_norms
from hyte_graph.model import Actor, Norm
from hyte_graph.reports.grouping import ORDER
from hyte_web.areas import tiles
from hyte_web.areas.matrix import GROUPS, Block, counts, group_of, matrix
from hyte_web.areas.part import areas
from hyte_web.check.downloads import KINDS, named
from hyte_web.check.examples import assessed, examples, usual_day
from hyte_web.check.report import asked_day
from hyte_web.clock import today
from hyte_web.page import Item
from hyte_web.sentences import keys
from hyte_web.site import site

_FIRST_NORM = "cty-7-3-s3-term-report"
_AHEAD = 3  # years of the calendar on a page


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of the table."""

    on: date
    group: str
    family: str
    outcome: str
    norm: str

    @property
    def wanted(self) -> Mapping[str, str]:
        """Return the filters."""
        return {"family": self.family, "outcome": self.outcome}


@areas.get("/area")
def index() -> Response:
    """Show the examples by the norms that bind them."""
    asked = _asked()
    ready = assessed().ready(asked.on)
    blocks = _blocks(asked, ready)
    whole = matrix(_grouped(asked.group, ready), {}, list(site().norms), site().knowledge)
    text = render_template(
        "areas/index.html",
        page=g.page,
        asked=asked,
        made=_grouped(asked.group, ready),
        blocks=blocks,
        families=[(block.slug, block.label) for block in whole],
        norms=[line.norm for block in whole for line in block.lines],
        missing=len(examples()) - len(ready),
        short=short,
        groups=GROUPS,
        order=ORDER,
        **_picture(asked, ready),
    )
    answer = make_response(text)
    if len(ready) < len(examples()):
        answer.headers["Cache-Control"] = "no-store"  # the next answer says more
    return answer


@areas.get("/area.csv")
def index_file() -> Response:
    """Give the same as a table: a row for each area, norm and period."""
    asked = _asked()
    ready = assessed().ready(asked.on, patience=60)
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(["area", "norm", "citation", "period", "outcome"])
    for block in _blocks(asked, ready):
        for line in block.lines:
            citation = line.norm.provision.citation.within(g.page.language)
            for cell in line.cells:
                for item in cell.verdicts:
                    period = item.period.slug if item.period else ""
                    writer.writerow([cell.slug, line.norm.slug, citation, period, item.outcome])
    return named(Response(target.getvalue(), mimetype="text/csv"), f"areas-{asked.on}.csv")


def _asked() -> Asked:
    """Return what the address asks for."""
    group = request.args.get("group", GROUPS[0])
    group = group if group in GROUPS else GROUPS[0]
    family, outcome, norm = (request.args.get(name, "") for name in ("family", "outcome", "norm"))
    return Asked(asked_day(usual_day()), group, family, outcome, norm if norm in site().norms else _FIRST_NORM)


def _blocks(asked: Asked, ready: Mapping[str, Assessment]) -> list[Block]:
    return matrix(_grouped(asked.group, ready), asked.wanted, list(site().norms), site().knowledge)


def _grouped(group: str, ready: Mapping[str, Assessment]) -> dict[str, Assessment]:
    """Return the assessments of one group of organisations by their names."""
    slugs = [slug for slug in ready if group_of(site().actors[slug]) == group]
    return {slug: ready[slug] for slug in sorted(slugs, key=lambda slug: short(slug).value)}


def _picture(asked: Asked, ready: Mapping[str, Assessment]) -> dict[str, object]:
    names = {slug: short(slug).value for slug in tiles.slugs()}
    return {"tiles": tiles.tiles(ready, asked.norm, names), "size": tiles.size(), "side": tiles.SIDE}


def short(slug: str) -> Item:
    """Return the name of an area as people say it; the official one where there is no shorter."""
    key = f"areas-short-{slug}"
    if key in keys():
        return Item(g.page.say(key), g.page.language)
    return g.page.text(site().actors[slug].label)  # type: ignore[no-any-return]


@areas.get("/area/<slug>")
def sheet(slug: str) -> Response:
    """Show one organisation: who it is, what binds it, what its example shows, and what falls due."""
    actor = site().actors.get(slug) or abort(404)
    now, known = today(), site().knowledge
    binding = binding_norms(actor, now, known) if actor.kinds else ()
    text = render_template(
        "areas/sheet.html",
        page=g.page,
        actor=actor,
        names=[told for told in actor.label.as_dict().items() if told[1] != actor.label.within(g.page.language)],
        members=_members(actor),
        county=next((other for other in site().actors.values() if slug in other.members), None),
        now=now,
        binding=binding,
        law=[norm for norm in binding if norm.is_binding],
        families=_families(binding),
        due=calendar(actor, known, now, date(now.year + _AHEAD, 12, 31))[:8],
        made=assessed().one(slug, examples()[slug].on) if slug in examples() else None,
        counts=counts,
        kinds=KINDS,
    )
    return make_response(text)


def _families(binding: Iterable[Norm]) -> list[tuple[Item, int]]:
    """Return the topics of some norms with how many there are of each."""
    found = Counter(norm.family for norm in binding)
    told = ((g.page.text(site().knowledge.code("subject", slug)), count) for slug, count in found.items())
    return sorted(told, key=lambda pair: str(pair[0].value))


def _members(actor: Actor) -> list[tuple[str, Item]]:
    """Return the municipalities of a county with their names."""
    members = (site().actors[slug] for slug in actor.members if slug in site().actors)
    found = [(member.slug, g.page.text(member.label)) for member in members]
    return sorted(found, key=lambda pair: pair[1].value)
