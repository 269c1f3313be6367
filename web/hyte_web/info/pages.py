"""Help, about, privacy and the accessibility statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from flask import current_app, g, render_template

from hyte_graph.reports.grouping import ORDER
from hyte_graph.versions import content_digest, package_version
from hyte_graph.vocabulary import HYTE, iri
from hyte_web.check.runs import HOURS
from hyte_web.clock import day_of
from hyte_web.info.part import info_pages
from hyte_web.page import Item, Page

_WORDS: Final = ("Norm", "Provision", "Obligation", "GuidanceNorm", "DraftNorm", "Exception", "Actor", "Fact", "Duty")


@info_pages.get("/help")
def helped() -> str:
    """Tell how to use the site, and what outcomes and words mean."""
    page: Page = g.page
    outcomes = [_told(page, iri("outcome", name)) for name in ORDER]
    words = [_told(page, HYTE + name) for name in _WORDS if HYTE + name in page.site.subjects]
    return render_template("info/help.html", page=page, outcomes=outcomes, words=words)


def _told(page: Page, address: str) -> tuple[Item, list[Item]]:
    """Return a thing with its definition."""
    return page.ref(address), page.literals(address, "skos:definition")


@info_pages.get("/about")
def about() -> str:
    """Tell what the site is and what it rests on."""
    digests = {name: content_digest(name) for name in ("ontology", "rules")}
    example = iri("norm", "cty-7-3-s6-publish")
    return _page("about", edition=package_version(), digests=digests, example=example)


@info_pages.get("/privacy")
def privacy() -> str:
    """Tell what the site keeps of its visitors."""
    return _page("privacy", hours=current_app.config.get("RUNS_HOURS", HOURS))


@info_pages.get("/accessibility")
def accessibility() -> str:
    """Show the accessibility statement (306/2019), with marks where whoever runs the site has to complete it."""
    told = day_of(current_app.config["STATEMENT_DATE"])
    lacks = () if told else ("date",)
    return _page("accessibility", lacks, day=told, supervisor=current_app.config["SUPERVISOR"])


def _page(name: str, lacks: Sequence[str] = (), **values: Any) -> str:
    config = current_app.config
    missing = [*(key for key in ("operator", "contact") if not config[key.upper()]), *lacks]
    known = {"operator": config["OPERATOR"], "contact": _contact(config["CONTACT"]), "lacks": missing}
    return render_template(f"info/{name}.html", page=g.page, **known, **values)


def _contact(told: str) -> Item | None:
    """Return how to reach whoever runs the site; only addresses of the web and of mail become links."""
    if not told:
        return None
    is_link = told.startswith(("https://", "mailto:"))
    return Item(told.removeprefix("mailto:"), "", told if is_link else "", is_external=told.startswith("https:"))
