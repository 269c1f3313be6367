"""Days and texts: a day is a day in Finland, and no locale, time zone or look-alike letter changes an answer."""

from __future__ import annotations

import itertools
import os
import random
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyoxigraph
import pytest
import yaml

from hyte_graph.cli import days
from hyte_graph.compliance.windows import is_open, periods
from hyte_graph.intake.convert import convert, tree_of
from hyte_graph.intake.dates import interval
from hyte_graph.intake.reader import read_stated
from hyte_graph.languages import LANGUAGES
from hyte_graph.reports.ordering import alphabetical
from hyte_graph.store.terms import HYTE, term_of
from hyte_web import clock
from tests.conftest import EXAMPLES, HARD, ROOT
from tests.threats.filings import HOME, TURTLE, YAML, codes_of, read

threat = pytest.mark.threat
LOCALES, ZONES, SEEDS = ("C", "tr_TR.UTF-8", "fi_FI.UTF-8"), ("UTC", "Pacific/Kiritimati", "America/Anchorage"), "0123"


@threat("E1")
@pytest.mark.parametrize(
    ("text", "last"),
    [("2024-02", 29), ("2028-02", 29), ("2100-02", 28), ("2025-02", 28), ("2024-01", 31), ("2024-04", 30)],
)
def test_a_month_ends_on_its_last_day(text, last):
    assert interval(text).last == date.fromisoformat(f"{text}-{last}")
    assert interval(f"{text}-{last + 1}") is None


@threat("E1")
def test_nothing_adds_months_or_years_to_a_day():
    for path in (ROOT / "hyte_graph").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "relativedelta" not in text, path
        assert not re.search(r"\.replace\((year|month)=", text), path


class Moment:
    """A clock that stands still."""

    at: datetime

    @classmethod
    def now(cls, zone: object) -> datetime:
        return cls.at.astimezone(zone)  # type: ignore[arg-type]


@threat("E2", "E3", "E4")
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2025-05-31T20:59:59", "2025-05-31"),
        ("2025-05-31T21:00:00", "2025-06-01"),
        ("2025-05-31T21:30:00", "2025-06-01"),
        ("2025-12-31T21:59:59", "2025-12-31"),
        ("2025-12-31T22:30:00", "2026-01-01"),
        ("2025-03-30T00:30:00", "2025-03-30"),
        ("2025-10-25T20:59:00", "2025-10-25"),
        ("2025-10-25T21:00:00", "2025-10-26"),
        ("2025-10-26T22:00:00", "2025-10-27"),
    ],
)
def test_today_is_the_day_in_finland_on_both_sides_of_midnight(moment, day, monkeypatch):
    Moment.at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    monkeypatch.setattr(days, "datetime", Moment)
    monkeypatch.setattr(clock, "datetime", Moment)
    assert days.day(None) == clock.today() == date.fromisoformat(day)


@threat("E2", "E3", "E4")
@pytest.mark.parametrize(
    "value",
    ["2025-05-31T21:30Z", "2025-12-31T22:30:00Z", "2025-03-30T03:30", "2025-10-26T03:30:00", "2025-05-31+03:00"],
)
def test_a_time_of_day_is_no_day_and_is_refused(value, knowledge):
    assert codes_of(YAML + f'reference_date: "{value}"\n', "a.yaml", knowledge) == {"bad-lexical-form"}


TERMS = {
    "municipality-2021-2025": ("2021-08-01", "2025-05-31"),
    "municipality-2025-2029": ("2025-06-01", "2029-05-31"),
    "county-2022-2025": ("2022-03-01", "2025-05-31"),
    "county-2025-2029": ("2025-06-01", "2029-05-31"),
}


@threat("E5")
def test_the_terms_of_councils_are_data_with_a_source_and_follow_on_each_other(knowledge):
    assert {term.slug: (term.starts.isoformat(), term.ends.isoformat()) for term in knowledge.terms} == TERMS
    table = (ROOT / "ontology/registers/council-terms.ttl").read_text(encoding="utf-8")
    for term in knowledge.terms:
        entry = table.partition(f"term:{term.slug}\n")[2].partition("\n.")[0]
        assert "dcterms:source law:" in entry
    for of in ("municipality", "county"):
        ordered = sorted((term for term in knowledge.terms if term.of == of), key=lambda term: term.starts)
        assert all(after.starts - before.ends == timedelta(1) for before, after in itertools.pairwise(ordered))


@threat("E5")
@pytest.mark.parametrize(
    ("on", "count", "open_"),
    [
        ("2025-05-30", 1, True),
        ("2025-05-31", 1, False),
        ("2025-06-01", 2, True),
        ("2029-05-30", 2, True),
        ("2029-05-31", 2, False),
    ],
)
def test_a_duty_of_a_term_is_judged_on_its_first_and_last_day_as_it_stands_at_their_end(on, count, open_, knowledge):
    norm, actor, day = knowledge.norms["cty-7-3-s6-publish"], knowledge.actors["kainuu"], date.fromisoformat(on)
    found = periods(norm, actor, day, knowledge.terms)
    assert len(found) == count
    assert is_open(found[-1], norm, day) is open_


@threat("E6")
def test_a_norm_binds_from_its_first_day_and_the_day_is_asked_for_and_not_read_off_a_clock(knowledge):
    norm, actor = knowledge.norms["cty-7-3-s6-publish"], knowledge.actors["kainuu"]
    assert norm.applies_from == date(2023, 1, 1)
    seen = {periods(norm, actor, date(2025, 12, 31), knowledge.terms) for _ in range(2)}
    assert len(seen) == 1
    undated = [item.slug for item in knowledge.norms.values() if item.is_duty and item.applies_from is None]
    assert all(knowledge.norms[slug].kind == "DraftNorm" or not knowledge.norms[slug].is_binding for slug in undated)


@threat("E7")
def test_only_the_shells_read_a_clock():
    clocks = re.compile(r"datetime\.now|date\.today|utcnow|(?<![\w.])time\.(time|localtime|gmtime)\(")
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in ("hyte_graph", "web")
        for path in (ROOT / folder).rglob("*.py")
        if clocks.search(path.read_text(encoding="utf-8"))
    }
    assert found <= {"hyte_graph/cli/days.py", "web/hyte_web/clock.py", "web/hyte_web/check/runs.py"}


def forms_of(source: Path, folder: Path, knowledge) -> list[str]:
    """Write a description in every format, shuffled where the format has no order of its own, and return the files."""
    content, made = source.read_bytes(), [folder / "a.yaml"]
    made[0].write_bytes(content)
    for suffix in (".jsonld", ".ttl", ".xlsx", ".ods", ".zip"):
        made.append(folder / f"a{suffix}")
        made[-1].write_bytes(convert(content, source.name, f"a{suffix}", "sv", knowledge).content)
    value = tree_of(content, source.name, knowledge)
    keys = list(value)
    random.Random(7).shuffle(keys)  # noqa: S311
    made.append(folder / "shuffled.yaml")
    made[-1].write_text(yaml.safe_dump({key: value[key] for key in keys}, sort_keys=False, allow_unicode=True))
    triples = [
        pyoxigraph.Triple(*map(term_of, triple)) for triple in read_stated(content, source.name, knowledge).graph
    ]
    random.Random(8).shuffle(triples)  # noqa: S311
    for suffix, syntax in ((".nt", pyoxigraph.RdfFormat.N_TRIPLES), (".rdf", pyoxigraph.RdfFormat.RDF_XML)):
        made.append(folder / f"shuffled{suffix}")
        made[-1].write_bytes(pyoxigraph.serialize(triples, format=syntax) or b"")
    return [str(path) for path in made]


@threat("E8", "D26", "H5")
def test_one_description_has_one_digest_and_one_report_in_every_format_seed_zone_and_locale(tmp_path, knowledge):
    files = forms_of(EXAMPLES / "paijat-hame.yaml", tmp_path, knowledge)
    every = list(itertools.product(SEEDS, ZONES, LOCALES))
    chosen = every if HARD else [("0", "UTC", "C"), ("3", "Pacific/Kiritimati", "tr_TR.UTF-8")]
    seen = set(digests(files, *chosen[0]))
    for seed, zone, name in chosen[1:]:
        seen.update(digests(files if HARD else files[::4], seed, zone, name))
    assert len(seen) == 1, seen


def digests(files: list[str], seed: str, zone: str, name: str) -> list[str]:
    settings = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": name, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    call = [sys.executable, "-m", "tests.threats.reproduce", *files]
    done = subprocess.run(call, capture_output=True, text=True, check=False, cwd=ROOT, env=os.environ | settings)
    lines = done.stdout.split("\n")[:-1]
    assert len(lines) == len(files), done.stderr[-800:]
    return lines


@threat("E8")
def test_letters_come_in_the_order_of_finnish_and_swedish_in_every_locale(knowledge):
    names = sorted((actor.label.sv for actor in knowledge.actors.values()), key=alphabetical)
    first = [name[0].upper() for name in names]
    letters = [letter for letter, _ in itertools.groupby(first)]
    assert [letter for letter in letters if letter in "ÅÄÖ"] == [letter for letter in "ÅÄÖ" if letter in letters]
    assert all(letters.index(after) > letters.index("V") for after in "ÅÄÖ" if after in letters)


@threat("E9")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("\u0415spoo", "two alphabets"),
        ("Es\u200bpoo", "U+200B"),
        ("Es\u202epoo", "U+202E"),
        ("Es\u2066poo", "U+2066"),
        ("\u03a1ori", "two alphabets"),
    ],
)
def test_look_alikes_and_signs_that_nobody_sees_are_announced_with_their_place(name, said, knowledge):
    text = YAML + f'bodies:\n  - {{id: b1, kind: committee, name_fi: "{name}"}}\n'
    [notice] = read(text, "a.yaml", knowledge).notices
    assert said in notice.en
    assert "line 4" in notice.en
    assert all(notice.within(language) for language in LANGUAGES)
    [notice] = read(TURTLE + f':b1 a hyte:Committee ; hyte:hasName "{name}"@fi .', "a.ttl", knowledge).notices
    assert said in notice.en


@threat("E9")
def test_organisations_are_known_by_code_and_no_example_deceives_the_eye(knowledge):
    for path in EXAMPLES.glob("*.yaml"):
        assert read(path.read_bytes(), path.name, knowledge).notices == (), path.name
    assert "bad-lexical-form" in codes_of(YAML.replace("espoo", "\u0435spoo"), "a.yaml", knowledge)


@threat("E10")
def test_tags_of_language_are_in_small_letters_whatever_was_written(knowledge):
    text = TURTLE + ':b1 a hyte:Committee ; hyte:hasName "a"@FI, "b"@fi-FI .'
    assert {value.language for value in read(text, "a.ttl", knowledge).graph.objects(None, HYTE.hasName)} == {
        "fi",
        "fi-fi",
    }


@threat("E10")
def test_everything_in_the_ontology_is_called_something_in_both_languages_of_the_law(knowledge):
    for norm in knowledge.norms.values():
        assert norm.label.fi.strip()
        assert norm.label.sv.strip()


@threat("E11", "E12")
@pytest.mark.parametrize("identifier", ["ä", "a\u0308", "İ", "ß", "µ", "%C3%A4", "Ⅳ", "１"])
def test_identifiers_are_plain_letters_so_that_each_has_one_spelling(identifier, knowledge):
    text = YAML + f'bodies:\n  - {{id: "{identifier}", kind: committee}}\n'
    assert codes_of(text, "a.yaml", knowledge) == {"bad-lexical-form"}
    if identifier != "%C3%A4":
        assert codes_of(TURTLE + f"<{HOME}{identifier}> a hyte:Committee .", "a.ttl", knowledge) == {"bad-lexical-form"}


@threat("E11")
def test_no_address_of_ours_has_letters_beyond_ascii():
    ours = re.compile(r"<https://w3id\.org/hyte-graph/[^>]*>")
    for folder in ("ontology", "rules"):
        for path in (ROOT / folder).rglob("*.ttl"):
            assert all(address.isascii() for address in ours.findall(path.read_text(encoding="utf-8"))), path
