"""Rules: what each finds, and its shape."""

from __future__ import annotations

from flask import render_template

from hyte_graph.store.rdf import FORMATS, described, written
from hyte_web.page import Page


def index(page: Page, _: str) -> str:
    """Return the norms that rules check, with their rules."""
    rules = page.site.catalogue.by_norm
    checked = [(norm, rules[norm.slug]) for norm in page.site.norms.values() if norm.slug in rules]
    return render_template("rules.html", page=page, checked=checked)


def sheet(page: Page, address: str) -> str:
    """Return the page of a rule or of a shape that rules use, with its Turtle."""
    site = page.site
    rule = site.catalogue.rules.get(address)
    shapes = (address, *rule.counts) if rule else (address,)
    turtle = written((triple for shape in shapes for triple in described(site.store, shape)), FORMATS[0]).decode()
    return render_template("rule.html", page=page, address=address, rule=rule, turtle=turtle)
