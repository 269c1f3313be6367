"""Whatever is made of a signed report names that report, and is made again to the byte (row H8)."""

from __future__ import annotations

import io
import json
import zipfile
from hashlib import sha256

import pikepdf
import pytest

from hyte_graph.bundle.manifest import NAME
from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.engines import engine
from hyte_graph.intake.reader import read_description
from hyte_graph.reports import FORMATS, json_report, render
from hyte_graph.reports.stored import read_results
from tests.bundle.conftest import ASKED, DAY, REPORT, TOWN, parts

_OF_FINDINGS = ("turtle", "jsonld")  # these need more than the report
_OWN = ("json", "jsonl")


@pytest.mark.threat("H8")
@pytest.mark.parametrize("form", [form for form in FORMATS if form not in (*_OWN, *_OF_FINDINGS)])
def test_whatever_is_made_of_a_signed_report_names_it_and_is_made_again_to_the_byte(signed, knowledge, form) -> None:
    content = parts(signed)[REPORT]
    first, again = (_made_of(content, form, knowledge) for _ in range(2))
    assert first == again
    assert _digest(signed) in _shown(form, first)
    other = content.replace(b'"certainty": "', b'"certainty": "un', 1)
    assert other != content
    assert _digest(signed) not in _shown(form, _made_of(other, form, knowledge))


@pytest.mark.threat("H8")
def test_json_and_its_lines_are_the_signed_report_itself(signed, knowledge) -> None:
    content = parts(signed)[REPORT]
    (made,) = read_results(content, "report.json", knowledge).assessments
    assert json_report.render([made]).encode() == content
    line = json.loads(str(render("jsonl", [made], knowledge, "fi")))
    assert sha256((json.dumps(line, ensure_ascii=False, indent=2) + "\n").encode()).hexdigest() == _digest(signed)


@pytest.mark.threat("H8")
@pytest.mark.parametrize("form", _OF_FINDINGS)
def test_rdf_made_of_the_same_description_names_the_signed_report(signed, knowledge, form) -> None:
    description = read_description(TOWN.read_bytes(), TOWN.name, knowledge)
    made = assess(description, knowledge, on=DAY, checker=engine(ASKED.engine))
    first, again = (render(form, [made], knowledge, "fi") for _ in range(2))
    assert first == again
    assert _digest(signed) in str(first)


def _made_of(content: bytes, form: str, knowledge) -> str | bytes:
    (made,) = read_results(content, "report.json", knowledge).assessments
    return render(form, [made], knowledge, "fi")


def _digest(content: bytes) -> str:
    """Return what the signed manifest says of the report."""
    told: str = json.loads(parts(content)[NAME])["parts"][REPORT]
    return told


def _shown(form: str, content: str | bytes) -> str:
    """Return the text of a report, also of one that is packed."""
    if form == "pdf":
        with pikepdf.open(io.BytesIO(content)) as made, made.open_metadata() as told:
            return str(told["pdf:Keywords"])
    if isinstance(content, str):
        return content.replace("\r\n ", "")  # a calendar folds its lines
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
