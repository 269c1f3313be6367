"""A description is read as it is, or refused with one clear sentence for each fault."""

from __future__ import annotations

import json

import pytest
import yaml
from rdflib import Literal, URIRef
from rdflib.namespace import RDF

from hyte_graph.errors import FilingError, UsageError
from hyte_graph.intake.reader import CONTEXT_ADDRESS, LARGEST, read_description
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import iri
from tests.conftest import EXAMPLES

MINIMAL = """\
schema_version: '1.0'
organisation:
  id: espoo
  type: municipality
"""
FILES = sorted(EXAMPLES.glob("*.yaml"))


def refused(text: str | bytes, knowledge: Knowledge, name: str = "file.yaml") -> list[str]:
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(FilingError) as caught:
        read_description(content, name, knowledge)
    return [message.en for message in caught.value.messages]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_example_is_read_unchanged(path, knowledge):
    description = read_description(path.read_bytes(), path.name, knowledge)
    value = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for section in ("bodies", "documents", "decisions", "negotiations", "sources", "cooperation"):
        for item in value[section]:
            node = URIRef(f"{description.iri}{item['id']}")
            assert (node, HYTE.isStatedIn, description.iri) in description.graph


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_json_and_yaml_give_the_same_graph(path, knowledge):
    as_yaml = read_description(path.read_bytes(), path.name, knowledge)
    value = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    content = json.dumps(_nulls(value), ensure_ascii=False, indent="\t").encode()
    as_json = read_description(content, f"{path.stem}.json", knowledge)
    assert set(as_yaml.graph) == set(as_json.graph)


@pytest.mark.parametrize("path", FILES[:4], ids=lambda path: path.stem)
def test_turtle_and_yaml_give_the_same_graph(path, knowledge):
    as_yaml = read_description(path.read_bytes(), path.name, knowledge)
    as_turtle = read_description(as_yaml.graph.serialize(format="turtle").encode(), f"{path.stem}.ttl", knowledge)
    assert set(as_yaml.graph) == set(as_turtle.graph)


def test_json_ld_with_the_own_context_is_read(knowledge):
    value = {"@context": CONTEXT_ADDRESS, "@type": "Description"} | yaml.safe_load(MINIMAL)
    description = read_description(json.dumps(value).encode(), "file.jsonld", knowledge)
    assert description.organisation == "espoo"


def test_a_foreign_context_is_refused_and_never_fetched(knowledge):
    value = {"@context": "https://example.org/context"} | yaml.safe_load(MINIMAL)
    wanted = f"only the context {CONTEXT_ADDRESS} is accepted, and it is never fetched; use it or leave @context out."
    assert refused(json.dumps(value), knowledge, "file.jsonld") == [f"file.jsonld, line 1: {wanted}"]


def test_a_byte_order_mark_is_accepted(knowledge):
    assert read_description(b"\xef\xbb\xbf" + MINIMAL.encode(), "file.yaml", knowledge).organisation == "espoo"


def test_an_empty_file_is_refused(knowledge):
    wanted = ["file.yaml: the file is empty; start from an example in examples/."]
    assert refused("", knowledge) == refused(" \n", knowledge) == wanted
    assert refused("# only a remark\n", knowledge) == wanted


def test_an_unknown_key_is_refused_with_line_and_nearest_name(knowledge):
    text = MINIMAL + "bodies:\n  - id: b1\n    kind: committee\n    permanet: true\n"
    assert refused(text, knowledge) == ['file.yaml, line 8: unknown key "permanet"; the nearest known is "permanent".']


def test_an_unknown_code_is_refused_with_the_nearest_code(knowledge):
    text = MINIMAL + "bodies:\n  - id: b1\n    kind: comittee\n"
    assert refused(text, knowledge)[0].startswith(
        'file.yaml, line 7: "comittee" is no value of "kind"; the nearest known is "committee"'
    )


def test_all_faults_are_named_in_the_order_of_the_lines(knowledge):
    text = MINIMAL + "reference_date: soon\nwrong: 1\ndecisions:\n  - id: x1\n    date: '2023-02-29'\n"
    messages = refused(text, knowledge)
    assert [message.split(":")[0] for message in messages] == [
        "file.yaml, line 5",
        "file.yaml, line 6",
        "file.yaml, line 9",
    ]


@pytest.mark.parametrize("value", ["2023-02-29", "2023-13", "23", "2023-1-1", "1.1.2023", "1899", "2101", "9999-12-31"])
def test_an_impossible_date_is_refused(value, knowledge):
    text = MINIMAL + f"decisions:\n  - id: x1\n    date: '{value}'\n"
    assert refused(text, knowledge) == [
        f'file.yaml, line 7: "date" is a day, month or year such as 2024-05-31, 2024-05 or 2024, not "{value}".'
    ]


def test_a_reference_to_nothing_is_refused(knowledge):
    text = MINIMAL + "bodies:\n  - id: b1\n    kind: council\n    sources: [s9]\n"
    assert refused(text, knowledge) == [
        'file.yaml, line 8: "sources" names "s9", which is not in the file; add it or mend the name.'
    ]


def test_a_key_or_an_id_given_twice_is_refused(knowledge):
    assert refused(MINIMAL + "roles: []\nroles: []\n", knowledge) == [
        'file.yaml, line 6: the key "roles" stands already on line 5; keep one.'
    ]
    twice = MINIMAL + "roles:\n  - id: r1\n  - id: r1\n"
    assert refused(twice, knowledge) == [
        'file.yaml, line 7: the id "r1" stands already on line 6; give one of them another id.'
    ]


@pytest.mark.parametrize(
    "text",
    ["a: &x [1]\nb: *x\n", "a: &x {b: 1}\n<<: *x\n", "a: &x\n  - *x\n", "&a key: value\n"],
)
def test_anchors_and_aliases_are_refused(text, knowledge):
    assert "anchors and aliases are not accepted" in refused(text, knowledge)[0]


def test_deep_nesting_is_refused(knowledge):
    assert "levels" in refused("a: " + "[" * 40 + "]" * 40, knowledge)[0]
    deep = refused("[" * 100_000, knowledge)
    assert deep[0].startswith("file.yaml, line ")


def test_a_python_tag_builds_nothing(knowledge):
    found = refused(MINIMAL + "roles: !!python/object/apply:os.getcwd []\n", knowledge)
    assert found == [
        "file.yaml, line 5: the YAML tag tag:yaml.org,2002:python/object/apply:os.getcwd is not accepted; take it out."
    ]


def test_a_description_without_organisation_is_refused(knowledge):
    assert refused("schema_version: '1.0'\n", knowledge) == [
        'file.yaml, line 1: the key "organisation" is missing; add it.'
    ]


def test_bytes_that_are_no_utf8_are_refused_with_the_place(knowledge):
    assert refused(MINIMAL.encode() + b"\xff", knowledge) == [
        f"file.yaml: byte {len(MINIMAL)} is not UTF-8; save the file as UTF-8."
    ]


def test_a_large_file_is_refused_before_it_is_parsed(knowledge):
    assert refused(b" " * (LARGEST + 1), knowledge) == [
        "file.yaml: the file is larger than 10 MiB; split it by organisation."
    ]


def test_an_unknown_ending_is_wrong_usage(knowledge):
    with pytest.raises(UsageError, match="unknown format"):
        read_description(b"x", "file.pdf", knowledge)


def test_codes_with_leading_zeros_and_words_like_no_stay_text(knowledge):
    text = MINIMAL + "roles:\n  - id: r1\n    unit: 016\n    title_fi: no\n    responsibility: 12:30\n"
    graph = read_description(text.encode(), "file.yaml", knowledge).graph
    assert set(graph.objects(None, HYTE.hasUnitName)) == {Literal("016")}
    assert set(graph.objects(None, HYTE.hasName)) == {Literal("no", lang="fi")}
    assert set(graph.objects(None, HYTE.hasFunction)) == {Literal("12:30", lang="en")}


def test_a_quoted_null_is_text_and_a_plain_one_is_nothing(knowledge):
    text = MINIMAL + "roles:\n  - id: r1\n    unit: 'null'\n    title_fi: null\n"
    graph = read_description(text.encode(), "file.yaml", knowledge).graph
    assert set(graph.objects(None, HYTE.hasUnitName)) == {Literal("null")}
    assert not set(graph.objects(None, HYTE.hasName))


def turtle(*lines: str) -> str:
    base = "https://w3id.org/hyte-graph/id/description/espoo/"
    head = f"@prefix hyte: <{HYTE}> . @prefix : <{base}> .\n"
    actor = f"<{iri('actor', 'espoo')}>"
    return head + f"<{base}> a hyte:Description ; hyte:describes {actor} .\n" + "\n".join(lines)


def test_a_misspelt_property_in_turtle_is_refused_with_the_nearest_name(knowledge):
    found = refused(turtle(":b1 a hyte:Committee ; hyte:isPermanet true ."), knowledge, "file.ttl")
    assert found == [f'file.ttl: unknown property <{HYTE}isPermanet>; the nearest known is "isPermanent".']


def test_a_misspelt_class_in_turtle_is_refused_with_the_nearest_name(knowledge):
    found = refused(turtle(":b1 a hyte:Comittee ."), knowledge, "file.ttl")
    assert found[0].startswith(f'file.ttl: unknown class <{HYTE}Comittee>; the nearest known is "Committee"')


def test_statements_about_another_organisation_are_refused(knowledge):
    other = iri("actor", "vantaa")
    found = refused(turtle(f"<{other}> hyte:hasShortName 'x' ."), knowledge, "file.ttl")
    assert "is not the organisation's own" in found[0]


@pytest.mark.parametrize(
    "line", [":b1 <http://www.w3.org/2002/07/owl#imports> :x .", ":b1 <http://www.w3.org/ns/shacl#deactivated> true ."]
)
def test_rules_and_imports_in_a_description_are_refused(line, knowledge):
    assert "belongs to rules" in refused(turtle(line), knowledge, "file.ttl")[0]


def test_the_statutory_name_of_an_influence_body_tells_its_groups(knowledge):
    body = "bodies:\n  - {id: b1, kind: statutory_influence_body, name_fi: vanhusneuvosto ja vammaisneuvosto}\n"
    text = MINIMAL + body
    graph = read_description(text.encode(), "file.yaml", knowledge).graph
    assert set(graph.objects(None, HYTE.hasInfluenceGroup)) == {
        URIRef(iri("influence-group", "older-people")),
        URIRef(iri("influence-group", "persons-with-disabilities")),
    }


def test_groups_told_in_code_are_not_overruled_by_the_name(knowledge):
    body = "bodies:\n  - {id: b1, kind: statutory_influence_body, name_fi: vanhusneuvosto, groups: [young_people]}\n"
    graph = read_description((MINIMAL + body).encode(), "file.yaml", knowledge).graph
    assert set(graph.objects(None, HYTE.hasInfluenceGroup)) == {URIRef(iri("influence-group", "young-people"))}


def test_a_partner_named_exactly_as_a_registered_actor_is_recognised(knowledge):
    text = MINIMAL + "cooperation:\n  - id: k1\n    kind: joint_work\n    partners: [HUS-yhtymä, hus-yhtymä ja muut]\n"
    graph = read_description(text.encode(), "file.yaml", knowledge).graph
    assert set(graph.objects(None, HYTE.hasPartner)) == {URIRef(iri("actor", "hus"))}


def test_the_kind_of_a_thing_is_its_class(knowledge):
    text = MINIMAL + "documents:\n  - id: d1\n    kind: welfare_report_and_plan\n"
    graph = read_description(text.encode(), "file.yaml", knowledge).graph
    assert set(graph.subjects(RDF.type, HYTE.WellbeingReportAndPlan))


def _nulls(value):
    if isinstance(value, dict):
        return {key: _nulls(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_nulls(inner) for inner in value]
    return None if value in ("null", "") else value


def test_a_section_that_is_no_list_is_refused_and_not_lost(knowledge):
    text = MINIMAL + "answers:\n  norm: cty-7-3-s6-publish\n  answer: 'no'\n"
    assert refused(text, knowledge) == ['file.yaml, line 5: "answers" is a list; begin each item with a dash.']


def test_an_organisation_that_is_a_list_is_refused(knowledge):
    text = "schema_version: '1.0'\norganisation:\n  - id: espoo\n"
    assert refused(text, knowledge) == [
        'file.yaml, line 2: "organisation" is one thing with keys of its own, not a list.'
    ]


def test_another_version_of_the_format_is_refused(knowledge):
    found = refused(MINIMAL.replace("1.0", "9.0"), knowledge)
    assert found == ['file.yaml, line 1: version "9.0" of the description format is not known; use 1.0.']
