"""Whatever is handed in: a description or a refusal with a code, never a traceback, a request or a lost record.

The default run takes a few hundred inputs; HYTE_HARD=1 takes more than a hundred thousand.
"""

from __future__ import annotations

import io
import json
import logging
import socket
import unicodedata
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyte_graph.intake.convert import convert
from hyte_graph.intake.reader import read_stated
from hyte_graph.intake.tree import read_tree
from hyte_graph.store.terms import HYTE
from tests.conftest import HARD
from tests.fuzz.parsers import KNOWLEDGE, asked, taken
from tests.fuzz.seeds import FULL, QUERY, SEEDS, spoilt, spoilt_bytes

TEXTS = 14_000 if HARD else 60  # for each of six formats
BOOKS = 4_000 if HARD else 15  # for each of three kinds of workbooks
QUERIES = 10_000 if HARD else 40


def fuzzed(count: int):
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
    return settings(max_examples=count, deadline=None, derandomize=not HARD, suppress_health_check=quiet, database=None)


@pytest.fixture(autouse=True)
def closed(monkeypatch):
    """No call to the network: neither through Python nor to the port that some texts name."""
    logging.disable(logging.CRITICAL)

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("A parser called the network.")

    with monkeypatch.context() as patched:
        patched.setattr(socket.socket, "connect", refused)
        yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("name", SEEDS)
def test_a_spoilt_text_is_taken_or_refused_and_never_a_defect(name):
    @fuzzed(TEXTS)
    @given(text=spoilt(SEEDS[name]))
    def holds(text: str) -> None:
        taken(text.encode("utf-8", "surrogatepass"), name)

    holds()


@fuzzed(TEXTS)
@given(content=st.binary(max_size=400), name=st.sampled_from([*SEEDS, "a.xlsx", "a.ods", "a.zip"]))
def test_any_bytes_under_any_name_are_refused(content, name):
    assert not taken(content, name)


@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".zip"])
def test_a_spoilt_workbook_is_taken_or_refused_and_never_a_defect(suffix):
    whole = convert(FULL.encode(), "a.yaml", f"a{suffix}", "en", KNOWLEDGE).content
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}

    @fuzzed(BOOKS)
    @given(data=st.data())
    def holds(data: st.DataObject) -> None:
        if data.draw(st.booleans()):
            taken(data.draw(spoilt_bytes(whole)), f"a{suffix}")
            return
        part = data.draw(st.sampled_from(sorted(parts)))
        text = parts[part].decode("utf-8", "replace")
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, data.draw(spoilt(text)).encode("utf-8", "replace") if name == part else content)
        taken(target.getvalue(), f"a{suffix}")

    holds()


@fuzzed(QUERIES)
@given(text=spoilt(QUERY))
def test_a_spoilt_query_is_answered_or_refused(text):
    asked(text)


records = st.lists(
    st.fixed_dictionaries(
        {"name_fi": st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=12)}
    ),
    min_size=1,
    max_size=12,
)


@fuzzed(2_000 if HARD else 25)
@given(bodies=records)
def test_no_record_is_lost_between_the_file_and_the_graph(bodies):
    value = {"schema_version": "1.0", "organisation": {"id": "espoo", "type": "municipality"}}
    value["bodies"] = [{"id": f"b{at}", "kind": "committee", **body} for at, body in enumerate(bodies)]
    content = json.dumps(value).encode()
    assert len(read_tree(content.decode(), "a.json", is_json=True).value["bodies"]) == len(bodies)
    graph = read_stated(content, "a.json", KNOWLEDGE).graph
    for at, body in enumerate(bodies):
        [node] = [node for node in set(graph.subjects()) if str(node).endswith(f"/b{at}")]
        wanted = unicodedata.normalize("NFC", body["name_fi"])
        assert [str(name) for name in graph.objects(node, HYTE.hasName)] == [wanted]
