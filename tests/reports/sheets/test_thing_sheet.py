"""The sheets of all things: each is written, each property has a name in each language."""

from __future__ import annotations

import json

import pytest

from hyte_graph.languages import LANGUAGES
from hyte_graph.messages import keys
from hyte_graph.reports.sheets import text, thing_data
from hyte_graph.reports.sheets.thing import thing_sheet
from hyte_graph.store.things import Things
from hyte_graph.vocabulary import HYTE, prefixed

TECHNICAL = ("sh:", "rdf:first", "rdf:rest")  # names of SHACL are the same in every language


@pytest.fixture(scope="module")
def things(knowledge) -> Things:
    return Things(knowledge)


def test_every_property_and_class_of_others_has_a_name_in_the_three_languages(things):
    used = {predicate for address in things.addresses for predicate in properties(things, address)}
    foreign = {prefixed(predicate) for predicate in used if not predicate.startswith(HYTE)}
    nameless = {name for name in foreign if f"foreign-{name.replace(':', '-')}" not in keys()}
    assert not {name for name in nameless if not name.startswith(TECHNICAL)}


def properties(things: Things, address: str) -> set[str]:
    return {triple.predicate.value for triple in things.described(address)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_thing_of_each_class_can_be_shown(things, language):
    seen: set[str] = set()
    for address in sorted(things.addresses):
        types = {
            triple.object.value
            for triple in things.described(address)
            if prefixed(triple.predicate.value) == "rdf:type"
        }
        if not types <= seen:
            seen |= types
            shown = text.render(thing_sheet(address, things, language), language)
            assert shown.splitlines()[2 if "\n=" in shown else 1].strip(), address
            assert json.loads(thing_data.render(address, things))["iri"] == address
    assert len(seen) > 50
