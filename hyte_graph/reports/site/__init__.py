"""The static site: reference pages and the term list in each language, made from the graph alone."""

from __future__ import annotations

from collections.abc import Sequence

from hyte_graph.languages import LANGUAGES
from hyte_graph.messages import say
from hyte_graph.reports.site.codes import CodesPage
from hyte_graph.reports.site.norms import NormsPage
from hyte_graph.reports.site.ontology import OntologyPage
from hyte_graph.reports.site.page import Page
from hyte_graph.reports.site.rules import RulesPage
from hyte_graph.reports.site.start import StartPage
from hyte_graph.reports.site.stock import Stock
from hyte_graph.reports.site.terms import TermsPage
from hyte_graph.reports.templating import initial, template
from hyte_graph.store.knowledge import Knowledge

GENERATOR = "HYTE Graph"
"""The name by which the site knows its own pages again."""

_PAGES: tuple[type[Page], ...] = (StartPage, TermsPage, OntologyPage, CodesPage, NormsPage, RulesPage)


def pages(knowledge: Knowledge, languages: Sequence[str] = LANGUAGES) -> dict[str, str]:
    """Return the HTML of each page by its path, such as "fi/terms.html"; the same graph gives the same bytes."""
    stock = Stock(knowledge, tuple(languages))
    made = {"index.html": _choice(stock)}
    for language in languages:
        for kind in _PAGES:
            page = kind(stock, language)
            made[page.path] = template(f"site/{page.name}.html").render(page=page, generator=GENERATOR)
    return made


def paths() -> frozenset[str]:
    """Return the paths of all the pages that a site can have."""
    return frozenset({"index.html"} | {f"{language}/{kind.name}.html" for language in LANGUAGES for kind in _PAGES})


def _choice(stock: Stock) -> str:
    """Return the page on which a reader chooses a language."""
    leads = {language: say("site-start-lead").within(language) for language in stock.languages}
    names = {language: initial(say("site-language").within(language)) for language in stock.languages}
    return template("site/choice.html").render(languages=stock.languages, leads=leads, names=names, generator=GENERATOR)
