"""The sheets of all norms: complete in three languages, readable at 100 columns, well-formed as Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from hyte_graph.compliance.cases import cases_on
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.reports.sheets import data, markdown, text
from hyte_graph.reports.sheets.checks import case_label
from hyte_graph.reports.sheets.norm import norm_sheet
from hyte_graph.reports.sheets.sheet import Entry, Section, Sheet
from hyte_graph.vocabulary import HYTE, prefixed

WIDTH = 100


@pytest.fixture(scope="module")
def sheets(knowledge) -> dict[str, Sheet]:
    return {norm.slug: norm_sheet(norm, knowledge) for norm in knowledge.norms.values()}


def entries(sheet: Sheet) -> Iterator[Entry]:
    waiting = [entry for section in sheet.sections for entry in section.entries]
    while waiting:
        entry = waiting.pop()
        waiting.extend(entry.under)
        yield entry


def test_every_norm_has_a_sheet_without_a_missing_text(sheets, knowledge):
    assert len(sheets) == len(knowledge.norms) > 260
    for name, sheet in sheets.items():
        texts = [sheet.title, *sheet.leads, *(section.title for section in sheet.sections)]
        texts += [entry.label or entry.text for entry in entries(sheet)]
        texts += [entry.text for entry in entries(sheet) if not entry.under]
        assert all(told.within(language).strip() for told in texts for language in LANGUAGES), name


def test_no_sheet_shows_an_address_where_a_label_belongs(sheets):
    for name, sheet in sheets.items():
        for entry in entries(sheet):
            if entry.name:
                assert not entry.text.en.startswith("http"), (name, entry)
            assert not (entry.label and "http" in entry.label.fi), (name, entry)


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_is_no_wider_than_100_columns_but_for_what_cannot_break(sheets, language):
    for name, sheet in sheets.items():
        for line in text.render(sheet, language).splitlines():
            assert len(line) <= WIDTH or " " not in line.strip(" -") or "http" in line, (name, line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown_has_one_title_lists_without_gaps_and_no_empty_line_twice(sheets, language):
    for name, sheet in sheets.items():
        lines = markdown.render(sheet, language).splitlines()
        assert [line for line in lines if line.startswith("# ")] == lines[:1], name
        headings = sum(line.startswith("## ") for line in lines)
        assert headings == len(sheet.sections), name
        depth = -1
        for line in lines:
            found = re.match(r"( *)- ", line)
            deeper = len(found[1]) // 2 if found else -1
            assert deeper <= depth + 1, (name, line)
            depth = deeper
        assert "\n\n\n" not in "\n".join(lines), name


def test_markdown_shows_signs_as_they_are():
    entry = Entry(Text.same("1. *a* _b_ [c] <d> | `e`"), Text.same("f_g"), "norm:x", Text.same("https://x.fi/(y)"))
    sheet = Sheet(f"{HYTE}X", Text.same("#x"), (Text.same("- y"),), (Section("s", Text.same("S"), (entry,)),))
    shown = markdown.render(sheet, "fi")
    assert r"- **F\_g:** [1\. \*a\* \_b\_ \[c\] \<d\> \| \`e\`](<https://x.fi/(y)>) (`norm:x`)" in shown
    assert "\n\\- y\n" in shown


def test_json_says_what_the_sheet_says(sheets):
    for name, sheet in sheets.items():
        value = json.loads(data.render(sheet))
        assert value["name"] == f"norm:{name}"
        assert [section["key"] for section in value["sections"]] == [section.key for section in sheet.sections]
        assert value["title"] == sheet.title.as_dict()


def test_every_statement_that_is_set_beside_a_norm_stands_on_its_sheet(sheets, knowledge):
    triples = knowledge.triples
    for node in triples.of_class(f"{HYTE}Reconciliation"):
        statement = triples.value(node, "reconciles").rsplit("/", 1)[-1]
        for norm in triples.values(node, "comparesNorm"):
            names = {entry.name for entry in entries(sheets[norm.rsplit("/", 1)[-1]])}
            assert f"statement:{statement}" in names, (node, norm)


def test_every_rule_and_every_exception_stands_on_the_sheet_of_its_norm(sheets, knowledge):
    from hyte_graph.compliance.catalogue import read_catalogue

    for rule in read_catalogue(knowledge.shape_index).rules.values():
        assert f"rule:{rule.iri.rsplit('/', 1)[-1]}" in {entry.name for entry in entries(sheets[rule.norm])}
    for norm in knowledge.norms.values():
        for exception in norm.exceptions:
            shown = next(entry for entry in entries(sheets[norm.slug]) if entry.name == prefixed(exception.iri))
            cited = {entry.text for entry in shown.under}
            assert set(exception.warrants) <= cited, exception.iri


def test_every_case_is_told_in_three_languages(knowledge):
    told = {case.name: case for norm in knowledge.norms for case in cases_on(norm, knowledge)}
    assert len(told) > 350
    for case in told.values():
        label = case_label(case)
        assert len({label.fi, label.sv, label.en}) == 3, case.name


def test_every_norm_with_rules_has_a_case_that_passes_and_one_that_fails(sheets):
    for name, sheet in sheets.items():
        keys = {section.key: section for section in sheet.sections}
        if any(entry.name.startswith("rule:") for entry in entries(sheet)):
            assert len(keys["cases"].entries) >= 2, name
