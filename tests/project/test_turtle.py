"""Canonical Turtle: the shipped files are in it, writing it changes no triple, and writing it again changes nothing."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hyte_graph.errors import FilingError
from hyte_graph.store.turtle import format_turtle
from hyte_graph.vocabulary import HYTE, PREFIXES, iri
from tests.conftest import ROOT

pytestmark = pytest.mark.filterwarnings("ignore:(Parsing|Serializing) weird:UserWarning")  # odd literals are the point

FOLDERS = ("ontology", "rules", "examples", "tests", "docs")
FILES = sorted(path for name in FOLDERS for path in (ROOT / name).rglob("*.ttl") if "suites" not in path.parts)
XSD = PREFIXES["xsd"]
RDF = PREFIXES["rdf"]
HEAD = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("hyte", "norm", "rdf", "xsd"))


def same_graph(one: str, other: str) -> bool:
    """Return whether two texts hold the same graph, by a parser that keeps every literal as written."""
    graphs = [pyoxigraph.Dataset(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)) for text in (one, other)]
    for graph in graphs:
        graph.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return graphs[0] == graphs[1]


def assert_canonical(text: str) -> None:
    written = format_turtle(text)
    assert same_graph(text, written), written
    assert format_turtle(written) == written


# Graphs: terms that tempt a writer to shorten them, and blank nodes that are nested, shared, alone and in rings.

words = st.text(
    alphabet=st.one_of(st.sampled_from("\"'\\\n\r\t #@^<>[](){}.;,äö€"), st.characters(codec="utf-8")), max_size=8
)
tags = st.sampled_from(["fi", "sv", "en", "sv-FI"])
datatypes = st.sampled_from([f"{XSD}{name}" for name in ("boolean", "integer", "decimal", "double", "date", "anyURI")])
forms = st.sampled_from(["true", "1", "TRUE", "007", "+5", "-0", "1.50", "1e5", ".5", "2024-02-30", "", "x y"])
addresses = st.sampled_from(
    [
        iri("norm", "a"),
        iri("norm", "a.b."),
        iri("norm", "-a"),
        iri("norm", "a/b"),
        iri("norm", ""),
        iri("norm", "å"),
        HYTE + "binds",
        HYTE,
        PREFIXES["rdfs"] + "label",
        PREFIXES["cccev"] + "Evidence",
        RDF + "type",
        RDF + "nil",
        "http://example.org/é?x=%20&y=(1)#z",
        "urn:x",
    ]
).map(pyoxigraph.NamedNode)
links = st.sampled_from([HYTE + "binds", RDF + "first", RDF + "rest", RDF + "type"]).map(pyoxigraph.NamedNode)
blanks = st.sampled_from("abcd").map(pyoxigraph.BlankNode)
literals = st.one_of(
    words.map(pyoxigraph.Literal),
    st.builds(lambda text, tag: pyoxigraph.Literal(text, language=tag), words, tags),
    st.builds(lambda form, kind: pyoxigraph.Literal(form, datatype=pyoxigraph.NamedNode(kind)), forms, datatypes),
)
triples = st.builds(
    pyoxigraph.Triple,
    st.one_of(addresses, blanks),
    st.one_of(addresses, links),
    st.one_of(addresses, blanks, literals),
)


@settings(max_examples=150, deadline=None, derandomize=True, phases=[Phase.generate])
@given(st.lists(triples, max_size=8))
def test_writing_any_graph_keeps_it_and_writing_it_again_changes_nothing(graph):
    assert_canonical(pyoxigraph.serialize(graph, format=pyoxigraph.RdfFormat.N_TRIPLES).decode())


# Texts: nested blank nodes and lists, as people write them.

leaves = st.sampled_from(
    ["norm:a", "hyte:binds", "true", "+07", "1.50", "-1e5", "'x # y'", '"""a\n"b"""@fi', "'''#'''", "[]", "()"]
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(st.tuples(st.sampled_from(["a", "hyte:finds", "rdf:value"]), inner), min_size=1, max_size=3).map(
            lambda pairs: "[ " + " ; ".join(f"{name} {value}" for name, value in pairs) + " ]"
        ),
        st.lists(inner, max_size=3).map(lambda items: f"( {' '.join(items)} )"),
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None, derandomize=True, phases=[Phase.generate])
@given(st.lists(trees, min_size=1, max_size=3))
def test_nested_nodes_and_lists_come_back_as_they_were(values):
    assert_canonical(f"{HEAD}\nnorm:a hyte:binds {' , '.join(values)} .")


@pytest.mark.parametrize(
    "body",
    [
        "_:a hyte:binds _:a .",
        "_:a hyte:binds _:b . _:b hyte:binds _:a .",
        "norm:a hyte:binds _:a ; hyte:finds _:a . _:a rdf:value 1 .",
        "norm:a hyte:binds _:a . norm:b hyte:binds _:a . _:a rdf:first 1 ; rdf:rest () .",
        "norm:a hyte:binds [ rdf:first 1 ] .",
        "norm:a hyte:binds [ rdf:first 1 ; rdf:rest () ; hyte:finds 2 ] .",
        "norm:a hyte:binds 007 , +7 , 7 .",
    ],
    ids=["self", "ring", "shared", "shared-list", "broken-list", "list-with-more", "integers"],
)
def test_no_triple_is_lost_in(body):
    assert_canonical(HEAD + body)


def test_two_ways_to_write_a_graph_give_one_text():
    norms = "norm:{0} hyte:finds _:{1} . norm:{2} hyte:finds _:{1} , _:{3} . norm:{4} hyte:finds _:{3} ."
    values = "_:{} rdf:value 'x' . _:{} rdf:value 'y' ."
    one = norms.format("b", "x", "a", "y", "c") + values.format("x", "y")
    other = values.format("q", "p") + norms.format("c", "p", "a", "q", "b")
    assert format_turtle(HEAD + one) == format_turtle(HEAD + other)


def test_every_turtle_file_is_in_canonical_form():
    assert len(FILES) > 90
    texts = {path: path.read_text(encoding="utf-8") for path in FILES}
    assert [str(path) for path, text in texts.items() if format_turtle(text, path.name) != text] == []


def test_a_comment_below_the_header_is_refused_with_its_line():
    text = f"# A header may stand.\nPREFIX norm: <{PREFIXES['norm']}>\n# This may not.\nnorm:a a norm:b .\n"
    with pytest.raises(FilingError) as caught:
        format_turtle(text, "shapes.ttl")
    assert caught.value.message.as_dict() == {
        "fi": "shapes.ttl, rivi 3: kommentti otsakkeen alla; kerro se skos:editorialNote-huomautuksena.",
        "sv": "shapes.ttl, rad 3: en kommentar under filhuvudet; säg det som skos:editorialNote.",
        "en": "shapes.ttl, line 3: a comment below the header; say it as skos:editorialNote.",
    }


def test_a_header_stays_above_the_canonical_text():
    header = "# What the file holds.\n# And a second line.\n"
    assert format_turtle(f"{header}{HEAD}norm:a a hyte:Norm .").startswith(header + "PREFIX hyte: <")


@pytest.mark.parametrize("literal", ['"x # y"', "'x # y'", '"""\n# y"""', "'''\n# y'''", '"\\" # y"', "'\\' # y'"])
def test_a_number_sign_in_a_text_is_no_comment(literal):
    assert_canonical(f"{HEAD}norm:a rdf:value {literal} .")


@pytest.mark.parametrize(
    "text",
    ["norm:a a norm:b .", "@prefix : <urn:x> . :a :b", "<urn:a> <urn:b> <urn:c d> .", "<urn:a> <urn:b> 'a'@fi-"],
    ids=["prefix", "end", "address", "language"],
)
def test_what_is_no_turtle_is_refused_by_name(text):
    with pytest.raises(FilingError, match=r"^x\.ttl: this is not Turtle: "):
        format_turtle(text, "x.ttl")


def test_a_relative_address_stays_one():
    text = (
        "PREFIX hyte: <https://w3id.org/hyte-graph/ontology#>\n\n<>\n    hyte:finds\n        <#a> ,\n        <b> ;\n.\n"
    )
    assert format_turtle(text) == text
