"""Small sound texts of each format, to be spoilt; and how they are spoilt."""

from __future__ import annotations

from hypothesis import strategies as st

from hyte_graph.store.terms import HYTE
from tests.threats.filings import EDTF, HOME, JSON, TURTLE, XML, YAML

FULL = (
    YAML
    + """bodies:
  - {id: b1, kind: steering_group, name_fi: "ohjausryhmä", permanent: true, set_up_on: "2023-01-09", sources: [s1]}
documents:
  - {id: d1, kind: welfare_report, deliveries: [{to: ministry, date: "2024-02"}], goals: [{id: g1}]}
sources:
  - {id: s1, title: 'Sivu', url: "https://example.org/"}
"""
)
THINGS = (
    TURTLE
    + f"""
:b1 a hyte:Committee ; hyte:hasName "ryhmä"@fi, '''pitkä
teksti'''@sv ; hyte:isPermanent true ; hyte:isEvidencedBy :s1, [ a hyte:SourceRecord ] .
:d1 a hyte:Decision ; hyte:hasDate "2025-05-31"^^{EDTF} ; hyte:isStatedIn <{HOME}> .
"""
)
SEEDS = {
    "a.yaml": FULL,
    "a.json": JSON % ', "name_fi": "Esp\\u00f6o", "population": 1, "languages": ["fi", null]',
    "a.jsonld": (JSON % "").replace("{", '{"@context": "https://w3id.org/hyte-graph/context.jsonld", ', 1),
    "a.ttl": THINGS,
    "a.nt": f"<{HOME}b1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{HYTE}Body> .\n"
    f'<{HOME}b1> <https://w3id.org/hyte-graph/ontology#hasName> "a\\u00e4"@fi .\n',
    "a.rdf": XML
    % ("", f'<hyte:Committee rdf:about="{HOME}b1"><hyte:hasName xml:lang="fi">x</hyte:hasName></hyte:Committee>'),
}
QUERY = """PREFIX hyte: <https://w3id.org/hyte-graph/ontology#>
SELECT ?a (COUNT(*) AS ?n) WHERE { ?a a hyte:Obligation ; hyte:binds ?b . FILTER(?a != <x:y> && "1"^^<x:z> = ?b)
OPTIONAL { ?a ?p "t"@fi } }
GROUP BY ?a ORDER BY DESC(?n) LIMIT 3"""
BITS = (
    "<",
    ">",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    '"',
    "'",
    "\\",
    "\n",
    "\t",
    "\0",
    "#",
    "@",
    "^^",
    ":",
    ";",
    ",",
    ".",
    "- ",
    "&a ",
    "*a",
    "!!x",
    "<<: ",
    "%YAML 1.1",
    "---",
    "...",
    "\ufeff",
    "\u2028",
    "\ud7ff",
    "\U0001f600",
    "\\ud800",
    "\\u0000",
    "1E+99999",
    "NaN",
    "null",
    "<!DOCTYPE r [<!ENTITY a 'b'>]>",
    "&a;",
    "<![CDATA[",
    "]]>",
    "<?x?>",
    "@prefix : <> .",
    "@base <x:> .",
    "<<( ",
    ")>>",
    '"""',
    "'''",
    "_:b",
    "a",
    "SERVICE <http://127.0.0.1:9/> {}",
    "2025-02-30",
    "=1+1",
    "CANARY",
)


@st.composite
def spoilt(draw: st.DrawFn, seed: str) -> str:
    """Return a text with some pieces cut out, put in twice, or put in from elsewhere."""
    text = seed
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        way = draw(st.integers(0, 3))
        length = draw(st.integers(0, 40))
        if way == 0:
            text = text[:at] + text[at + length :]
        elif way == 1:
            text = text[:at] + text[at : at + length] * draw(st.integers(2, 60)) + text[at + length :]
        elif way == 2:
            text = text[:at] + draw(st.sampled_from(BITS)) * draw(st.sampled_from((1, 1, 1, 2, 70))) + text[at:]
        else:
            text = text[:at] + draw(st.text(max_size=6)) + text[at + length :]
    return text


@st.composite
def spoilt_bytes(draw: st.DrawFn, seed: bytes) -> bytes:
    """Return bytes some of which are others."""
    content = bytearray(seed)
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, max(len(content) - 1, 0)))
        if draw(st.booleans()):
            content[at : at + 1] = draw(st.binary(max_size=3))
        else:
            del content[at : at + draw(st.integers(0, 60))]
    return bytes(content)
