"""What the tools of the house say: style, types, layers, dependencies, spelling."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

BIN = Path(sys.executable).parent
TOOLS = {
    "ruff": ["ruff", "check", "."],
    "ruff-format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "import-linter": ["lint-imports"],
    "deptry": ["deptry", "."],
    "codespell": ["codespell"],
}


@pytest.mark.parametrize("name", TOOLS)
def test_the_tool_finds_nothing(name):
    command = [str(BIN / TOOLS[name][0]), *TOOLS[name][1:]]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=True)
    return [ROOT / name for name in listed.stdout.splitlines()]


def test_no_module_is_longer_than_300_lines():
    long = {
        path.name: len(path.read_text().splitlines())
        for path in tracked()
        if path.suffix == ".py" and "tests" not in path.parts
    }
    assert not {name: lines for name, lines in long.items() if lines > 300}


def test_no_file_holds_paths_of_a_machine_or_left_overs():
    words = ("TO" + "DO", "FIX" + "ME", "/ro" + "ot/", "/ho" + "me/", "/wo" + "rk/", "/tm" + "p/")
    for path in tracked():
        if path.suffix in (".py", ".ttl", ".toml", ".md", ".yaml", ".html", ".css", ".jsonld", ".json"):
            text = path.read_text(encoding="utf-8")
            assert not [word for word in words if word in text], path


def test_no_file_holds_a_mail_address_or_a_phone_number():
    import re

    pattern = re.compile(r"[\w.]+@(?!fi\b|sv\b|en\b)[\w-]+\.[a-z]{2,}|\+358[ 0-9]{6,}")
    for path in tracked():
        if path.suffix in (".ttl", ".yaml", ".md", ".toml") and "suites" not in path.parts:  # the W3C's, as they are
            assert not pattern.findall(path.read_text(encoding="utf-8")), path
