"""What `hyte_graph` itself names: it can be imported, asked from many threads, and errs in clear sentences."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache

import pytest

import hyte_graph
from hyte_graph import FilingError, Hyte, LimitError, Rows, Truth, UsageError
from tests.conftest import EXAMPLES

DAY = date(2025, 12, 31)
VERDICTS = "SELECT ?actor (COUNT(*) AS ?n) { ?verdict a hyte:Verdict ; earl:subject ?actor } GROUP BY ?actor"


@cache
def hyte() -> Hyte:
    return Hyte.load()


@pytest.mark.parametrize("name", hyte_graph.__all__)
def test_a_public_name_is_documented(name):
    assert getattr(hyte_graph, name).__doc__


def test_another_name_is_none():
    with pytest.raises(AttributeError, match="nothing"):
        hyte_graph.nothing  # noqa: B018


def test_importing_the_package_imports_no_engine():
    code = "import hyte_graph, sys; print([n for n in ('rdflib', 'pyoxigraph', 'pyshacl') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_terms_norms_and_actors_are_found():
    assert hyte().term("hyvinvointikertomuksen").label.sv == "välfärdsberättelse"
    assert hyte().actor("Pohjanmaan hyvinvointialue").slug == "pohjanmaa"
    assert hyte().norm("norm:cty-7-4-s4-annual-negotiation").provision.act == "2021-612"
    assert [hit.kind for hit in hyte().search("hyvinvointikertomus", kinds=("norm",), limit=2)] == ["norm", "norm"]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: hyte().term("qqqqqq"), "qqqqqq"),
        (lambda: hyte().norm("cty-7-4-s4-annual-negotiatio"), "cty-7-4-s4-annual-negotiation"),
        (lambda: hyte().actor("pohjanma"), "pohjanmaa"),
        (lambda: hyte().query("nosuchquestion"), "nosuchquestion"),
        (lambda: hyte().query("statements-of-a-norm"), "norm"),
        (lambda: hyte().query("ASK {}", about=[hyte().read(EXAMPLES / "raahe.yaml")]), "day"),
    ],
)
def test_a_wrong_name_is_one_clear_sentence(call, told):
    with pytest.raises(UsageError, match=told) as caught:
        call()
    assert caught.value.message.fi != caught.value.message.sv


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(FilingError, match=r"nosuch\.yaml"):
        hyte().read("nosuch.yaml")


def test_norms_of_an_actor_are_those_of_the_day_and_never_drafts():
    early, late = (hyte().norms(actor="pohjanmaa", on=date(year, 6, 1)) for year in (2022, 2026))
    assert {norm.slug for norm in early} < {norm.slug for norm in late}
    assert not [norm for norm in late if norm.kind == "DraftNorm"]


def test_several_organisations_can_be_asked_about_at_once():
    about = [hyte().read(EXAMPLES / name) for name in ("raahe.yaml", "helsinki.yaml")]
    found = hyte().query(VERDICTS, about=about, on=DAY)
    assert isinstance(found, Rows)
    assert {str(row["actor"]).rsplit("/", 1)[-1] for row in found} == {"raahe", "helsinki"}


def test_without_organisations_there_are_no_verdicts():
    assert hyte().query("ASK { ?verdict a hyte:Verdict }") == Truth(holds=False)


def test_a_query_with_a_time_is_stopped():
    with pytest.raises(LimitError):
        hyte().query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout=0.3)


def test_assessments_are_compared_by_norm_and_period():
    earlier, later = (hyte().assess(EXAMPLES / "raahe.yaml", on=date(year, 12, 31)) for year in (2024, 2025))
    rows = hyte().compare(earlier, later)
    assert {(row.norm.slug, row.period) for row in rows} >= {
        (item.norm.slug, item.period.slug if item.period else None) for item in earlier.verdicts
    }
    assert any(row.differs for row in rows)
    assert all(not row.differs for row in hyte().compare(later, later))


def test_eight_threads_may_share_one_graph():
    shared = Hyte.load()
    words = ["hyvinvointikertomus", "kontaktyta", "wellbeing", "osallisuus"] * 4
    with ThreadPoolExecutor(8) as pool:
        hits = [pool.submit(shared.search, word) for word in words]
        rows = [pool.submit(shared.query, "statements-of-a-norm", norm="cty-7-3-s6-publish") for _ in words]
        assert all(hit.result() for hit in hits)
        assert len({row.result() for row in rows}) == 1


def test_rows_are_a_table_in_a_notebook():
    found = hyte().query("SELECT ?x ?y { VALUES (?x ?y) { ('<b>'@fi term:interface) (UNDEF 1) } }")
    assert isinstance(found, Rows)
    assert '<td lang="fi">&lt;b&gt;</td><td>term:interface</td>' in found._repr_html_()
    assert "<td></td><td>1</td>" in found._repr_html_()
