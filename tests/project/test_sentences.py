"""Every sentence that people read exists in Finnish, Swedish and English, with the same placeholders."""

from __future__ import annotations

import re
import string
import tomllib

import pytest

from hyte_graph.messages import keys, say, spoken_day
from hyte_graph.resources import package_file
from tests.conftest import ROOT

FILES = sorted(package_file("sentences").glob("*.toml"))


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_sentence_says_the_same_in_three_languages(path):
    for key, sentence in tomllib.loads(path.read_text(encoding="utf-8")).items():
        code = sentence.pop("code", "a-code")
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", code), key
        assert set(sentence) == {"fi", "sv", "en"}, key
        assert all(text.strip() for text in sentence.values()) or key == "cite-touches", key
        assert fields(sentence["fi"]) == fields(sentence["sv"]) == fields(sentence["en"]), key


def test_no_key_stands_in_two_files():
    found = [key for path in FILES for key in tomllib.loads(path.read_text(encoding="utf-8"))]
    assert len(found) == len(set(found)) == len(keys())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_sentence_that_is_read_by_itself_is_that_of_its_file(path):
    for key, sentence in tomllib.loads(path.read_text(encoding="utf-8")).items():
        blank = {name: f"<{name}>" for name in fields(sentence["fi"])}
        told = say(key, **blank)
        assert told.as_dict() == {name: sentence[name].format(**blank) for name in ("fi", "sv", "en")}, key
        assert told.code == sentence.get("code", ""), key


def test_every_key_is_used_and_every_used_key_exists():
    files = (path for path in (ROOT / "hyte_graph").rglob("*") if path.suffix in (".py", ".html"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    quoted = set(re.findall(r"""["']([a-z0-9-]+)["']""", code))
    made = {name.rstrip("-") + "-" for name in re.findall(r"""["']([a-z0-9]+(?:-[a-z0-9]+)*-)(?:["']|\{)""", code)}
    assert set(re.findall(r"""say\(\s*["']([a-z0-9-]*[a-z0-9])["']""", code)) <= set(keys())
    assert [key for key in keys() if key not in quoted and not any(key.startswith(start) for start in made)] == []


def test_a_day_is_written_as_its_language_writes_it():
    from datetime import date

    assert [spoken_day(date(2025, 5, 1), language) for language in ("fi", "sv", "en")] == [
        "1.5.2025",
        "1.5.2025",
        "1 May 2025",
    ]
    assert say("day-wrong", value="x").en == '"x" is no day; write it as 2025-12-31.'
