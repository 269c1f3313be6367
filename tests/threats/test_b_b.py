"""RDF that strangers hand in: what is hostile or broken is refused with a sentence and a code; nothing is fetched."""

from __future__ import annotations

import ast
import time
from contextlib import suppress
from pathlib import Path

import pytest

from hyte_graph.errors import FilingError
from hyte_graph.intake import rdf_text
from hyte_graph.intake.rdf_text import parse
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import iri
from tests.conftest import HARD, ROOT
from tests.threats.filings import EDTF, HOME, JSON, PREFIXES, TURTLE, XML, YAML, check_sentences, codes_of, read

threat = pytest.mark.threat
REFUSED_WITHIN = 5.0  # seconds of the processor; the limits are meant for a fraction of it


def context(value: str) -> str:
    return (JSON % "").replace("{", f'{{"@context": {value}, ', 1)


def laughs(depth: int) -> str:
    """Return the entities of which each stands for ten of the one before."""
    more = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, depth))
    return f'<!DOCTYPE r [<!ENTITY l0 "ha">{more}]>'


XML_THING = f'<rdf:Description rdf:about="{HOME}b1"><hyte:hasName>%s</hyte:hasName></rdf:Description>'


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        pytest.param("a.jsonld", context('"CANARY"'), "remote-context", marks=threat("B1"), id="B1"),
        pytest.param("a.jsonld", context('"file:///etc/passwd"'), "remote-context", marks=threat("B2"), id="B2-file"),
        pytest.param("a.jsonld", context('"pyproject.toml"'), "remote-context", marks=threat("B2"), id="B2-relative"),
        pytest.param("a.jsonld", context('{"@import": "CANARY"}'), "remote-context", marks=threat("B3"), id="B3"),
        pytest.param("a.jsonld", context('["CANARY", "CANARY"]'), "remote-context", marks=threat("B4"), id="B4"),
        pytest.param("a.json", context('"http://127.0.0.1:9/"'), "remote-context", marks=threat("B5"), id="B5"),
        pytest.param(
            "a.jsonld",
            context('{"x": {"@id": "x:y", "@context": "CANARY"}}'),
            "remote-context",
            marks=threat("B6"),
            id="B6",
        ),
        pytest.param("a.jsonld", '{"a":' * 3300 + "1" + "}" * 3300, "too-deep", marks=threat("B7"), id="B7-objects"),
        pytest.param(
            "a.json", '{"a": "\\"]]", "b": ' + "[" * 40 + "]" * 40 + "}", "too-deep", marks=threat("B7"), id="B7-lists"
        ),
        pytest.param("a.json", "[" * 1_000_000, "too-deep", marks=threat("B8"), id="B8-depth"),
        pytest.param(
            "a.json",
            '{"schema_version": "1.0", "schema_version": "1.0"}',
            "duplicate-key",
            marks=threat("B8"),
            id="B8-twice",
        ),
        pytest.param("a.json", JSON % ', "population": NaN', "bad-lexical-form", marks=threat("B8"), id="B8-nan"),
        pytest.param(
            "a.json", JSON % f', "population": {"9" * 5000}', "bad-lexical-form", marks=threat("B8"), id="B8-digits"
        ),
        pytest.param(
            "a.nt",
            "<http://a> <http://b> " + "<<( <http://a> <http://b> " * 18_000,
            "too-deep",
            marks=threat("B9"),
            id="B9",
        ),
        pytest.param(
            "a.ttl", TURTLE + ":b1 :x :a\\' " + "[ :p " * 5000, "too-deep", marks=threat("B9"), id="B9-escape"
        ),
        pytest.param("a.ttl", TURTLE + ":b1 :x <<( :a :b :c )>> .", "unsupported-rdf", marks=threat("B9"), id="B9-one"),
        pytest.param("a.rdf", XML % (laughs(7), XML_THING % "&l6;"), "dtd-not-allowed", marks=threat("B10"), id="B10"),
        pytest.param(
            "a.rdf",
            (XML % (laughs(7), XML_THING % "&l6;")).encode("utf-16"),
            "type-mismatch",
            marks=threat("B10"),
            id="B10-utf-16",
        ),
        pytest.param("a.rdf", XML % (laughs(10), ""), "dtd-not-allowed", marks=threat("B11"), id="B11"),
        pytest.param(
            "a.rdf",
            XML % (f'<!DOCTYPE r [<!ENTITY a "{"a" * 50_000}">]>', XML_THING % ("&a;" * 20_000)),
            "dtd-not-allowed",
            marks=threat("B12"),
            id="B12",
        ),
        pytest.param(
            "a.rdf",
            XML % ('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>', XML_THING % "&a;"),
            "dtd-not-allowed",
            marks=threat("B13"),
            id="B13-file",
        ),
        pytest.param(
            "a.rdf", XML % ('<!DOCTYPE r SYSTEM "CANARY">', ""), "dtd-not-allowed", marks=threat("B13"), id="B13-http"
        ),
        pytest.param(
            "a.rdf",
            XML % ('<!DOCTYPE r [<!ENTITY % a SYSTEM "CANARY"> %a;]>', ""),
            "dtd-not-allowed",
            marks=threat("B13"),
            id="B13-parameter",
        ),
        *(
            pytest.param(f"a.{end}", "<a/>", "unknown-format", marks=threat("B14"), id=f"B14-{end}")
            for end in ("trix", "n3", "html", "trig", "nq", "xml", "txt")
        ),
        pytest.param("a.rdf", "<a>" * 100_000, "too-deep", marks=threat("B15"), id="B15"),
        pytest.param(
            "a.ttl",
            TURTLE + f':b1 a hyte:Committee ; hyte:hasName "{"a" * 70_000}"@fi .',
            "literal-too-long",
            marks=threat("B16"),
            id="B16",
        ),
        pytest.param("a.ttl", " " * 10_500_000, "too-large", marks=threat("B16"), id="B16-file"),
        pytest.param(
            "a.ttl",
            TURTLE + ':b1 a hyte:Body ; hyte:isPermanent "1E+999999999"^^xsd:decimal .',
            "bad-lexical-form",
            marks=threat("B17"),
            id="B17",
        ),
        pytest.param(
            "a.ttl",
            TURTLE + f":b1 a hyte:Body ; hyte:countsForYear {'9' * 1_000_000} .",
            "literal-too-long",
            marks=threat("B18"),
            id="B18",
        ),
        pytest.param(
            "a.ttl",
            TURTLE + f":b1 a hyte:Body ; hyte:countsForYear {'9' * 101} .",
            "bad-lexical-form",
            marks=threat("B18"),
            id="B18-101",
        ),
        pytest.param(
            "a.ttl", TURTLE + ":b1 a hyte:Body ; :p <http://x/a b> .", "bad-syntax", marks=threat("B20"), id="B20-space"
        ),
        pytest.param(
            "a.ttl",
            TURTLE + ":b1 a hyte:Body ; :p <http://x/a\\u0020b> .",
            "bad-syntax",
            marks=threat("B20"),
            id="B20-escape",
        ),
        pytest.param("a.ttl", TURTLE + "<b1> a hyte:Body .", "relative-iri", marks=threat("B21"), id="B21-turtle"),
        pytest.param(
            "a.rdf", XML % ("", '<hyte:Body rdf:about="b1"/>'), "relative-iri", marks=threat("B21"), id="B21-xml"
        ),
        pytest.param(
            "a.ttl",
            TURTLE + ':b1 a hyte:Body ; hyte:hasName "\\uD800" .',
            "bad-syntax",
            marks=threat("B22"),
            id="B22-surrogate",
        ),
        pytest.param(
            "a.ttl",
            TURTLE + ':b1 a hyte:Body ; hyte:hasName "\\u0000"@fi .',
            "control-character",
            marks=threat("B22"),
            id="B22-nul",
        ),
        pytest.param("a.ttl", TURTLE.encode() + b'"\xff"', "not-utf8", marks=threat("B22"), id="B22-bytes"),
        pytest.param(
            "a.json", JSON % ', "short_name": "\\u0000"', "control-character", marks=threat("B22"), id="B22-json"
        ),
        pytest.param("a.json", JSON % ', "short_name": "\\ud83d"', "bad-syntax", marks=threat("B22"), id="B22-half"),
        pytest.param(
            "a.ttl", TURTLE + ':b1 a hyte:Body ; hyte:hasName "a"@1 .', "bad-syntax", marks=threat("B24"), id="B24"
        ),
        pytest.param("a.jsonld", TURTLE, "type-mismatch", marks=threat("B26"), id="B26-turtle"),
        pytest.param(
            "a.ttl", "<!DOCTYPE html><html><body/></html>", "type-mismatch", marks=threat("B26"), id="B26-html"
        ),
        pytest.param("a.ttl", JSON % "", "type-mismatch", marks=threat("B26"), id="B26-json"),
        pytest.param("a.yaml", XML % ("", ""), "type-mismatch", marks=threat("B26"), id="B26-xml"),
        pytest.param("a.yaml", b"PK\x03\x04rest", "type-mismatch", marks=threat("B26"), id="B26-zip"),
        pytest.param("a.ttl", "", "empty", marks=threat("B26"), id="B26-empty"),
        pytest.param("a.ttl", PREFIXES, "empty", marks=threat("B26"), id="B26-nothing-said"),
        pytest.param("a.rdf", XML % ("", ""), "empty", marks=threat("B26"), id="B26-nothing-in-xml"),
        pytest.param(
            "a.ttl",
            TURTLE + f"<{iri('actor', 'vantaa')}> hyte:hasName 'x' .",
            "foreign-subject",
            marks=threat("B29"),
            id="B29-other",
        ),
        pytest.param(
            "a.ttl",
            TURTLE + "hyte:Body <http://www.w3.org/2000/01/rdf-schema#subClassOf> hyte:Document .",
            "foreign-subject",
            marks=threat("B29"),
            id="B29-subclass",
        ),
        pytest.param(
            "a.ttl",
            TURTLE.replace(iri("actor", "espoo"), iri("norm", "x")),
            "foreign-subject",
            marks=threat("B29"),
            id="B29-organisation",
        ),
        pytest.param("a.ttl", TURTLE + ":b1 a hyte:Obligation .", "unknown-class", marks=threat("B29"), id="B29-norm"),
        pytest.param(
            "a.ttl",
            TURTLE + f':b1 a hyte:Decision ; hyte:hasDate "2025-05-31"^^{EDTF} ; '
            'hyte:earliest "2020-01-01"^^xsd:date .',
            "derived-value",
            marks=threat("B29"),
            id="B29-derived",
        ),
        pytest.param(
            "a.ttl",
            TURTLE + ":b1 <http://www.w3.org/ns/shacl#deactivated> true .",
            "rules-in-data",
            marks=threat("B30"),
            id="B30-rule",
        ),
        pytest.param(
            "a.ttl",
            TURTLE + ":b1 <http://www.w3.org/2002/07/owl#imports> <CANARY> .",
            "rules-in-data",
            marks=threat("B30"),
            id="B30-imports",
        ),
        pytest.param(
            "a.ttl",
            TURTLE + ":b1 <http://www.w3.org/ns/shacl#shapesGraph> <CANARY> .",
            "rules-in-data",
            marks=threat("B30"),
            id="B30-graph",
        ),
    ],
)
def test_hostile_rdf_is_refused_with_its_code_and_nothing_is_fetched(name, content, code, canary, knowledge):
    text = content if isinstance(content, bytes) else content.replace("CANARY", canary.address)
    begun = time.process_time()
    assert code in codes_of(text, name, knowledge)
    assert time.process_time() - begun < REFUSED_WITHIN


@threat("B19")
@pytest.mark.parametrize(
    "text",
    [
        "[] hyte:x 1 .\n" * 100_000,
        f":b hyte:x ({' 1' * 100_001}) .",
        "".join(f"@prefix p{at}: <http://p/{at}> .\n" for at in range(100_000)),
    ],
    ids=["blank nodes", "a collection", "prefixes"],
)
def test_a_hundred_thousand_of_anything_is_refused_in_good_time(text, knowledge):
    begun = time.process_time()
    with suppress(FilingError):  # of prefixes alone there is no harm
        read(text + TURTLE + text, "a.ttl", knowledge)
    assert time.process_time() - begun < (REFUSED_WITHIN if HARD else 30)


@threat("B19")
def test_statements_are_counted_before_they_are_kept(monkeypatch):
    monkeypatch.setattr(rdf_text, "TRIPLES", 10)
    with pytest.raises(FilingError) as caught:
        parse(PREFIXES + ":a :b " + ", ".join(map(str, range(11))) + " .", "a.ttl")
    assert caught.value.message.code == "too-many-statements"
    check_sentences(caught.value)


@threat("B20")
@pytest.mark.parametrize("bad", [":p <http://x/a b>", ':p "a"@1', ":p <relative>"])
def test_a_fault_of_syntax_is_named_with_its_line(bad, knowledge):
    with pytest.raises(FilingError) as caught:
        read(f"{TURTLE}:b1 a hyte:Body ;\n{bad} .", "a.ttl", knowledge)
    assert caught.value.message.en.startswith("a.ttl, line 4:")


@threat("B23")
@pytest.mark.parametrize(("name", "text"), [("a.ttl", TURTLE), ("a.yaml", YAML), ("a.json", JSON % "")])
def test_a_byte_order_mark_changes_nothing(name, text, knowledge):
    marked = read(b"\xef\xbb\xbf" + text.encode(), name, knowledge)
    assert set(marked.graph) == set(read(text, name, knowledge).graph)


@threat("B25")
@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_an_address_that_is_not_of_the_web_is_kept_and_announced(address, knowledge):
    found = read(TURTLE + f":b1 a hyte:Body ; hyte:isEvidencedBy <{address}> .", "a.ttl", knowledge)
    assert address in {str(value) for value in found.graph.objects(None, HYTE.isEvidencedBy)}
    assert any(address in notice.en and "not shown as a link" in notice.en for notice in found.notices)


_READERS = {"parse", "validate", "load"}


@threat("B27", "B31")
def test_our_code_hands_parsers_only_bytes_and_owlready_never_sees_uploads():
    for path in [*(ROOT / "hyte_graph").rglob("*.py"), *(ROOT / "web").rglob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imports = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
        assert "owlready2" not in imports or path.parent.name == "reasoning", path
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr == "parse" and _is_graph(call.func.value):
                assert not call.args, f"{path.name}:{call.lineno}: a string may be an address; use data= or file="


def _is_graph(node: ast.expr) -> bool:
    text = ast.unparse(node)
    return text != "pyoxigraph" and (
        text.startswith(("Graph(", "rdflib.", "Dataset(")) or text.lower().endswith("graph")
    )


@threat("B28")
@pytest.mark.parametrize("kind", [ValueError, IndexError, AssertionError, AttributeError, MemoryError, BaseException])
def test_whatever_a_parser_raises_is_a_fault_of_the_file(kind, monkeypatch, knowledge):
    def fails(*_: object, **__: object) -> None:
        raise kind("oops")

    monkeypatch.setattr(rdf_text.pyoxigraph, "parse", fails)
    assert codes_of(TURTLE, "a.ttl", knowledge) == {"bad-syntax"}


@threat("B31")
def test_the_only_files_that_owlready_reads_are_those_of_the_project():
    used = [path for path in (ROOT / "hyte_graph").rglob("*.py") if "owlready2" in path.read_text(encoding="utf-8")]
    assert {path.relative_to(ROOT).as_posix() for path in used} <= {
        "hyte_graph/reasoning/consistency.py",
        "hyte_graph/cli/doctor.py",
    }
    assert "read_description" not in Path(ROOT / "hyte_graph/reasoning/consistency.py").read_text(encoding="utf-8")
