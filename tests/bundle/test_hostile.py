"""Whatever a bundle holds, checking it gives sentences and no traceback, and no hostile text reaches the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from hyte_graph.bundle.container import pack
from hyte_graph.bundle.keys import PublicKey
from hyte_graph.bundle.manifest import NAME, digest, plain
from hyte_graph.bundle.verify import verify
from hyte_graph.bundle.versions import version_differences, versions_here
from hyte_graph.cli.verify import print_checks
from tests.bundle.conftest import parts, signing_key

HOSTILE: tuple[Any, ...] = (
    None, True, -1, 10**400, 1.5, "", "\x1b[2J", "../../x", "\u009b31m", [], [[]], {}, {"a": {}}, [None], "a" * 9999,
)  # fmt: skip
JSON_PARTS = (NAME, "evidence.json", "history.json", "versions.json")


def small(content: bytes) -> dict[str, bytes]:
    """Return the parts of a bundle without what is made of the description, so that many checks are quick."""
    kept = parts(content)
    return {path: kept[path] for path in kept if not path.startswith("raahe/") or path.endswith(".yaml")}


def rebuilt(kept: dict[str, bytes], **changed: bytes) -> bytes:
    """Return a bundle of which the manifest agrees with the parts."""
    told = kept | changed
    manifest = json.loads(kept[NAME])
    manifest["parts"] = {
        path: digest(told[path]) for path in sorted(told) if path != NAME and "signatures/" not in path
    }
    manifest["parts"] = {"mimetype": manifest["parts"].pop("mimetype")} | manifest["parts"]
    return pack(told | {NAME: changed.get(NAME, plain(manifest))})


def spoiled(value: Any) -> Iterator[Any]:
    """Yield a value with something hostile at each of its places in turn."""
    yield from HOSTILE
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in list(keys)[:12]:
        for inner in spoiled(value[key]):
            changed = value.copy()
            changed[key] = inner
            yield changed


@pytest.mark.parametrize("part", JSON_PARTS)
def test_hostile_values_in_a_part_give_sentences(unsigned, part, capsys):
    kept = small(unsigned)
    for value in spoiled(json.loads(kept[part])):
        found = verify(rebuilt(kept, **{part: plain(value)}), "town.hyte", None)
        print_checks(found, "en")
    out = capsys.readouterr().out
    assert all(letter.isprintable() or letter == "\n" for letter in set(out))


@pytest.mark.parametrize("name", ["", "x", "x.yaml", "x.xlsx", "x.ttl", "\x1b.yaml", "a" * 5000 + ".json"])
def test_a_description_under_another_name_is_assessed_or_refused_in_a_sentence(unsigned, knowledge, name):
    kept = small(unsigned)
    manifest = json.loads(kept[NAME])
    manifest["descriptions"]["raahe"][0]["name"] = name
    found = verify(rebuilt(kept | {NAME: plain(manifest)}), "town.hyte", knowledge)
    assert "differs" in {check.state for check in found}


def test_hostile_versions_are_only_other_versions():
    here = versions_here("shacl")
    for value in spoiled({"program": {"code": "x"}, "engine": {}, "libraries": {"rdflib": "1"}, "rules": {"a": "b"}}):
        if isinstance(value, dict):
            assert version_differences(value, here)


@pytest.mark.parametrize("signature", [b"", b"x", bytes(64), bytes(65), b"\xff" * 64])
def test_a_signature_of_any_bytes_is_only_wrong(signature):
    key = signing_key(1)
    assert not key.public.has_signed(b"content", signature)
    assert key.public.has_signed(b"content", key.sign(b"content"))
    assert isinstance(key.public, PublicKey)
