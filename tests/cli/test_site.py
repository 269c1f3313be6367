"""hyte site writes its folder, the same each time, and leaves what others put there alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hyte_graph.cli import site
from hyte_graph.cli.main import main
from hyte_graph.reports.site import GENERATOR, paths

OURS = f'<meta name="generator" content="{GENERATOR}">'


@pytest.fixture
def quick(monkeypatch):
    """Let the command write two small pages."""
    made = {"index.html": f"{OURS} new", "fi/index.html": f"{OURS} ä"}
    monkeypatch.setattr(site, "pages", lambda _knowledge, _languages: made)


def test_two_processes_write_the_same_bytes(tmp_path):
    entry = "import sys; from hyte_graph.cli.main import main; sys.exit(main(sys.argv[1:]))"
    started = [_start([sys.executable, "-c", entry, "site"], tmp_path / seed, seed) for seed in ("1", "4711")]
    said = [process.communicate() for process in started]
    assert [process.returncode for process in started] == [0, 0], said
    assert all(out.startswith("Sidor skrivna i mappen ") for out, _ in said)
    first, second = (_written(tmp_path / seed) for seed in ("1", "4711"))
    assert first == second
    assert set(first) == {"index.html", *(name for name in paths() if name.startswith("sv/"))}


def _start(words: list[str], folder: Path, seed: str) -> subprocess.Popen[str]:
    """Start the command with a seed of its own: what is in no order would come out in another."""
    options = ["-o", str(folder), "--only", "sv", "--lang", "sv"]
    environment = os.environ | {"PYTHONHASHSEED": seed}
    return subprocess.Popen(words + options, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _written(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.html")}


def test_its_own_pages_are_written_again(quick, tmp_path, capsys):
    assert main(["site", "-o", str(tmp_path), "--lang", "en"]) == 0
    (tmp_path / "index.html").write_text(f"{OURS} old", encoding="utf-8")
    assert main(["site", "-o", str(tmp_path), "--lang", "en"]) == 0
    assert (tmp_path / "index.html").read_text(encoding="utf-8").endswith("new")
    assert capsys.readouterr().out.count(f"Pages written to the folder {tmp_path}: 2.") == 2


@pytest.mark.parametrize("name", ["index.html", "fi/notes.txt", "thesis.docx"])
def test_a_folder_with_a_file_of_somebody_else_is_refused(quick, tmp_path, capsys, name):
    (tmp_path / "fi").mkdir()
    (tmp_path / name).write_text("mine", encoding="utf-8")
    assert main(["site", "-o", str(tmp_path), "--lang", "en"]) == 2
    assert f"has a file that is not of the site: {name}." in capsys.readouterr().err
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_force_writes_all_the_same_and_keeps_other_files(quick, tmp_path):
    (tmp_path / "thesis.docx").write_text("mine", encoding="utf-8")
    assert main(["site", "-o", str(tmp_path), "--force"]) == 0
    assert (tmp_path / "thesis.docx").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "fi" / "index.html").read_text(encoding="utf-8").endswith("ä")


def test_a_file_in_the_place_of_the_folder_is_a_clear_error(quick, tmp_path, capsys):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    assert main(["site", "-o", str(tmp_path / "out"), "--lang", "en"]) == 2
    assert "cannot be written to" in capsys.readouterr().err


def test_only_the_languages_asked_for_are_written(monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(site, "pages", lambda _, languages: asked.append(languages) or {})
    main(["site", "-o", str(tmp_path), "--only", "sv", "--only", "fi"])
    main(["site", "-o", str(tmp_path)])
    assert asked == [["fi", "sv"], ["fi", "sv", "en"]]
