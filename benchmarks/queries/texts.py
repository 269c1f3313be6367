"""The thirteen kinds of queries."""

from __future__ import annotations

from benchmarks.queries.data import ORGANISATION

QUERIES = {
    "01 one thing": f"SELECT ?p ?o {{ <{ORGANISATION}lappi/report-2024> ?p ?o }}",
    "02 all of a class": "SELECT ?report ?year { ?report a hyte:AnnualWellbeingReport ; hyte:countsForYear ?year }",
    "03 star of six": """SELECT ?report ?name ?status ?address ?source {
        ?report a hyte:AnnualWellbeingReport ; hyte:countsForYear ?year ; hyte:hasName ?name ; hyte:hasStatus ?status ;
            hyte:isPublishedAt ?address ; hyte:isEvidencedBy ?source FILTER(?year = "2024"^^xsd:gYear) }""",
    "04 chain of five": """SELECT ?municipality ?county ?meeting {
        ?membership hyte:hasMember ?municipality ; hyte:ofCounty ?county . ?description hyte:describes ?county .
        ?meeting hyte:isStatedIn ?description ; a hyte:Negotiation ; hyte:countsForYear "2023"^^xsd:gYear }""",
    "05 optional": """SELECT ?report ?address ?delivery { ?report a hyte:AnnualWellbeingReport
        OPTIONAL { ?report hyte:isPublishedAt ?address } OPTIONAL { ?delivery hyte:contains ?report } }""",
    "06 counted by group": """SELECT ?actor ?year (COUNT(?meeting) AS ?n) {
        ?meeting a hyte:Negotiation ; hyte:countsForYear ?year ; hyte:isStatedIn/hyte:describes ?actor }
        GROUP BY ?actor ?year""",
    "07 NOT EXISTS over a join": """SELECT ?council { ?council a hyte:Council ; hyte:isStatedIn ?description
        FILTER NOT EXISTS { ?delivery hyte:isDeliveredTo ?council ; hyte:contains ?report .
            ?report hyte:countsForYear "2024"^^xsd:gYear } }""",
    "08 NOT EXISTS of one pattern": """SELECT ?report {
        ?report a hyte:AnnualWellbeingReport FILTER NOT EXISTS { ?report hyte:isPublishedAt ?address } }""",
    "09 text contains": """SELECT ?thing ?label { ?thing skos:prefLabel ?label
        FILTER(LANG(?label) = "fi" && CONTAINS(LCASE(STR(?label)), "hyvinvointi")) }""",
    "10 regular expression": """SELECT ?document ?name { ?document a hyte:AnnualWellbeingReport ; hyte:hasName ?name
        FILTER(REGEX(?name, "kertomus 202[34]$", "i")) }""",
    "11 latest twenty": """SELECT ?decision ?day ?title { ?decision a hyte:Decision ; hyte:isApprovedOn ?day ;
        hyte:hasName ?title } ORDER BY DESC(STR(?day)) ?decision LIMIT 20""",
    "12 either kind": """SELECT ?thing ?year { { ?thing a hyte:Negotiation } UNION { ?thing a hyte:Decision }
        ?thing hyte:countsForYear ?year FILTER(?year > "2022"^^xsd:gYear || ?year = "2019"^^xsd:gYear) }""",
    "13 subclasses by path": """SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) {
        ?class rdfs:subClassOf* hyte:Fact . ?thing a ?class } GROUP BY ?class""",
}
JOIN_QUERY = "07 NOT EXISTS over a join"
