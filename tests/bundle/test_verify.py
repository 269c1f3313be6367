"""A bundle tells whether it is as it was made, who signed it, and whether its verdicts come out again."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from dataclasses import dataclass

import pytest

from hyte_graph.bundle import make as making
from hyte_graph.bundle import rerun
from hyte_graph.bundle.check import Check, exit_code
from hyte_graph.bundle.container import LARGEST, MOST_PARTS, _regions, pack, readings
from hyte_graph.bundle.keys import part_names
from hyte_graph.bundle.manifest import NAME
from hyte_graph.bundle.verify import verify
from hyte_graph.errors import FilingError, UsageError
from tests.bundle.conftest import ASKED, REPORT, TOWN, forged, parts, signing_key
from tests.conftest import HARD, lacks

FLIPS = 1000 if HARD else 60


def looked(content: bytes, **options: object) -> tuple[Check, ...]:
    """Return the checks without assessing again."""
    return verify(content, "town.hyte", None, **options)


def told(checks: tuple[Check, ...], state: str = "differs") -> list[str]:
    return [check.text.en for check in checks if check.state == state]


def test_an_untouched_bundle_is_intact_and_reproduced(signed, key, knowledge):
    found = verify(signed, "town.hyte", knowledge, trusted=[key.public], evidence=[(b"kept at home", "mine.pdf")])
    assert exit_code(found) == 0
    assert {check.state for check in found} == {"intact"}
    assert any("assessed again" in text for text in told(found, "intact"))
    assert any("mine.pdf is the one" in text for text in told(found, "intact"))


def test_the_same_inputs_give_the_same_bytes(make, signed, key):
    assert make(key) == signed


@dataclass(frozen=True)
class Region:
    """A piece of the file, and the part that it belongs to."""

    start: int
    end: int
    part: str


def regions(content: bytes) -> list[Region]:
    found, at = [], 0
    for fault, piece in _regions(tuple(parts(content).items())):
        found.append(Region(at, at + len(piece), fault.part))
        at += len(piece)
    return [region for region in found if region.end > region.start]


@pytest.mark.threat("H1")
def test_a_changed_byte_anywhere_is_detected_and_its_part_is_named(signed):
    chance = random.Random(4)  # noqa: S311
    pieces = regions(signed)
    for turn in range(FLIPS):
        region = pieces[turn % len(pieces)]
        at = chance.randrange(region.start, region.end)
        spoiled = bytearray(signed)
        spoiled[at] ^= chance.randrange(1, 256)
        found = looked(bytes(spoiled))
        assert exit_code(found) == 1, at
        assert region.part in {check.part for check in found if check.state == "differs"}, (at, region)


def test_a_cut_and_added_bytes_are_detected(signed):
    for length in (len(signed) - 1, len(signed) // 2, 5000):
        assert any("cut off" in text for text in told(looked(signed[:length])))
    assert any("added after the end" in text for text in told(looked(signed + b"\n")))


def test_a_part_that_comes_twice_goes_missing_or_is_strange_is_named(unsigned):
    kept = parts(unsigned)
    without = {path: content for path, content in kept.items() if path != REPORT}
    assert f"The part {REPORT} is missing." in told(looked(pack(without)))
    assert "The part b/c.txt does not belong to the bundle." in told(looked(pack(kept | {"b/c.txt": b""})))
    twice = pack(kept | {"raahe/report.jsom": b"{}"}).replace(b"raahe/report.jsom", REPORT.encode())
    assert f"The part {REPORT} is in the bundle more than once." in told(looked(twice))


def test_a_path_that_leads_out_is_a_strange_part_and_nothing_is_written(unsigned, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = looked(pack(parts(unsigned) | {"../../evil\x1b[2J": b"x"}))
    assert exit_code(found) == 1
    assert not any("\x1b" in text for text in told(found))
    assert list(tmp_path.iterdir()) == []


def test_parts_in_another_order_are_noticed(unsigned):
    kept = parts(unsigned)
    assert "The order of the parts of the bundle has been changed." in told(looked(pack(dict(reversed(kept.items())))))


def test_an_unsigned_bundle_says_so_and_is_refused_where_a_signer_is_named(unsigned, key):
    assert any(text.startswith("Unsigned") for text in told(looked(unsigned), "note"))
    assert exit_code(looked(unsigned)) == 0
    assert exit_code(looked(unsigned, trusted=[key.public])) == 1


def test_a_signer_that_was_not_named_is_told(signed, key):
    assert key.public.fingerprint in told(looked(signed), "note")[0]
    found = looked(signed, trusted=[signing_key(2).public])
    assert exit_code(found) == 1
    assert "No key that you named has signed the bundle." in told(found)
    assert any("key that you did not name" in text for text in told(found, "note"))


@pytest.mark.threat("H7")
def test_a_new_key_beside_the_old_one_is_found_under_either(make):
    old, new = signing_key(1), signing_key(2)
    both = make(old, new)
    for trusted in ([old.public], [new.public], [old.public, new.public]):
        assert exit_code(looked(both, trusted=trusted)) == 0
    assert exit_code(looked(both, trusted=[signing_key(3).public])) == 1


@pytest.mark.threat("H1")
def test_a_swapped_signature_or_key_is_named(make, signed, key):
    other = signing_key(2)
    _, signature = part_names(key.public.fingerprint)
    swapped = looked(pack(parts(signed) | {signature: other.sign(parts(signed)[NAME])}), trusted=[key.public])
    assert signature in {check.part for check in swapped if check.state == "differs"}
    pem = part_names(key.public.fingerprint)[0]
    assert exit_code(looked(forged(signed, **{pem: other.public.pem}), trusted=[key.public])) == 1
    lone = {path: content for path, content in parts(signed).items() if path != signature}
    assert signature in {check.part for check in looked(pack(lone)) if check.state == "differs"}


def test_a_forged_verdict_in_an_unsigned_bundle_is_found_by_assessing_again(unsigned, knowledge):
    report = json.loads(parts(unsigned)[REPORT])
    at = next(at for at, verdict in enumerate(report["verdicts"]) if verdict["outcome"] == "evidence-missing")
    report["verdicts"][at]["outcome"] = "fulfilled"
    written = (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()
    found = verify(forged(unsigned, **{REPORT: written}), "town.hyte", knowledge)
    assert exit_code(found) == 1
    text = next(text for text in told(found) if "outcome" in text)
    assert report["verdicts"][at]["norm"] in text
    assert '"fulfilled"' in text
    assert '"evidence-missing"' in text


def test_a_forged_signed_bundle_fails_at_the_signature(signed, key):
    changed = parts(signed)["raahe/description.yaml"] + b"\n"
    assert exit_code(looked(forged(signed, **{"raahe/description.yaml": changed}), trusted=[key.public])) == 1


@pytest.mark.threat("H4")
def test_other_rules_are_not_called_wrong_but_not_reproduced(make, monkeypatch, knowledge, unsigned):
    versions = json.loads(parts(unsigned)[making.VERSIONS])
    name = next(iter(versions["rules"]))
    versions["rules"][name] = "0" * 64
    monkeypatch.setattr(rerun, "versions_here", lambda _: versions)
    report = json.loads(parts(unsigned)[REPORT]) | {"versions": {"rules": "0"}}
    written = (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()
    found = verify(forged(unsigned, **{REPORT: written}), "town.hyte", knowledge)
    assert exit_code(found) == 4
    assert any("not reproduced here" in text and f"rules/{name}" in text for text in told(found, "unknown"))


@pytest.mark.threat("H7")
def test_another_version_of_a_library_that_gives_the_same_bytes_is_only_mentioned(unsigned, knowledge):
    versions = parts(unsigned)[making.VERSIONS].replace(b'"rdflib": "', b'"rdflib": "0.')
    found = verify(forged(unsigned, **{making.VERSIONS: versions}), "town.hyte", knowledge)
    assert exit_code(found) == 0
    assert any("rdflib 0." in text for text in told(found, "note"))


def test_a_description_that_has_changed_is_named_and_not_assessed(signed, knowledge):
    spoiled = signed.replace(b"council_terms:", b"council_terms :", 1)[: len(signed)]
    assert spoiled != signed
    found = verify(spoiled, "town.hyte", knowledge)
    assert exit_code(found) == 1
    assert not any("assessed again, and" in check.text.en for check in found)


@pytest.mark.parametrize(
    "change", [{"before": 1}, {"head": "0" * 64}, {"links": []}, {"records": [[1, "x", "", "", "", ""]]}]
)
def test_a_changed_chain_is_found_even_if_the_manifest_agrees(unsigned, change):
    history = json.loads(parts(unsigned)["history.json"]) | change
    found = looked(forged(unsigned, **{"history.json": (json.dumps(history, indent=1) + "\n").encode()}))
    assert "history.json" in {check.part for check in found if check.state == "differs"}


def test_the_chain_names_the_days_of_no_other_organisation(unsigned):
    assert b"oulu" not in parts(unsigned)["history.json"]


def test_evidence_that_differs_from_its_digest_is_told(unsigned):
    found = looked(unsigned, evidence=[(b"another plan", "plan.pdf")])
    assert "The file plan.pdf is none of those that the bundle names, or it has changed." in told(found)


@pytest.mark.parametrize("content", [b"", b"no bundle", b"PK\x03\x04", pack({"a.txt": b"a"})])
def test_a_file_that_is_no_bundle_is_one_sentence(content):
    with pytest.raises(FilingError, match=r"town\.hyte is no assessment bundle"):
        looked(content)


@pytest.mark.parametrize(
    "manifest", [b"", b"{}", b"[" * 100_000, b'{"schema": "hyte.bundle/9"}', b"\xff", b"null", b'{"schema": NaN}']
)
def test_a_manifest_that_is_none_is_named(unsigned, manifest):
    found = looked(pack(parts(unsigned) | {NAME: manifest}))
    assert NAME in {check.part for check in found if check.state == "differs"}


FINDINGS = b"""schema_version: "1.0"
organisation: {id: raahe, type: municipality}
judgements:
  - {norm: mun-6-1-s1-promote-wellbeing, outcome: fulfilled, role: auditor, date: "2025-11-01", reason: seen}
sources:
  - {id: a1, title: Visit, url: "https://example.org/visit"}
"""


def test_what_auditors_found_travels_with_the_verdict(knowledge):
    town = (TOWN.read_bytes(), TOWN.name)
    content = making.bundle([[town, (FINDINGS, "findings.yaml")]], ASKED, knowledge)
    assert "raahe/judgements-1.yaml" in parts(content)
    assert parts(content)[REPORT] != parts(making.bundle([[town]], ASKED, knowledge))[REPORT]
    assert exit_code(verify(content, "town.hyte", knowledge)) == 0


def test_two_descriptions_of_one_organisation_are_refused(knowledge):
    given = (TOWN.read_bytes(), TOWN.name)
    with pytest.raises(UsageError, match="raahe"):
        making.bundle([[given], [given]], ASKED, knowledge)


@pytest.mark.threat("H6")
def test_a_description_with_blank_nodes_is_refused(knowledge):
    turtle = parts(making.bundle([[(TOWN.read_bytes(), TOWN.name)]], ASKED, knowledge))["raahe/description.nq"].decode()
    text = turtle + "_:x <https://w3id.org/hyte-graph/ontology#isPublishedAt> <https://example.org/> .\n"
    with pytest.raises(FilingError, match="blank nodes"):
        making.bundle([[(text.encode(), "raahe.ttl")]], ASKED, knowledge)


def test_limits_stand_before_anything_is_read():
    many = pack({f"a{number}": b"" for number in range(MOST_PARTS + 1)})
    assert readings(many) == ()
    assert LARGEST == 256 * 1024**2


def test_the_commands_of_the_read_me_check_a_bundle_without_this_program(signed, key, tmp_path):
    if not (shutil.which("openssl") and shutil.which("sha256sum")):
        lacks("There is no openssl or no sha256sum on the path.")
    for path, content in parts(signed).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    lines = [line.strip() for line in parts(signed)["README.txt"].decode().splitlines()]
    short = part_names(key.public.fingerprint)[0].removeprefix("keys/").removesuffix(".pem")
    commands = [line.replace("KEY", short) for line in lines if line.startswith(("sed", "openssl"))][-2:]
    for command in commands:
        done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True)  # noqa: S602
        assert done.returncode == 0, done.stderr
    (tmp_path / REPORT).write_bytes(b"{}")
    assert subprocess.run(commands[0], shell=True, cwd=tmp_path, capture_output=True).returncode == 1  # noqa: S602
    (tmp_path / NAME).write_bytes(parts(signed)[NAME] + b" ")
    assert subprocess.run(commands[1], shell=True, cwd=tmp_path, capture_output=True).returncode == 1  # noqa: S602
