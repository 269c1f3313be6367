"""What the project knows: the law, the registers, the words and the rules, read from the shipped files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import pyoxigraph

from hyte_graph.errors import KnowledgeError
from hyte_graph.languages import Text
from hyte_graph.model import Actor, CouncilTerm, Norm
from hyte_graph.resources import root
from hyte_graph.store.norms import read_norm
from hyte_graph.store.outline import Outline, outline_of
from hyte_graph.store.registers import read_actor, read_term
from hyte_graph.store.selection import constraints_on
from hyte_graph.store.snapshot import kept
from hyte_graph.store.triples import Triples
from hyte_graph.versions import content_digest, files_digest
from hyte_graph.vocabulary import HYTE, iri

if TYPE_CHECKING:  # it takes longer to import than most of what is asked of the knowledge
    from rdflib import Graph

_Made = TypeVar("_Made")

NORM_CLASSES = (
    "Obligation",
    "Prohibition",
    "Permission",
    "Competence",
    "Right",
    "DefinitionNorm",
    "ScopeRule",
    "Incentive",
    "DraftNorm",
    "GuidanceNorm",
)
_LIBRARY = frozenset({"2017-crosswalk.ttl", "quality.ttl", "terminology.ttl", "terminology-labels.ttl"})


def _is_library(path: Path) -> bool:
    """Return whether a file, named from the folder of the ontology, is of the library."""
    return path.parts[0] in ("sources", "questions") or path.name in _LIBRARY


def parse_file(path: Path) -> Iterator[pyoxigraph.Quad]:
    """Yield the quads of one shipped Turtle file.

    Raises:
        KnowledgeError: the file is no Turtle.
    """
    try:
        yield from pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    except (SyntaxError, ValueError, OSError) as error:
        raise KnowledgeError(Text.same(f"{path.name}: {error}")) from error


@dataclass(frozen=True)
class Knowledge:
    """The ontology as an index, and the rules as a graph; everything is read when first asked for.

    What takes long to make of the files comes from the snapshots of earlier runs where there are some (see `snapshot`).
    """

    ontology: Path
    rules: Path

    @classmethod
    def shipped(cls) -> Knowledge:
        """Return the knowledge that comes with the project."""
        return cls(root("ontology"), root("rules"))

    @cached_property
    def digest(self) -> str:
        """Return a digest of the files of the ontology and the rules."""
        if self == Knowledge.shipped():
            return f"{content_digest('ontology', self.ontology)}-{content_digest('rules', self.rules)}"
        return f"{files_digest(self.ontology)}-{files_digest(self.rules)}"

    def prepared(self, part: str, make: Callable[[], _Made]) -> _Made:
        """Return what is made of this knowledge, under a name of its own; it is made once and kept between runs."""
        if part not in self.kept:
            self.kept[part] = kept(part, self.digest, make)
        return cast("_Made", self.kept[part])

    @property
    def law(self) -> Triples:
        """Return the law, the registers and the codes as an index, but not the library."""
        return self.prepared("law", self._law)

    def _law(self) -> Triples:
        return self._index(path for path in self._files() if not _is_library(path.relative_to(self.ontology)))

    @property
    def outline(self) -> Outline:
        """Return what a check asks of the law, apart from norms and registers."""
        return self.prepared("outline", lambda: outline_of(self.law))

    @property
    def triples(self) -> Triples:
        """Return the whole ontology as an index: the law, and the library of sources, terms and drafts compared."""
        return self.prepared("ontology", lambda: self._index(self._files()))

    def _files(self) -> list[Path]:
        return sorted(self.ontology.rglob("*.ttl"))

    def _index(self, files: Iterable[Path]) -> Triples:
        return Triples(quad for path in files for quad in parse_file(path))

    @cached_property
    def rule_quads(self) -> tuple[pyoxigraph.Quad, ...]:
        """Return every rule as quads of Oxigraph, as they were read."""
        files = [path for path in sorted(self.rules.rglob("*.ttl")) if "cases" not in path.parts]
        return tuple(quad for path in files for quad in parse_file(path))

    @cached_property
    def shapes(self) -> Graph:
        """Return every rule as one graph; the cases beside the rules are no part of it."""
        from hyte_graph.store.terms import graph_of

        return graph_of(self.rule_quads)

    @cached_property
    def shape_index(self) -> Triples:
        """Return every rule as an index."""
        return Triples(self.rule_quads)

    @cached_property
    def kept(self) -> dict[str, object]:
        """Return what other parts have made of this knowledge; it lives as long as this."""
        return {}

    def shapes_for(self, classes: Collection[str]) -> Graph:
        """Return the part of the rules that can find anything in data with instances of these classes only."""
        from hyte_graph.store.terms import graph_of

        return graph_of(constraints_on(classes, self.rule_quads))

    @property
    def norms(self) -> dict[str, Norm]:
        """Return every norm by its slug."""
        return self.prepared("norms", self._norms)

    def _norms(self) -> dict[str, Norm]:
        found = [read_norm(self.law, node, kind) for kind in NORM_CLASSES for node in self._of(kind)]
        return {norm.slug: norm for norm in sorted(found, key=lambda norm: norm.slug)}

    @property
    def actors(self) -> dict[str, Actor]:
        """Return every actor of the registers by its slug."""
        return self.prepared("actors", self._actors)

    def _actors(self) -> dict[str, Actor]:
        kinds = ("WellbeingServicesCounty", "Municipality", "JointAuthority")
        members = self._members()
        found = [read_actor(self.law, node, kind, members) for kind in kinds for node in self._of(kind)]
        return {actor.slug: actor for actor in sorted(found, key=lambda actor: actor.slug)}

    @property
    def terms(self) -> tuple[CouncilTerm, ...]:
        """Return the council terms, the earliest first."""
        return self.prepared("terms", self._terms)

    def _terms(self) -> tuple[CouncilTerm, ...]:
        found = [read_term(self.law, node) for node in self._of("CouncilTerm")]
        return tuple(sorted(found, key=lambda term: (term.of, term.starts)))

    @property
    def classes(self) -> frozenset[str]:
        """Return the IRIs of all classes."""
        return self.outline.classes

    @property
    def properties(self) -> frozenset[str]:
        """Return the IRIs of all properties."""
        return self.outline.properties

    @cached_property
    def _superclasses(self) -> dict[str, frozenset[str]]:
        return {}

    def superclasses(self, address: str) -> frozenset[str]:
        """Return a class and all its superclasses (the part of RDFS that the rules need)."""
        known = self._superclasses
        if address not in known:
            above = self.outline.above.get(address, ())
            known[address] = frozenset({address}).union(*(self.superclasses(item) for item in above))
        return known[address]

    @cached_property
    def _names(self) -> dict[str, str]:
        return {name: actor.slug for actor in self.actors.values() for name in self._spoken(actor)}

    def _spoken(self, actor: Actor) -> set[str]:
        names = {actor.label.fi, actor.label.sv}
        if actor.slug == "helsinki":
            names |= {"Helsingin kaupunki", "Helsingfors stad"}
        return names

    def actor_named(self, name: str) -> str | None:
        """Return the slug of the actor with exactly this official name, or None."""
        return self._names.get(name.strip())

    def label(self, address: str) -> Text:
        """Return the label of any resource; its IRI where it has none."""
        known = self.outline.labels
        if address in known:
            spoken = known[address]
            return Text(*spoken) if spoken else Text.same(address)
        told = (self.triples.optional_text(address, predicate) for predicate in ("skos:prefLabel", "rdfs:label"))
        return next((text for text in told if text), Text.same(address))

    def code(self, kind: str, slug: str) -> Text:
        """Return the label of a code, such as `code("outcome", "fulfilled")`."""
        return self.label(iri(kind, slug))

    def _of(self, kind: str) -> list[str]:
        return self.law.of_class(HYTE + kind)

    def _members(self) -> dict[str, tuple[str, ...]]:
        members: dict[str, list[str]] = {}
        for node in self._of("Membership"):
            county, member = self.law.value(node, "ofCounty"), self.law.value(node, "hasMember")
            if county and member:
                members.setdefault(county, []).append(member.rsplit("/", 1)[-1])
        return {county: tuple(sorted(found)) for county, found in members.items()}
