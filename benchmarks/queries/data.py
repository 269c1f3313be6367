"""The shipped graph and invented records of every organisation, made from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

SEED = 2026
YEARS = range(2018, 2026)
ORGANISATION = "https://w3id.org/hyte-graph/id/description/"
GRAPH = f"{ORGANISATION}benchmark/"


def write_data(folder: Path) -> int:
    """Write everything as N-Quads, and as N-Triples for engines that know one graph; return the number of triples."""
    import pyoxigraph
    from pyoxigraph import NamedNode, Quad, RdfFormat, Store

    from hyte_graph.store.dataset import Dataset
    from hyte_graph.store.knowledge import Knowledge

    store = Store()
    knowledge = Knowledge.shipped()
    store.bulk_extend(Dataset(knowledge).store)
    text = "\n".join(invented(sorted(knowledge.actors), random.Random(SEED))).encode()  # noqa: S311
    name = NamedNode(GRAPH)
    quads = pyoxigraph.parse(text, format=RdfFormat.N_TRIPLES)
    store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object, name) for quad in quads)
    store.dump(str(folder / "data.nq"), format=RdfFormat.N_QUADS)
    merged = {quad.triple for quad in store}
    pyoxigraph.serialize(merged, str(folder / "data.nt"), format=RdfFormat.N_TRIPLES)
    return len(merged)


def invented(actors: list[str], chance: random.Random) -> Iterator[str]:
    """Yield what every organisation records, as N-Triples; one record in ten is missing."""
    for slug in actors:
        home = f"{ORGANISATION}{slug}/"
        yield line(home, "rdf:type", "hyte:Description")
        yield line(home, "hyte:describes", f"actor:{slug}")
        yield from thing(f"{home}council", "hyte:Council", home, name=f"Valtuusto {slug}")
        for year in YEARS:
            yield from records(home, slug, year, chance)


def records(home: str, slug: str, year: int, chance: random.Random) -> Iterator[str]:
    source, counted = f"{home}source-{year}", f'"{year}"^^xsd:gYear'
    yield from thing(source, "hyte:SourceRecord", home, name=f"Pöytäkirja {year}")
    report, day = f"{home}report-{year}", f'"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"^^xsd:date'
    if chance.random() > 0.1:
        yield from thing(report, "hyte:AnnualWellbeingReport", home, name=f"Hyvinvointikertomus {year}")
        yield line(report, "hyte:countsForYear", counted)
        yield line(report, "hyte:hasStatus", "document-status:in-force")
        yield line(report, "hyte:isEvidencedBy", source)
        if chance.random() > 0.1:
            yield line(report, "hyte:isPublishedAt", f'"https://example.org/{slug}/{year}"^^xsd:anyURI')
        if chance.random() > 0.1:
            yield from thing(f"{home}delivery-{year}", "hyte:Delivery", home)
            yield line(f"{home}delivery-{year}", "hyte:contains", report)
            yield line(f"{home}delivery-{year}", "hyte:isDeliveredTo", f"{home}council")
    for number in range(2):
        decision = f"{home}decision-{year}-{number}"
        yield from thing(decision, "hyte:Decision", home, name=f"Päätös {number} {year}")
        yield line(decision, "hyte:isApprovedOn", day)
        yield line(decision, "hyte:countsForYear", counted)
        yield line(decision, "hyte:isEvidencedBy", source)
    if chance.random() > 0.1:
        meeting = f"{home}negotiation-{year}"
        yield from thing(meeting, "hyte:Negotiation", home, name=f"Neuvottelu {year}")
        yield line(meeting, "hyte:countsForYear", counted)
        yield line(meeting, "hyte:isEvidencedBy", source)


def thing(address: str, kind: str, home: str, name: str = "") -> Iterator[str]:
    yield line(address, "rdf:type", kind)
    yield line(address, "hyte:isStatedIn", home)
    if name:
        yield line(address, "hyte:hasName", f'"{name}"@fi')


def line(subject: str, predicate: str, value: str) -> str:
    return f"{written(subject)} {written(predicate)} {written(value)} ."


def written(term: str) -> str:
    from hyte_graph.vocabulary import full

    if term.startswith('"'):
        text, sign, kind = term.rpartition("^^")
        return f"{text}^^<{full(kind)}>" if sign else term
    return f"<{full(term)}>"
