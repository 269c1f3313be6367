"""hyte bundle, hyte verify, hyte store: from the command line, with keys as openssl makes them."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from hyte_graph.bundle.container import LARGEST
from hyte_graph.cli.main import main
from hyte_graph.languages import LANGUAGES
from hyte_graph.store.archive import FILE
from hyte_graph.store.knowledge import Knowledge
from tests.conftest import EXAMPLES, ROOT

TOWN = str(EXAMPLES / "raahe.yaml")
QUICK = ["--on", "2025-12-31", "--engine", "shacl"]


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch, knowledge: Knowledge) -> None:
    monkeypatch.setattr(Knowledge, "shipped", lambda: knowledge)


def private(key: object, lock: KeySerializationEncryption | None = None) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock or NoEncryption())  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Path:
    """Return a folder with keys, saved assessments and a signed bundle."""
    made = tmp_path_factory.mktemp("desk")
    key = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
    (made / "key.pem").write_bytes(private(key))
    (made / "locked.pem").write_bytes(private(key, BestAvailableEncryption(b"open sesame")))
    (made / "curve.pem").write_bytes(private(generate_private_key(SECP256R1())))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (made / "pub.pem").write_bytes(public)
    for day in ("2024-12-31", "2025-12-31"):
        words = ["check", TOWN, "--on", day, "--engine", "shacl", "--fail-on", "never", "--format", "json"]
        assert main([*words, "--save", str(made / "store"), "-o", str(made / "report.json")]) == 0
    words = ["bundle", TOWN, *QUICK, "--key", str(made / "key.pem"), "--store", str(made / "store")]
    assert main([*words, "-o", str(made / "town.hyte")]) == 0
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_signed_bundle_is_intact_and_reproduced(desk, capsys, language):
    words = ["verify", str(desk / "town.hyte"), "--trust", str(desk / "pub.pem"), "--lang", language]
    assert main(words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("✓ ") for line in lines[:-1])
    assert {"fi": "Tulos:", "sv": "Resultat:", "en": "Result:"}[language] in lines[-1]


def test_a_changed_byte_exits_with_1_and_the_answer_as_json_names_the_part(desk, capsys, tmp_path):
    spoiled = bytearray((desk / "town.hyte").read_bytes())
    at = spoiled.index(b'"evidence-missing"')
    spoiled[at + 1] ^= 1
    (tmp_path / "town.hyte").write_bytes(spoiled)
    assert main(["verify", str(tmp_path / "town.hyte"), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert {item["part"] for item in found if item["state"] == "differs"} == {"raahe/report.json"}
    assert any("outcome" in item["text"]["en"] for item in found)


def test_a_bundle_is_the_same_bytes_under_any_hash_seed_time_zone_and_locale(tmp_path):
    made = []
    for seed, zone, locale in (("0", "UTC", "C"), ("7", "Pacific/Auckland", "tr_TR.UTF-8")):
        path = tmp_path / f"{seed}.hyte"
        changed = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "HYTE_LANG": "sv"}
        words = [sys.executable, "-c", "from hyte_graph.cli.main import entry; entry()", "bundle", TOWN, *QUICK]
        subprocess.run([*words, "-o", str(path)], env=os.environ | changed, check=True, capture_output=True, cwd=ROOT)
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_an_encrypted_key_opens_with_the_passphrase_of_the_environment(desk, monkeypatch, tmp_path):
    monkeypatch.setenv("HYTE_KEY_PASSPHRASE", "open sesame")
    words = ["bundle", TOWN, *QUICK, "--key", str(desk / "locked.pem"), "--store", str(desk / "store")]
    assert main([*words, "-o", str(tmp_path / "town.hyte")]) == 0
    assert (tmp_path / "town.hyte").read_bytes() == (desk / "town.hyte").read_bytes()


@pytest.mark.parametrize(
    "call",
    [
        (["bundle", TOWN, *QUICK, "--key", "{desk}/locked.pem", "-o", "x.hyte"], 2, "HYTE_KEY_PASSPHRASE"),
        (["bundle", TOWN, *QUICK, "--key", "{desk}/pub.pem", "-o", "x.hyte"], 2, "private Ed25519"),
        (["bundle", TOWN, *QUICK, "--key", "{desk}/curve.pem", "-o", "x.hyte"], 2, "private Ed25519"),
        (["bundle", TOWN, *QUICK, "--key", TOWN, "-o", "x.hyte"], 2, "private Ed25519"),
        (["bundle", TOWN, *QUICK, "--key", "none.pem", "-o", "x.hyte"], 3, "none.pem"),
        (["bundle", TOWN, *QUICK, "--attach", "{desk}/key.pem", "-o", "x.hyte"], 2, "private key"),
        (["bundle", TOWN, *QUICK, "--store", "nowhere", "-o", "x.hyte"], 2, "no saved assessments"),
        (["verify", "{desk}/town.hyte", "--trust", "{desk}/key.pem"], 2, "public Ed25519"),
        (["verify", "none.hyte"], 3, "none.hyte"),
        (["verify", TOWN], 3, "no assessment bundle"),
        (["verify", "{desk}/large.hyte"], 3, "256"),
        (["store", "verify", "{desk}/store", "--against", TOWN], 3, "no assessment bundle"),
        (["store", "backup", "{desk}/store"], 2, "-o"),
        (["store", "restore", "{desk}/store", "-o", "{desk}/store"], 2, "already"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_writes_nothing(desk, capsys, monkeypatch, tmp_path, call):
    words, code, told = call
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HYTE_KEY_PASSPHRASE", raising=False)
    with (desk / "large.hyte").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert main([*(word.format(desk=desk) for word in words), "--lang", "en"]) == code
    err = capsys.readouterr().err
    assert told in err
    assert len(err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def copied(desk: Path, target: Path) -> Path:
    assert main(["store", "backup", str(desk / "store"), "-o", str(target), "--lang", "en"]) == 0
    return target


def changed(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / FILE)) as base, base:
        for statement in statements:
            base.execute(statement)


@pytest.mark.threat("G10")
def test_a_backup_is_the_same_and_can_be_put_back(desk, tmp_path, capsys):
    backup = copied(desk, tmp_path / "backup")
    assert main(["store", "restore", str(backup), "-o", str(tmp_path / "again"), "--lang", "en"]) == 0
    assert main(["store", "verify", str(tmp_path / "again"), "--against", str(desk / "town.hyte")]) == 0
    assert main(["history", "raahe", "--store", str(tmp_path / "again"), "--verify", "--lang", "en"]) == 0
    assert "as they were saved" in capsys.readouterr().out


@pytest.mark.threat("H2")
@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE assessment SET result = replace(result, 'evidence-missing', 'fulfilled') WHERE number = 1", 1),
        ("UPDATE assessment SET saved = '2020-01-01T00:00:00' WHERE number = 2", 2),
        ("UPDATE input SET content = content || x'0a'", 1),
        ("DELETE FROM assessment WHERE number = 1", 1),
        ("DELETE FROM link WHERE number = 2", 2),
        ("UPDATE chain SET before = 1", 1),
        ("UPDATE link SET digest = 'x' WHERE number = 2", 2),
    ],
)
def test_a_changed_row_is_found_and_nothing_is_copied_or_bundled(desk, tmp_path, capsys, statement, number):
    folder = copied(desk, tmp_path / "spoiled")
    changed(folder, statement)
    capsys.readouterr()
    assert main(["store", "backup", str(folder), "-o", str(tmp_path / "copy"), "--lang", "en"]) == 1
    assert f"number {number}," in capsys.readouterr().out
    assert not (tmp_path / "copy").exists()
    assert main(["history", "raahe", "--store", str(folder), "--verify"]) == 1
    assert "number" not in capsys.readouterr().err
    words = ["bundle", TOWN, *QUICK, "--store", str(folder), "-o", str(tmp_path / "x.hyte")]
    assert main(words) == 3


def test_a_changed_result_is_never_shown(desk, tmp_path, capsys):
    folder = copied(desk, tmp_path / "spoiled")
    changed(folder, "UPDATE assessment SET result = replace(result, 'evidence-missing', 'fulfilled') WHERE number = 1")
    for words in (["history", "raahe"], ["diff", "1", "2"]):
        capsys.readouterr()
        assert main([*words, "--store", str(folder), "--lang", "en"]) == 3
        assert capsys.readouterr().out == ""


@pytest.mark.threat("H3")
def test_a_cut_end_is_found_only_against_a_bundle_that_was_made_before(desk, tmp_path, capsys):
    folder = copied(desk, tmp_path / "cut")
    changed(folder, "DELETE FROM link WHERE number = 2", "DELETE FROM assessment WHERE number = 2")
    assert main(["store", "verify", str(folder)]) == 0
    capsys.readouterr()
    assert main(["store", "verify", str(folder), "--against", str(desk / "town.hyte"), "--lang", "en"]) == 1
    assert "Assessment number 2 is missing" in capsys.readouterr().out


def test_an_archive_of_before_the_chain_opens_and_is_chained_with_the_next_assessment(desk, tmp_path, capsys):
    folder = copied(desk, tmp_path / "old")
    changed(folder, "DROP TABLE link", "DROP TABLE chain", "PRAGMA user_version = 1")
    assert main(["history", "raahe", "--store", str(folder), "--verify", "--lang", "en"]) == 0
    assert "saved before there was a chain" in capsys.readouterr().out
    assert main(["store", "verify", str(folder), "--against", str(desk / "town.hyte")]) == 1
    assert main(["bundle", TOWN, *QUICK, "--store", str(folder), "-o", str(tmp_path / "x.hyte")]) == 2
    words = ["check", TOWN, *QUICK, "--fail-on", "never", "--save", str(folder), "--lang", "en"]
    assert main(words) == 0
    assert "earlier assessments of the folder (2) are now chained" in capsys.readouterr().err
    assert main(["store", "verify", str(folder), "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "saved assessments (3) are as they were saved" in out
    assert "began only after assessment 2" in out


@pytest.mark.threat("G14")
def test_a_save_that_was_interrupted_leaves_nothing_half(desk, tmp_path, monkeypatch):
    from hyte_graph.store import archive

    folder = copied(desk, tmp_path / "half")
    monkeypatch.setattr(archive, "add_link", lambda *_: (_ for _ in ()).throw(sqlite3.OperationalError("disk full")))
    assert main(["check", TOWN, *QUICK, "--fail-on", "never", "--save", str(folder)]) == 3
    monkeypatch.undo()
    assert main(["store", "verify", str(folder), "--against", str(desk / "town.hyte")]) == 0
