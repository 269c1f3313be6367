"""The page of the codes: each scheme with its members."""

from __future__ import annotations

from hyte_graph.reports.ordering import alphabetical
from hyte_graph.reports.site.page import Page, Row
from hyte_graph.reports.site.stock import kind_and_slug


class CodesPage(Page):
    """What the template of the codes asks."""

    name = "codes"
    title_key = "site-codes-title"

    def schemes(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return each scheme with its codes, both by name in the language of the page."""
        ordered = sorted(self.stock.schemes, key=lambda scheme: alphabetical(self.named(scheme)))
        return [(scheme, self._codes(scheme)) for scheme in ordered]

    def _codes(self, scheme: str) -> tuple[str, ...]:
        found = self.stock.schemes[scheme]
        return tuple(sorted(found, key=lambda node: (alphabetical(self.named(node)), node)))

    def anchor(self, address: str) -> str:
        """Return the id of a scheme or code on the page."""
        return kind_and_slug(address)

    def relations(self, node: str) -> list[Row]:
        """Return how a code stands to others."""
        broader = self.stock.graph.values(node, "skos:broader")
        return [Row(self.say("site-broader"), self.refs(broader))] if broader else []

    def use(self, node: str) -> str:
        """Return how much of the graph and of the rules use a code."""
        return self.say("site-use", things=self.stock.uses[node], shapes=self.stock.rule_uses[node])
