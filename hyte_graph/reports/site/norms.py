"""The page of the norms: law by act; guidance and drafts apart."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from hyte_graph.messages import spoken_day
from hyte_graph.model import Norm, NormException
from hyte_graph.reports.ordering import natural
from hyte_graph.reports.site.page import Page, Ref, Row
from hyte_graph.vocabulary import HYTE, iri, slug

_LANGUAGE_OF_ADDRESS = re.compile(r"https?://[^/]+/(fi|sv)/")
_BEARERS = ("binds", "speaksTo", "wouldBind")
_FACETS = ("isOwedTo", "benefits", "isDeliveredTo", "recurs", "usesInstrument", "hasStrength")
_LINKED = ("isDueWith", "relatesToNorm", "hasReading")
_DAYS = ("appliesFrom", "appliesUntil", "isFirstDueBy")
_USUAL = {"hasNormStatus": "in-force", "hasReviewState": "verified"}


@dataclass(frozen=True, slots=True)
class Part:
    """Norms that stand together: an act, or what is no law."""

    anchor: str
    name: str
    links: tuple[tuple[str, str], ...]  # language and official address
    norms: tuple[Norm, ...]


class NormsPage(Page):
    """What the template of the norms asks."""

    name = "norms"
    title_key = "site-norms-title"

    def acts(self) -> list[Part]:
        """Return the norms of law by act, the oldest first, in the order of the act."""
        return self._by_act([norm for norm in self._norms() if norm.provision.act and norm.kind != "DraftNorm"], "law")

    def drafts(self) -> list[Part]:
        """Return what bills asked that never became law."""
        return self._by_act([norm for norm in self._norms() if norm.kind == "DraftNorm"], "act-draft")

    def guidance(self) -> list[Part]:
        """Return what guidance asks, and what an area promises."""
        found: dict[str, list[Norm]] = defaultdict(list)
        for norm in self._norms():
            if norm.kind == "GuidanceNorm":
                found[norm.strength].append(norm)
        return [
            Part(f"strength/{code}", self.named(iri("strength", code)), (), tuple(norms))
            for code, norms in sorted(found.items())
        ]

    def _norms(self) -> list[Norm]:
        norms = self.stock.knowledge.norms.values()
        return sorted(norms, key=lambda norm: (natural(slug(norm.provision.iri)), norm.slug))

    def _by_act(self, norms: list[Norm], kind: str) -> list[Part]:
        found: dict[str, list[Norm]] = defaultdict(list)
        for norm in norms:
            found[norm.provision.act].append(norm)
        return [self._act(act, kind, tuple(found[act])) for act in sorted(found, key=natural)]

    def _act(self, act: str, kind: str, norms: tuple[Norm, ...]) -> Part:
        address = iri(kind, act)
        links = tuple((told[1], link) for link in self._see_also(address) if (told := _spoken_at(link)))
        return Part(f"act/{act}", self.named(address), links, norms)

    def _see_also(self, address: str) -> list[str]:
        return self.stock.graph.values(address, "rdfs:seeAlso")

    def link(self, norm: Norm) -> tuple[str, str]:
        """Return the official address of the act of a norm and its language; empty where it has none."""
        address = self.text(norm.provision.link)
        found = _spoken_at(address)
        return address, found[1] if found else ""

    def kind(self, norm: Norm) -> Ref:
        """Return what kind of norm it is."""
        return self.ref(HYTE + norm.kind)

    def alerts(self, norm: Norm) -> list[Ref]:
        """Return the states of a norm that a reader must not miss: no longer in force, not verified."""
        told = [(self.stock.graph.value(norm.iri, name) or "", usual) for name, usual in _USUAL.items()]
        return [self.ref(code) for code, usual in told if slug(code) != usual]

    def facets(self, norm: Norm) -> list[Row]:
        """Return whom a norm binds, towards whom, how often, by which means, on what strength, and since when."""
        rows = [self.row(norm.iri, name) for name in (*_BEARERS, *_FACETS)]
        rows += [self._days(norm, name) for name in _DAYS]
        rows += [self.row(norm.iri, name) for name in _LINKED]
        return [row for row in rows if row.refs]

    def _days(self, norm: Norm, name: str) -> Row:
        day: date | None = self.stock.graph.day(norm.iri, name)
        return Row(self.named(HYTE + name), (Ref(spoken_day(day, self.language), ""),) if day else ())

    def exempted(self, exception: NormException) -> tuple[str, Ref | None]:
        """Return the kind of an exception, and the norm that stands in its place."""
        instead = self.ref(iri("norm", exception.replaced_by)) if exception.replaced_by else None
        return self.named(HYTE + exception.kind), instead

    def currency(self, norm: Norm) -> str:
        """Return up to when the text of the law was looked at."""
        found = self.stock.graph.optional_text(norm.iri, "currencyNote")
        return self.text(found) if found else ""

    def rules(self, norm: Norm) -> tuple[Ref, ...]:
        """Return the rules that check a norm."""
        found = self.stock.catalogue.by_norm.get(norm.slug, ())
        return tuple(Ref(slug(rule.iri), self.href(rule.iri), is_code=True) for rule in found)

    def terms(self, norm: Norm) -> tuple[Ref, ...]:
        """Return the concepts that a norm uses."""
        return self.refs(self.stock.pointing["isUsedInNorm"][norm.iri])

    def statements(self, norm: Norm) -> list[tuple[str, Ref]]:
        """Return the statements of the sources that speak of the matter of a norm, with how they stand to it."""
        graph = self.stock.graph
        found = self.stock.pointing["comparesNorm"][norm.iri]
        told = [(graph.value(node, "reconciles") or "", graph.value(node, "hasRelation") or "") for node in found]
        named = [(self.named(statement), self.ref(relation)) for statement, relation in told if statement]
        return sorted(named, key=lambda pair: natural(pair[0]))


def _spoken_at(address: str) -> re.Match[str] | None:
    return _LANGUAGE_OF_ADDRESS.match(address)
