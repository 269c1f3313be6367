"""The project's own reading of its context gives what a JSON-LD processor gives, triple by triple and in its order."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings

from hyte_graph.intake.description import CLASS_OF_SECTION, from_tree, processed
from hyte_graph.intake.form import description_form
from hyte_graph.intake.mapping import UnmappedError, statements
from hyte_graph.intake.reader import read_sound_tree
from hyte_graph.intake.tree import Tree
from hyte_graph.store.terms import node_of
from hyte_graph.vocabulary import description_base
from tests.conftest import EXAMPLES, HARD, ROOT
from tests.intake.test_round_trip import descriptions

BASE = description_base("kainuu")
ONE = {
    "text": "ä \"x\"\n'y'",
    "boolean": "true",
    "integer": "-7",
    "year": "2024",
    "date": "2024-02",
    "address": "https://example.org/?a=1#b",
    "reference": "s1",
    "thing": "cty-7-1-s1",
    "id": "x-1_Y",
}
FILES = sorted([*EXAMPLES.glob("*.yaml"), *(ROOT / "tests" / "fixtures").glob("fx-*.yaml")])


def _by_processor(document, base=BASE):
    return [tuple(map(node_of, (quad.subject, quad.predicate, quad.object))) for quad in processed(document, base)]


def _full(form, path=(), kind=None):
    """Return a part with every key of its form and each of its codes; one for each class, where it has classes."""
    made = {}
    for name, key in form.keys.items():
        if key.part is not None and name != "organisation":
            kinds = key.part.keys["kind"].codes if "kind" in key.part.keys else (None, None)
            made[name] = [_full(key.part, (*path, name), each) for each in kinds]
        elif key.part is not None:
            made[name] = _full(key.part, (*path, name))
        else:
            made[name] = kind if key.holds == "class" else list(key.codes) or ONE[key.holds]
    known = {"@type": CLASS_OF_SECTION[path[-1]]} if path and path[-1] in CLASS_OF_SECTION else {}
    return made if "kind" in made else {**known, **made}


@pytest.mark.parametrize("file", FILES if HARD else FILES[::5], ids=lambda path: path.stem)
def test_a_description_gives_the_triples_of_a_processor_in_their_order(file, knowledge, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "hyte_graph.intake.description.statements", lambda *told: seen.append(told) or statements(*told)
    )
    from_tree(read_sound_tree(file.read_bytes(), file.name, knowledge), b"")
    [told] = seen
    assert statements(*told) == _by_processor(*told)


def test_every_key_code_and_class_of_the_form_gives_what_a_processor_gives():
    document = {"@type": "Description", **_full(description_form())}
    made = statements(document, BASE)
    assert made == _by_processor(document)
    assert len(set(made)) > 200


@settings(max_examples=200 if HARD else 9, derandomize=not HARD, deadline=None, suppress_health_check=list(HealthCheck))
@given(value=descriptions())
def test_whatever_a_description_holds_gives_what_a_processor_gives(value):
    typed = {"@type": "Description", **json.loads(json.dumps(value))}
    for section, items in typed.items():
        if isinstance(items, list):
            for at, item in enumerate(items):
                item.setdefault("id", f"{section}-{at + 1}")
                for part in [*item.get("goals", []), *item.get("deliveries", [])]:
                    part.setdefault("id", f"part-{id(part)}")
    assert statements(typed, BASE) == _by_processor(typed)


@pytest.mark.parametrize(
    "part",
    [
        {"county": "http://example.org/x"},
        {"county": "a b"},
        {"county": "../up"},
        {"county": "ä"},
        {"languages": [["fi", "sv"], "en"]},
    ],
    ids=str,
)
def test_what_lies_outside_the_mapping_is_left_to_a_processor(part):
    value = {"schema_version": "1.0", "organisation": {"id": "kainuu", **part}}
    with pytest.raises(UnmappedError):
        statements({"@type": "Description", **value}, BASE)
    made = from_tree(Tree("a.yaml", value, {}), b"")
    assert set(made.graph) == set(_by_processor({"@type": "Description", **value}))
