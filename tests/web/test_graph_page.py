"""The neighbourhood of a thing: the list, the limits of the list, and the same for the picture."""

from __future__ import annotations

import pytest

from hyte_graph.languages import LANGUAGES
from hyte_graph.vocabulary import iri
from hyte_web.graph.neighbourhood import FEW, edges, groups
from tests.web.markup import read

NORM = "norm:cty-7-4-s4-annual-negotiation"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", ["", f"?focus={NORM}", "?focus=law:2021-612-7&depth=2", "?focus=hyte:Obligation"])
def test_the_html_of_a_neighbourhood_holds_together(client, language, query):
    answer = client.get(f"/{language}/graph{query}")
    assert answer.status_code == 200
    assert read(answer.text).faults == []


def test_the_list_leads_to_each_neighbour_and_lets_it_become_the_centre(client):
    anchors = read(client.get(f"/en/graph?focus={NORM}").text).anchors
    assert "/en/law/2021-612-7-4-s4" in anchors
    assert "/en/graph?focus=law:2021-612-7-4-s4" in anchors
    assert "/en/term/annual-negotiation" in anchors


def test_one_relation_can_be_chosen(client):
    text = client.get(f"/en/graph?focus={NORM}&rel=hyte:isOwedTo").text
    anchors = read(text).anchors
    assert "/en/actor-kind/municipality" in anchors
    assert "/en/law/2021-612-7-4-s4" not in anchors
    assert '<option value="hyte:isOwedTo" lang="en" selected>' in text


def test_the_picture_gets_the_things_of_the_list(app, client):
    told = client.get(f"/sv/graph.json?focus={NORM}").json["elements"]
    known = app.extensions["hyte"]
    address = iri("norm", NORM.partition(":")[2])
    listed = {item for group in groups(known, address) for item in group.addresses}
    assert {node["data"]["id"] for node in told["nodes"]} == listed | {address}
    assert [node["data"]["id"] for node in told["nodes"] if node["data"]["focus"]] == [address]
    ends = {node["data"]["id"] for node in told["nodes"]}
    assert all({edge["data"]["source"], edge["data"]["target"]} <= ends for edge in told["edges"])


def test_what_has_many_neighbours_tells_how_many_are_left_out(app, client):
    known = app.extensions["hyte"]
    address = iri("recurrence", "annual")
    crowded = [group for group in groups(known, address) if group.rest]
    assert crowded
    assert all(len(group.addresses) == FEW for group in crowded)
    assert f"and {crowded[0].rest} more" in client.get("/en/graph?focus=recurrence:annual").text


def test_a_second_step_does_not_lead_through_codes(app):
    known = app.extensions["hyte"]
    address = iri("norm", NORM.partition(":")[2])
    through = [edge for edge in edges(known, address, 2) if address not in (edge.source, edge.target)]
    assert through
    assert not [edge for edge in through if iri("modality", "must") in (edge.source, edge.target)]


def test_a_name_that_nothing_has_is_answered_with_what_to_do(client):
    answer = client.get("/en/graph?focus=norm:nope")
    assert answer.status_code == 404
    assert "There is no identifier “norm:nope”." in answer.text
    assert read(answer.text).faults == []
    assert client.get("/en/graph.json?focus=norm:nope").status_code == 404
    assert client.get(f"/en/graph?focus={NORM}&depth=3").status_code == 404
