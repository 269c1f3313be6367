"""The term list: every concept with its labels in three languages, what it means and where it is used."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from hyte_graph.languages import LANGUAGES
from hyte_graph.reports.ordering import alphabetical, letter, natural
from hyte_graph.reports.site.page import Page, Ref, Row
from hyte_graph.vocabulary import slug

_MATCHES = ("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a concept in one language, with how far it rests on a source."""

    text: str
    status: Ref
    sources: tuple[Ref, ...]
    forms: tuple[tuple[str, str], ...]  # language and form in which the source has it


@dataclass(frozen=True, slots=True)
class Column:
    """A concept in one language."""

    language: str
    preferred: tuple[Label, ...]
    alternative: tuple[Label, ...]
    definition: str


class TermsPage(Page):
    """What the template of the term list asks."""

    name = "terms"
    title_key = "site-terms-title"

    def letters(self) -> list[tuple[str, list[str]]]:
        """Return the concepts by the first letter of their label in the language of the page."""
        ordered = sorted(self.stock.concepts, key=lambda node: (alphabetical(self.named(node)), node))
        return [(sign, list(found)) for sign, found in groupby(ordered, key=lambda node: letter(self.named(node)))]

    def columns(self, node: str) -> list[Column]:
        """Return a concept side by side in its languages, that of the page first."""
        ordered = sorted(LANGUAGES, key=lambda language: language != self.language)
        preferred, alternative = self._labels(node, "prefLabel"), self._labels(node, "altLabel")
        meaning = self.stock.graph.text(node, "skos:definition")
        return [Column(one, preferred[one], alternative[one], meaning.within(one)) for one in ordered]

    def _labels(self, node: str, kind: str) -> dict[str, tuple[Label, ...]]:
        found: dict[str, list[Label]] = defaultdict(list)
        for holder in self.stock.graph.values(node, f"skosxl:{kind}"):
            for language, text in self.stock.graph.spoken(holder, "skosxl:literalForm"):
                found[language].append(self._read(holder, text))
        return {one: tuple(sorted(found[one], key=_by_text)) for one in LANGUAGES}

    def _read(self, holder: str, text: str) -> Label:
        graph = self.stock.graph
        status = self.ref(graph.value(holder, "hasLabelStatus") or "")
        named = [self._source(address) for address in graph.values(holder, "dcterms:source")]
        sources = tuple(source for source in named if source.name)
        return Label(text, status, sources, tuple(graph.spoken(holder, "hasAttestedForm")))

    def _source(self, address: str) -> Ref:
        """Return a source by its short name; the project itself as a source goes without saying."""
        if address in self.stock.source_names:
            return Ref(self.text(self.stock.source_names[address]), "")
        if "/module/" in address:
            return Ref("", "")
        return self.ref(address)

    def divergence(self, node: str) -> str:
        """Return how the words of the languages differ in meaning, empty where nothing is noted."""
        found = self.stock.graph.optional_text(node, "divergenceNote")
        return self.text(found) if found else ""

    def relations(self, node: str) -> list[Row]:
        """Return how a concept stands to others, to codes, classes and things of the graph."""
        graph, pointing = self.stock.graph, self.stock.pointing
        told = [("site-broader", graph.values(node, "skos:broader"))]
        told.append(("site-narrower", list({*graph.values(node, "skos:narrower"), *pointing["skos:broader"][node]})))
        told.append(("site-related", graph.values(node, "skos:related")))
        told.append(("site-group", pointing["skos:member"][node]))
        told.append(("site-matches", [item for match in _MATCHES for item in graph.values(node, match)]))
        rows = [Row(self.say(key), self.refs(found)) for key, found in told if found]
        rows += [self.row(node, predicate) for predicate in ("isModelledAs", "namesThing")]
        return [row for row in rows if row.refs]

    def norms(self, node: str) -> list[tuple[str, Ref]]:
        """Return the norms that use a concept, each with its citation, in the order of the acts."""
        norms = self.stock.knowledge.norms
        found = [norms[slug(address)] for address in self.stock.graph.values(node, "isUsedInNorm")]
        found.sort(key=lambda norm: (not norm.is_binding, natural(norm.provision.iri)))
        return [(self.text(norm.provision.citation), self.ref(norm.iri)) for norm in found]

    def statements(self, node: str) -> list[tuple[str, list[str]]]:
        """Return the numbers of the statements that use a concept, by source."""
        names = [self.named(address) for address in self.stock.graph.values(node, "isUsedInStatement")]
        split = sorted((name.rpartition(" ")[::2] for name in names), key=lambda pair: (pair[0], natural(pair[1])))
        return [(source, [number for _, number in found]) for source, found in groupby(split, key=lambda pair: pair[0])]

    def sources(self) -> list[tuple[str, str]]:
        """Return the source documents: the short name used on the page, and what it is."""
        return [(self.text(name), self.definition(address)) for address, name in self.stock.source_names.items()]


def _by_text(label: Label) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
    """Return a key without ties: labels are read in an order that differs from run to run."""
    return alphabetical(label.text), label.text, label.status.name, label.forms
