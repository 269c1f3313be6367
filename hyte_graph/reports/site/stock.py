"""What all pages read: the graph, and for each thing of it the place on the site where it is told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

from hyte_graph.compliance.catalogue import Catalogue, read_catalogue
from hyte_graph.languages import Text
from hyte_graph.reports.ordering import natural
from hyte_graph.reports.site.usage import count_rules, count_uses
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.triples import Triples
from hyte_graph.vocabulary import BASE, FOREIGN, HYTE, PREFIXES, iri, slug

_PREFIX_OF = {start: prefix for prefix, start in PREFIXES.items()}
_TERMINOLOGY = iri("scheme", "terminology")
_FOLLOWED_BACK = (
    "comparesNorm",
    "isFoundIn",
    "isModelledAs",
    "isUsedInNorm",
    "rdfs:domain",
    "rdfs:range",
    "rdfs:subClassOf",
    "skos:broader",
    "skos:member",
)
_PROPERTIES = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")


class Stock:
    """The graph as the pages need it; everything is read when first asked for, and once for all languages."""

    def __init__(self, knowledge: Knowledge, languages: tuple[str, ...]) -> None:
        self.knowledge = knowledge
        self.languages = languages
        self._labels: dict[str, Text] = {}

    def label(self, address: str) -> Text:
        """Return the name of a thing in the three languages; its short IRI where it has none."""
        if address not in self._labels:
            self._labels[address] = self._read_label(address)
        return self._labels[address]

    def _read_label(self, address: str) -> Text:
        name = self.knowledge.label(address)
        if name == Text.same(address):
            return self.graph.optional_text(address, "dcterms:title") or Text.same(short(address))
        return name

    @property
    def graph(self) -> Triples:
        """Return the whole ontology as an index."""
        return self.knowledge.triples

    @cached_property
    def catalogue(self) -> Catalogue:
        """Return the rules that check norms."""
        return read_catalogue(self.knowledge.shape_index)

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """Return the classes of the project."""
        return self._own("Class")

    @cached_property
    def properties(self) -> dict[str, tuple[str, ...]]:
        """Return the properties of the project by their kind."""
        return {kind: self._own(kind) for kind in _PROPERTIES}

    def _own(self, kind: str) -> tuple[str, ...]:
        found = self.graph.of_class(FOREIGN["owl"] + kind)
        return tuple(dict.fromkeys(node for node in found if node.startswith(HYTE)))

    @cached_property
    def schemes(self) -> dict[str, tuple[str, ...]]:
        """Return the codes of each scheme by its IRI; the terminology is no scheme of codes."""
        schemes = [node for node in self.graph.of_class(FOREIGN["skos"] + "ConceptScheme") if node != _TERMINOLOGY]
        return {scheme: self._members(scheme) for scheme in schemes}

    @cached_property
    def concepts(self) -> tuple[str, ...]:
        """Return the concepts of the terminology."""
        return self._members(_TERMINOLOGY)

    def _members(self, scheme: str) -> tuple[str, ...]:
        return tuple(sorted(self._by_scheme[scheme], key=natural))

    @cached_property
    def _by_scheme(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for node in self.graph.having("skos:inScheme"):
            for scheme in self.graph.values(node, "skos:inScheme"):
                found[scheme].append(node)
        return found

    @cached_property
    def places(self) -> dict[str, str]:
        """Return the address of each thing within the pages of one language, such as "terms.html#hyte"."""
        return dict(self._placed())

    def _placed(self) -> Iterator[tuple[str, str]]:
        for node in (*self.classes, *(item for found in self.properties.values() for item in found)):
            yield node, f"ontology.html#{slug(node)}"
        for node in (*self.schemes, *(item for found in self.schemes.values() for item in found)):
            yield node, f"codes.html#{kind_and_slug(node)}"
        yield _TERMINOLOGY, "terms.html"
        for node in self.concepts:
            yield node, f"terms.html#{slug(node)}"
        for norm in self.knowledge.norms.values():
            yield norm.iri, f"norms.html#{norm.slug}"
            if norm.provision.act:
                yield iri(_kind_of_act(norm.provision.iri), norm.provision.act), f"norms.html#act/{norm.provision.act}"
        for node in (*self.catalogue.rules, *self.evidence_shapes, *self.sound_shapes):
            yield node, f"rules.html#{slug(node)}"

    @cached_property
    def evidence_shapes(self) -> dict[str, tuple[Text, ...]]:
        """Return the shapes that tell what a fact must be like to count, each with what it remarks on."""
        named = {node for rule in self.catalogue.rules.values() for node in rule.counts}
        holders = {node for node in self._messages if "--" not in slug(node) and not slug(node).startswith("sound-")}
        holders |= {node.rsplit("--", 1)[0] for node in self._messages if "--" in slug(node)}
        return {node: self._remarks(node) for node in sorted(named | holders)}

    @cached_property
    def sound_shapes(self) -> dict[str, Text]:
        """Return the messages of the shapes on the soundness of a description."""
        return {node: text for node, text in self._messages.items() if slug(node).startswith("sound-")}

    @cached_property
    def _messages(self) -> dict[str, Text]:
        """Return the messages of shapes that check no norm; that of a SPARQL constraint is its rule's own."""
        constraints = {
            item for rule in self.catalogue.rules for item in self.knowledge.shape_index.values(rule, "sh:sparql")
        }
        told = self.catalogue.messages.items()
        return {node: text for node, text in told if node not in self.catalogue.rules and node not in constraints}

    def _remarks(self, shape: str) -> tuple[Text, ...]:
        return tuple(text for node, text in self._messages.items() if node == shape or node.startswith(f"{shape}--"))

    @cached_property
    def source_names(self) -> dict[str, Text]:
        """Return the short names of the source documents: those by which their statements are called."""
        return {source: self._short_name(source) for source in self.graph.of_class(HYTE + "SourceDocument")}

    def _short_name(self, source: str) -> Text:
        statement = next(iter(self.pointing["isFoundIn"][source]), source)
        names = self.label(statement).as_dict().values()
        return Text(*(name.rpartition(" ")[0].rstrip(":") for name in names))

    @cached_property
    def uses(self) -> Counter[str]:
        """Return how many things of the graph use each class, property or code."""
        return count_uses(self.knowledge)

    @cached_property
    def rule_uses(self) -> Counter[str]:
        """Return in how many shapes each class, property or code occurs."""
        return count_rules(self.knowledge.shape_index)

    @cached_property
    def pointing(self) -> dict[str, dict[str, list[str]]]:
        """Return, for each property and thing, what points to the thing by the property."""
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for predicate in _FOLLOWED_BACK:
            for node in self.graph.having(predicate):
                for value in self.graph.values(node, predicate):
                    found[predicate][value].append(node)
        return found


def kind_and_slug(address: str) -> str:
    """Return the end of the IRI of a thing: "norm-status/in-force"."""
    return address.removeprefix(f"{BASE}id/")


def short(address: str) -> str:
    """Return an IRI with the prefix that the project uses for it, or the IRI where there is none."""
    cut = max(address.rfind("#"), address.rfind("/")) + 1
    prefix = _PREFIX_OF.get(address[:cut])
    return f"{prefix}:{address[cut:]}" if prefix and cut < len(address) else address


def _kind_of_act(provision: str) -> str:
    return kind_and_slug(provision).partition("/")[0]
