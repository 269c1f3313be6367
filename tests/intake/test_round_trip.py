"""A description comes through every format whole, whatever its parts hold, and back again."""

from __future__ import annotations

from functools import cache
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyte_graph.intake.check import faults
from hyte_graph.intake.convert import convert
from hyte_graph.intake.description import from_tree
from hyte_graph.intake.form import Key
from hyte_graph.intake.reader import read_sound_tree, read_stated
from hyte_graph.intake.tree import Tree
from hyte_graph.intake.workbook.layout import ORGANISATION, PLURAL, sheets
from hyte_graph.intake.workbook.write import About, write_workbook
from hyte_graph.intake.writing import as_yaml
from hyte_graph.languages import LANGUAGES, Text
from tests.conftest import EXAMPLES, HARD
from tests.intake.test_workbook import NAMES, SMALL

WORKBOOKS = (".xlsx", ".ods", ".zip")
FORMATS = (".yaml", ".json", ".jsonld", ".ttl", *WORKBOOKS, "/")
PAIRS = list(product(FORMATS, FORMATS) if HARD else zip(FORMATS, (*FORMATS[3:], *FORMATS[:3]), strict=True))
words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=12).filter(str.strip)
guarded = st.sampled_from(
    ["=1+1", "'=1", "-", "+1", "@x", "'", "''", " a  b ", "a;b,c", 'say "x"', "0016", "two\nlines"]
)
slugs = st.from_regex(r"[a-z][a-z0-9]{0,5}", fullmatch=True)
PLAIN = {
    "text": words | guarded,
    "boolean": st.sampled_from(["true", "false"]),
    "integer": st.integers(-9, 10**15 - 1).map(str),
    "year": st.integers(1900, 2100).map(str),
    "date": st.sampled_from(["2023", "2023-12", "2023-12-05", "1950-01-31", "2099-12-31"]),
    "address": st.sampled_from(["https://example.org/?a=1&b=2#c", "http://example.org/ä"]),
    "reference": st.just("s1"),
    "thing": st.sampled_from(["cty-7-3-s6-publish", "cty-7-1-s1"]),
}


@cache
def values(key: Key) -> st.SearchStrategy[object]:
    one = st.sampled_from(key.codes) if key.codes else PLAIN[key.holds]
    several = key.name in PLURAL and key.holds != "reference"
    return one | st.lists(one, min_size=2, max_size=3, unique=True) if several else one


@cache
def items(part: str) -> st.SearchStrategy[dict[str, object]]:
    sheet = next(sheet for sheet in sheets() if sheet.name == part)
    plain = {key.name: values(key) for key in sheet.columns if key.holds != "id"}
    few = st.lists(st.sampled_from(sorted(plain)), max_size=6, unique=True)
    return few.flatmap(lambda names: st.fixed_dictionaries({name: plain[name] for name in names}))


@st.composite
def descriptions(draw) -> dict[str, object]:
    """A few things in a few parts, those that belong to others with their owner."""
    value: dict[str, object] = {"schema_version": "1.0", "organisation": {"id": "kainuu"}}
    value["sources"] = [{"id": "s1", "title": draw(words | guarded)}]
    parts = [sheet for sheet in sheets() if sheet.name not in (ORGANISATION, "sources") and len(sheet.path) == 1]
    for sheet in draw(st.lists(st.sampled_from(parts), max_size=4, unique_by=lambda sheet: sheet.name)):
        found = draw(st.lists(items(sheet.name).filter(bool), min_size=1, max_size=3))
        prepared = {"norm", "subject", "year", "term"}  # what the template fills in beforehand says nothing alone
        value[sheet.name] = [item for item in found if set(item) - prepared]
    for sheet in (sheet for sheet in sheets() if len(sheet.path) > 1):
        part, word = sheet.path
        for owner in value.get(part, []):
            owner[word] = draw(st.lists(items(sheet.name).filter(bool), max_size=2))
    return value


@pytest.mark.parametrize("suffix", WORKBOOKS)
@settings(max_examples=100 if HARD else 8, derandomize=not HARD, deadline=None, suppress_health_check=list(HealthCheck))
@given(value=descriptions(), language=st.sampled_from(LANGUAGES))
def test_whatever_a_description_holds_comes_back_out_of_a_workbook(suffix, value, language, knowledge):
    if faults(Tree("a.yaml", value, {})):
        return
    wanted = _told(as_yaml(value).encode(), "a.yaml", knowledge)
    book = write_workbook(value, About(Text.same("x"), "kainuu", language), knowledge, "a", suffix)
    assert _told(book, f"a{suffix}", knowledge) == wanted
    back = read_sound_tree(book, f"a{suffix}", knowledge)
    assert _told(as_yaml(back.value).encode(), "a.yaml", knowledge) == wanted


def _told(content, name, knowledge):
    """Return the triples of a description, whatever its format."""
    return set(from_tree(read_sound_tree(content, name, knowledge), b"").graph)


@settings(max_examples=25, deadline=None)
@given(value=descriptions())
def test_the_descriptions_of_the_test_above_are_sound(value):
    assert faults(Tree("a.yaml", value, {})) == ()


def test_every_format_becomes_every_other_without_a_loss(knowledge):
    wanted = set(read_stated(SMALL.encode(), "a.yaml", knowledge).graph)
    made = {form: convert(SMALL.encode(), "a.yaml", f"a{form}", "sv", knowledge).content for form in FORMATS}
    for source, target in PAIRS:
        done = convert(made[source], f"a{source}", f"b{target}", "fi", knowledge)
        assert not [text.en for text in done.losses if text.en.startswith("Left out")], (source, target)
        assert set(read_stated(done.content, f"b{target}", knowledge).graph) == wanted, (source, target)


@pytest.mark.parametrize("suffix", [".ods", ".zip"])
@pytest.mark.parametrize("name", NAMES if HARD else ["vantaa-kerava", "helsinki"])
def test_an_example_comes_back_out_of_ods_and_csv(name, suffix, knowledge):
    content = (EXAMPLES / f"{name}.yaml").read_bytes()
    made = convert(content, f"{name}.yaml", f"{name}{suffix}", "sv", knowledge)
    assert made.losses == ()
    assert convert(content, f"{name}.yaml", f"{name}{suffix}", "sv", knowledge).content == made.content
    wanted = set(read_stated(content, f"{name}.yaml", knowledge).graph)
    assert set(read_stated(made.content, f"{name}{suffix}", knowledge).graph) == wanted
