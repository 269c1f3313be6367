"""The first page of a language: what the site holds, and what it rests on."""

from __future__ import annotations

from hyte_graph.reports.site.page import Page


class StartPage(Page):
    """What the template of the first page asks."""

    name = "index"
    title_key = "site-index-title"

    def parts(self) -> list[tuple[str, str, str]]:
        """Return each page with its address, its name and what it holds."""
        rules = self.say("site-rules-holds", rules=len(self.stock.catalogue.rules))
        terms = self.say("site-terms-holds", concepts=len(self.stock.concepts))
        return [
            ("terms", self.say("site-terms-title"), terms),
            ("ontology", self.say("site-ontology-title"), self._ontology()),
            ("codes", self.say("site-codes-title"), self._codes()),
            ("norms", self.say("site-norms-title"), self._norms()),
            ("rules", self.say("site-rules-title"), rules),
        ]

    def _ontology(self) -> str:
        properties = sum(len(found) for found in self.stock.properties.values())
        return self.say("site-ontology-holds", classes=len(self.stock.classes), properties=properties)

    def _codes(self) -> str:
        codes = sum(len(found) for found in self.stock.schemes.values())
        return self.say("site-codes-holds", schemes=len(self.stock.schemes), codes=codes)

    def _norms(self) -> str:
        norms = self.stock.knowledge.norms.values()
        drafts = sum(norm.kind == "DraftNorm" for norm in norms)
        guidance = sum(norm.kind == "GuidanceNorm" for norm in norms)
        law = len(norms) - drafts - guidance
        return self.say("site-norms-holds", law=law, guidance=guidance, drafts=drafts)
