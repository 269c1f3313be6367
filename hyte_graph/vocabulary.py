"""Namespaces and prefixes: the one place where the base IRI stands."""

from __future__ import annotations

from typing import Final

BASE: Final = "https://w3id.org/hyte-graph/"
HYTE: Final = BASE + "ontology#"

KINDS: Final = (
    "act-draft",
    "actor",
    "actor-kind",
    "answer",
    "answer-basis",
    "audience",
    "breakdown",
    "certainty",
    "change",
    "checkability",
    "compare-relation",
    "condition",
    "content",
    "crosswalk",
    "date-precision",
    "decision-type",
    "document-status",
    "draft-obligation",
    "duty",
    "evidence-state",
    "evidence-type",
    "exception",
    "finding-kind",
    "followed-matter",
    "influence-group",
    "instrument",
    "label-status",
    "law",
    "modality",
    "module",
    "norm",
    "norm-status",
    "obligation-group",
    "organ-kind",
    "organisation-type",
    "outcome",
    "page-kind",
    "parallel-relation",
    "parameter",
    "partner-kind",
    "question",
    "reading",
    "recurrence",
    "region",
    "relation",
    "responsibility",
    "review-state",
    "rule",
    "scheme",
    "severity",
    "source",
    "source-obligation",
    "source-state",
    "source-status",
    "statement",
    "statement-kind",
    "statement-modality",
    "statement-status",
    "strength",
    "subject",
    "term",
    "term-basis",
    "theme",
    "timing",
)
"""The kinds of things: each has its own prefix and the address `…/id/<kind>/<slug>`."""

FOREIGN: Final = {
    "cccev": "http://data.europa.eu/m8g/",
    "cpov": "http://data.europa.eu/m8g/",
    "dcterms": "http://purl.org/dc/terms/",
    "earl": "http://www.w3.org/ns/earl#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "mf": "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "sht": "http://www.w3.org/ns/shacl-test#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Vocabularies of others, by the prefix that the project uses for them."""

PREFIXES: Final = (
    {kind: f"{BASE}id/{kind}/" for kind in KINDS}
    | {name: iri for name, iri in FOREIGN.items() if name != "cpov"}
    | {"hyte": HYTE}
)
"""Every prefix of the project's files."""

_PREFIX_OF: Final = {space: prefix for prefix, space in PREFIXES.items()}


def iri(kind: str, slug: str) -> str:
    """Return the IRI of a thing: `iri("norm", "x")` is `…/id/norm/x`."""
    return f"{BASE}id/{kind}/{slug}"


def slug(address: str) -> str:
    """Return the last part of an IRI of the project, after `/` or `#`."""
    return address.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def full(name: str) -> str:
    """Return the IRI of a prefixed name, such as "hyte:binds"; what is no such name comes back as it is."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else name


def prefixed(address: str) -> str:
    """Return the prefixed name of an IRI, such as "norm:x"; an IRI of no known space comes back as it is."""
    cut = max(address.rfind("#"), address.rfind("/")) + 1
    prefix = _PREFIX_OF.get(address[:cut])
    return f"{prefix}:{address[cut:]}" if prefix and address[cut:] else address


def description_base(organisation: str) -> str:
    """Return the base IRI under which the local ids of a description stand."""
    return f"{BASE}id/description/{organisation}/"
