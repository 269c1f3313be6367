"""Every sentence of the web exists in three languages, is used, and is there when it is asked for."""

from __future__ import annotations

import re
import string
from pathlib import Path

import hyte_web
from hyte_graph.languages import LANGUAGES
from hyte_web.sentences import _sentences, keys

FILES = [path for path in Path(hyte_web.__file__).parent.rglob("*") if path.suffix in (".py", ".html")]
CODE = "\n".join(path.read_text(encoding="utf-8") for path in FILES)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_each_sentence_says_the_same_in_three_languages():
    for key, sentence in _sentences().items():
        assert tuple(name for name in sentence if name != "code") == LANGUAGES, key
        assert all(text.strip() for text in sentence.values()), key
        assert fields(sentence["fi"]) == fields(sentence["sv"]) == fields(sentence["en"]), key


def test_every_key_is_used_and_every_used_key_exists():
    quoted = set(re.findall(r"""["']([a-zA-Z0-9_-]+)["']""", CODE))
    begun = set(re.findall(r"""["']([a-z0-9]+(?:-[a-z0-9]+)*-)(?:["']|\{)""", CODE))
    asked = set(re.findall(r"""(?:\.say|sentence|said)\(\s*["']([a-zA-Z0-9-]*[a-zA-Z0-9])["']""", CODE))
    assert asked <= keys()
    assert [
        key for key in sorted(keys()) if key not in quoted and not any(key.startswith(start) for start in begun)
    ] == []
