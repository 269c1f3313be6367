"""The data as a whole: catalogue, description, downloads, machine files."""

from __future__ import annotations

import gzip
from hashlib import sha256

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, RDF, VOID

from hyte_graph.languages import LANGUAGES
from hyte_graph.versions import package_version
from hyte_web.publish import dumps
from hyte_web.publish.catalogue import DATASET, Told, written
from hyte_web.publish.graphs import DCATAP, SPDX
from tests.web.markup import read

PARSERS = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}
DUMPS = {"trig": RdfFormat.TRIG, "ttl": RdfFormat.TURTLE, "nq": RdfFormat.N_QUADS}


def graph(client, path: str, form: str = "turtle") -> rdflib.Graph:
    return rdflib.Graph().parse(data=client.get(path).data, format=form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_leads_to_every_file(client, language):
    answer = client.get(f"/{language}/data")
    page = read(answer.text)
    assert page.faults == []
    files = [
        href for href in page.anchors if href.startswith(("/dump/", "/catalog.", "/shapes.", "/vocab.", "/schema/"))
    ]
    assert len(files) == 6 + 4 + 8 + 1
    assert {client.head(href).status_code for href in files} == {200}


def test_the_catalogue_is_the_same_in_every_form_and_complete(client):
    told = graph(client, "/catalog.ttl")
    for suffix, form in PARSERS.items():
        assert isomorphic(told, graph(client, f"/catalog.{suffix}", form)), suffix
    assert {title.language for title in told.objects(DATASET, DCTERMS.title)} == set(LANGUAGES)
    assert len(list(told.subjects(RDF.type, DCAT.DataService))) == 2
    assert not [node for node in told.all_nodes() if isinstance(node, rdflib.BNode)]
    for item in told.objects(DATASET, DCAT.distribution):
        path = str(told.value(item, DCAT.downloadURL)).removeprefix("http://localhost")
        body = client.get(path).data
        assert len(body) == int(told.value(item, DCAT.byteSize))
        assert sha256(body).hexdigest() == str(told.value(told.value(item, SPDX.checksum), SPDX.checksumValue))


def test_the_catalogue_names_law_that_orders_the_data_only_where_it_is_told(app):
    from hyte_graph.store.rdf import FORMATS

    told = Told("https://hyte.example.org", "An authority", "mailto:info@example.org", ("http://data.example/eli/1",))
    text = written(app.extensions["hyte"], told, FORMATS[0])
    made = rdflib.Graph().parse(data=text, format="turtle")
    assert [str(law) for law in made.objects(DATASET, DCATAP.applicableLegislation)] == ["http://data.example/eli/1"]
    assert made.value(DATASET, DCAT.contactPoint)


def test_the_catalogue_is_a_page_for_readers_and_data_for_programs(client):
    page = client.get("/catalog", headers={"Accept": "text/html", "Accept-Language": "sv"})
    data = client.get("/catalog", headers={"Accept": "application/ld+json"})
    assert [answer.headers["Location"] for answer in (page, data)] == ["/sv/data", "/catalog.jsonld"]
    assert client.get("/catalog", headers={"Accept": "image/png"}).status_code == 406


def test_the_description_counts_what_the_data_hold(app, client):
    told = graph(client, "/.well-known/void")
    triples = {quad.triple for quad in app.extensions["hyte"].store}
    assert int(told.value(DATASET, VOID.triples)) == len(triples)
    parts = [int(told.value(part, VOID.triples)) for part in told.objects(DATASET, VOID.propertyPartition)]
    assert sum(parts) == len(triples)
    assert len(list(told.objects(DATASET, VOID.classPartition))) > 50


def test_a_dump_holds_all_the_data_and_two_loads_give_the_same_bytes(app, client):
    known = app.extensions["hyte"]
    for suffix, form in DUMPS.items():
        name = f"hyte-{package_version()}.{suffix}.gz"
        answer = client.get(f"/dump/{name}")
        quads = pyoxigraph.parse(gzip.decompress(answer.data), format=form)
        count = sum(1 for _ in quads)
        assert count == (len(known.store) if suffix != "ttl" else len({quad.triple for quad in known.store}))
        assert client.get(f"/dump/{name}.sha256").text == f"{sha256(answer.data).hexdigest()}  {name}\n"
    again = dumps._all(type(known).of(known.knowledge))
    assert [dump.sha256 for dump in again] == [dump.sha256 for dump in dumps.dumps(known)]
    assert client.get("/dump/other.gz").status_code == 404


def test_rules_and_terminology_come_in_every_form_and_may_be_kept(client):
    for name, needle in (("shapes", "PropertyShape"), ("vocab", "prefLabel")):
        lead = client.get(f"/{name}", headers={"Accept": "application/n-triples"})
        answer = client.get(lead.headers["Location"])
        assert (answer.mimetype, needle in answer.text) == ("application/n-triples", True)
        assert "max-age=86400" in answer.headers["Cache-Control"]
    assert client.get("/context.jsonld").json["@context"]


def test_the_identifier_of_the_result_schema_resolves(client):
    answer = client.get("/schema/hyte.result/1", follow_redirects=True)
    assert (answer.mimetype, answer.json["$id"]) == (
        "application/schema+json",
        "https://w3id.org/hyte-graph/schema/hyte.result/1",
    )
