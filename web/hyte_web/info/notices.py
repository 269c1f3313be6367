"""What changed: a page, and a feed (Atom, RFC 4287)."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from flask import Response, g, make_response, redirect, render_template, url_for

from hyte_graph.vocabulary import BASE
from hyte_web.clock import today
from hyte_web.info.law_days import LawDay, amendments, law_days
from hyte_web.info.part import info, info_pages
from hyte_web.info.releases import releases
from hyte_web.negotiation import best_language
from hyte_web.page import Page
from hyte_web.publish import public_base


@info_pages.get("/changes")
def changes() -> str:
    """Show the days of the law, the amending acts and the versions."""
    page: Page = g.page
    days = [(one, told(page, one)) for one in law_days(page.site)]
    values = {"days": days, "today": today(), "amendments": amendments(page.site), "releases": releases()}
    return render_template("info/changes.html", page=page, **values)


@info_pages.get("/changes.atom")
def feed() -> Response:
    """Answer with the days of the law as a feed."""
    page: Page = g.page
    days = law_days(page.site)
    address = public_base() + url_for("info_pages.feed")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{page.language}">',
        f"<id>{escape(BASE)}changes/{page.language}</id>",
        f"<title>HYTE Graph: {escape(page.say('info-changes'))}</title>",
        f"<updated>{days[0].day.isoformat()}T00:00:00Z</updated>",
        "<author><name>HYTE Graph</name></author>",
        f'<link rel="self" href={quoteattr(address)}/>',
        f"<link href={quoteattr(public_base() + url_for('info_pages.changes'))}/>",
        *(_entry(page, one) for one in days),
        "</feed>",
    ]
    return Response("\n".join(lines) + "\n", mimetype="application/atom+xml")


@info.get("/changes.atom")
def any_feed() -> Response:
    """Lead to the feed in the language of the reader."""
    answer = make_response(redirect(url_for("info_pages.feed", lang=best_language()), 303))
    answer.headers["Vary"] = "Accept-Language"
    return answer


def told(page: Page, one: LawDay) -> str:
    """Return what happens on a day, as a sentence."""
    act = page.label(one.act).value
    if one.kind == "enters":
        return page.say("info-enters", act=act)
    return page.plural("info-begins-" if one.kind == "begins" else "info-ends-", one.count, act=act)


def _entry(page: Page, one: LawDay) -> str:
    link = quoteattr(public_base() + page.href(one.act))
    return (
        f"<entry><id>{escape(BASE)}changes/{page.language}/{escape(one.name)}</id>"
        f"<title>{escape(told(page, one))}</title><updated>{one.day.isoformat()}T00:00:00Z</updated>"
        f"<link href={link}/><summary>{page.day(one.day)}</summary></entry>"
    )
