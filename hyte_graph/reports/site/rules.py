"""The rule book: what is checked, family by family, and what counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from hyte_graph.model import Norm, Rule
from hyte_graph.reports.ordering import alphabetical, natural
from hyte_graph.reports.site.page import Page, Ref
from hyte_graph.vocabulary import iri, slug


@dataclass(frozen=True, slots=True)
class Family:
    """The rules of one family, norm by norm."""

    anchor: str
    name: str
    norms: tuple[tuple[Norm, tuple[Rule, ...]], ...]

    @property
    def size(self) -> int:
        return sum(len(rules) for _, rules in self.norms)


class RulesPage(Page):
    """What the template of the rule book asks."""

    name = "rules"
    title_key = "site-rules-title"

    def families(self) -> list[Family]:
        """Return the families of rules, by name."""
        found: dict[str, list[Norm]] = defaultdict(list)
        for norm in self.stock.knowledge.norms.values():
            if norm.slug in self.stock.catalogue.by_norm:
                found[norm.family].append(norm)
        return sorted((self._family(code, norms) for code, norms in found.items()), key=_by_name)

    def _family(self, code: str, norms: list[Norm]) -> Family:
        ordered = sorted(norms, key=lambda norm: (not norm.is_binding, natural(slug(norm.provision.iri)), norm.slug))
        by_norm = self.stock.catalogue.by_norm
        return Family(f"subject/{code}", self.named(iri("subject", code)), tuple((n, by_norm[n.slug]) for n in ordered))

    def finds(self, rule: Rule) -> Ref:
        """Return what kind of finding a rule makes."""
        return self.ref(iri("finding-kind", rule.finds))

    def reading(self, rule: Rule) -> Ref | None:
        """Return the reading of the law to which a rule belongs, if the law has several."""
        return self.ref(iri("reading", rule.reading)) if rule.reading else None

    def shapes(self, addresses: tuple[str, ...]) -> list[Ref]:
        """Return shapes by their slugs."""
        return [Ref(slug(address), self.href(address), is_code=True) for address in addresses]

    def uncheckable(self) -> list[tuple[Norm, str]]:
        """Return the duties that no rule can check, each with the reason."""
        norms = sorted(self.stock.knowledge.norms.values(), key=lambda norm: natural(slug(norm.provision.iri)))
        return [(norm, self.text(norm.not_checkable)) for norm in norms if norm.not_checkable]

    def targets(self, shape: str) -> tuple[Ref, ...]:
        """Return the classes of facts that a shape looks at."""
        return self.refs(self.stock.catalogue.targets.get(shape, ()))


def _by_name(family: Family) -> str:
    return alphabetical(family.name)
