"""The catalogue of the data (DCAT-AP 3): the data set, its files, and the services that answer questions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, XSD

from hyte_graph.store.rdf import Format
from hyte_graph.versions import content_digest, package_version
from hyte_graph.vocabulary import BASE
from hyte_web.forms import LICENCE
from hyte_web.publish import graphs
from hyte_web.publish.dumps import Dump, dumps
from hyte_web.publish.graphs import DCATAP, SPDX, VCARD, put, say
from hyte_web.sentences import said
from hyte_web.site import Site

CATALOGUE, DATASET, PUBLISHER = (URIRef(f"{BASE}catalog{part}") for part in ("", "#dataset", "#publisher"))
_EU = "http://publications.europa.eu/resource/authority/"
_LANGUAGES = [URIRef(f"{_EU}language/{code}") for code in ("FIN", "SWE", "ENG")]
_IANA = "https://www.iana.org/assignments/media-types/"
_VERSION = URIRef(f"{DCAT}version")
_ACT = 2  # parts of the slug of an act, such as 2021-612


@dataclass(frozen=True, slots=True)
class Told:
    """What whoever runs the site tells: its address, their name and contact, the law that orders the data."""

    base: str
    operator: str
    contact: str
    legislation: tuple[str, ...]  # ELI


def written(site: Site, told: Told, form: Format) -> bytes:
    """Return the catalogue in a form."""
    return graphs.written(_graph(site, told), form)


@lru_cache(maxsize=4)
def _graph(site: Site, told: Told) -> Graph:
    graph, base = graphs.new(), told.base
    put(graph, CATALOGUE, DCAT.Catalog)
    say(graph, CATALOGUE, DCTERMS.title, said("data-catalogue"))
    say(graph, CATALOGUE, DCTERMS.description, said("data-catalogue-text"))
    put(graph, PUBLISHER, FOAF.Agent)
    graph.add((PUBLISHER, FOAF.name, Literal(told.operator or "HYTE Graph")))
    for node in (CATALOGUE, DATASET):
        graph.add((node, DCTERMS.publisher, PUBLISHER))
        graph.add((node, DCTERMS.license, URIRef(LICENCE)))
        for language in _LANGUAGES:
            graph.add((node, DCTERMS.language, language))
    graph.add((CATALOGUE, FOAF.homepage, URIRef(f"{base}/")))
    graph.add((CATALOGUE, DCAT.dataset, DATASET))
    _add_dataset(graph, site)
    _add_told(graph, told)
    for dump in dumps(site):
        _add_distribution(graph, base, dump)
    _add_services(graph, base)
    return graph


def _add_dataset(graph: Graph, site: Site) -> None:
    put(graph, DATASET, DCAT.Dataset)
    say(graph, DATASET, DCTERMS.title, said("data-set"))
    say(graph, DATASET, DCTERMS.description, said("data-set-text"))
    for predicate, value in (
        (DCAT.theme, f"{_EU}data-theme/JUST"),
        (DCAT.theme, f"{_EU}data-theme/HEAL"),
        (DCTERMS.spatial, f"{_EU}country/FIN"),
        (DCTERMS.accessRights, f"{_EU}access-right/PUBLIC"),
        (DCAT.landingPage, f"{BASE}catalog"),
    ):
        graph.add((DATASET, predicate, URIRef(value)))
    graph.add((DATASET, _VERSION, Literal(f"{package_version()}+{content_digest('ontology')}")))
    graph.add((DATASET, DCTERMS.identifier, Literal(str(DATASET))))
    for address in _eli(site):
        graph.add((DATASET, DCTERMS.subject, URIRef(address)))


def _add_told(graph: Graph, told: Told) -> None:
    """Add the contact, and the law that orders the data to be published: only whoever runs the site knows it."""
    for address in told.legislation:
        graph.add((DATASET, DCATAP.applicableLegislation, URIRef(address)))
    if told.contact:
        node = put(graph, URIRef(f"{CATALOGUE}#contact"), VCARD.Kind)
        graph.add((DATASET, DCAT.contactPoint, node))
        is_mail = told.contact.startswith("mailto:")
        graph.add((node, VCARD.hasEmail if is_mail else VCARD.hasURL, URIRef(told.contact)))
        graph.add((node, VCARD.fn, Literal(told.operator or "HYTE Graph")))


def _eli(site: Site) -> list[str]:
    """Return the ELI of each act whose norms the data hold."""
    acts = [address for address in site.things["law"] if len(address.rsplit("/", 1)[-1].split("-")) == _ACT]
    found = {
        link for act in acts for link in site.objects(act, "dcterms:hasVersion", "owl:sameAs", "eli:is_realized_by")
    }
    return sorted(link for link in found if "/eli/" in link)


def _add_distribution(graph: Graph, base: str, dump: Dump) -> None:
    node = put(graph, URIRef(f"{CATALOGUE}#{dump.kind.suffix}"), DCAT.Distribution)
    graph.add((DATASET, DCAT.distribution, node))
    say(graph, node, DCTERMS.title, said("data-distribution", form=dump.kind.name))
    address = URIRef(f"{base}/dump/{dump.name}")
    for predicate, value in (
        (DCAT.accessURL, address),
        (DCAT.downloadURL, address),
        (DCAT.mediaType, URIRef(_IANA + dump.kind.media_type)),
        (DCAT.compressFormat, URIRef(f"{_IANA}application/gzip")),
        (DCTERMS.license, URIRef(LICENCE)),
    ):
        graph.add((node, predicate, value))
    graph.add((node, DCAT.byteSize, Literal(dump.size, datatype=XSD.nonNegativeInteger)))
    checksum = put(graph, URIRef(f"{node}-checksum"), SPDX.Checksum)
    graph.add((node, SPDX.checksum, checksum))
    graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    graph.add((checksum, SPDX.checksumValue, Literal(dump.sha256, datatype=XSD.hexBinary)))


def _add_services(graph: Graph, base: str) -> None:
    for name, endpoint, description in (("sparql", "/sparql", "/sparql"), ("api", "/api/v1", "/api/v1/openapi.json")):
        node = put(graph, URIRef(f"{CATALOGUE}#{name}"), DCAT.DataService)
        graph.add((CATALOGUE, DCAT.service, node))
        graph.add((node, DCAT.servesDataset, DATASET))
        say(graph, node, DCTERMS.title, said(f"data-service-{name}"))
        graph.add((node, DCAT.endpointURL, URIRef(base + endpoint)))
        graph.add((node, DCAT.endpointDescription, URIRef(base + description)))
        graph.add((node, DCTERMS.license, URIRef(LICENCE)))
