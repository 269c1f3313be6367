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
    "breakdown",
    "certainty",
    "change",
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
    "module",
    "modality",
    "norm",
    "norm-status",
    "organ-kind",
    "organisation-type",
    "outcome",
    "page-kind",
    "parallel-relation",
    "partner-kind",
    "reading",
    "recurrence",
    "region",
    "relation",
    "responsibility",
    "review-state",
    "rule",
    "scheme",
    "source",
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


def iri(kind: str, slug: str) -> str:
    """Return the IRI of a thing: `iri("norm", "x")` is `…/id/norm/x`."""
    return f"{BASE}id/{kind}/{slug}"


def slug(address: str) -> str:
    """Return the last part of an IRI of the project, after `/` or `#`."""
    return address.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def description_base(organisation: str) -> str:
    """Return the base IRI under which the local ids of a description stand."""
    return f"{BASE}id/description/{organisation}/"
