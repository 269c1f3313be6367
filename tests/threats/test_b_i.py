"""What comes from others: locked by hash, in step with what is declared, and used without a network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import ROOT
from tests.threats.filings import YAML

threat = pytest.mark.threat
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINS = {canonicalize_name(name): pin for name, pin in re.findall(r"(?m)^([A-Za-z0-9._-]+)==([^\s\\]+)", LOCK)}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def declared() -> list[Requirement]:
    extras = PROJECT["optional-dependencies"].values()
    return [Requirement(line) for line in (*PROJECT["dependencies"], *(line for lines in extras for line in lines))]


@threat("I2")
def test_every_package_of_the_lock_has_a_version_and_a_hash():
    entries = re.split(r"(?m)^(?=[A-Za-z0-9])", LOCK)[1:]
    assert len(entries) == len(PINS) > 50
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?://|--(extra-)?index-url|file:", LOCK)


@threat("I2")
def test_what_is_declared_is_locked_to_a_version_that_fits():
    for need in declared():
        pin = PINS.get(canonicalize_name(need.name))
        assert pin, f"{need.name} is not locked; run: just lock"
        assert need.specifier.contains(Version(pin), prereleases=True), (need, pin)


@threat("I2")
def test_the_lock_has_what_each_of_its_packages_needs_so_that_it_can_be_installed_with_hashes_alone():
    needs = {(name, need) for name in PINS for need in _needs(name)}
    assert len(needs) > 100
    missing = {f"{need} for {name}" for name, need in needs if need not in PINS}
    assert not missing, "run: just lock"


def _needs(name: str) -> set[str]:
    """Return what an installed package needs here, without its extras; nothing for one that is not installed."""
    try:
        told = [Requirement(line) for line in requires(name) or []]
    except PackageNotFoundError:
        return set()
    return {canonicalize_name(need.name) for need in told if not need.marker or need.marker.evaluate({"extra": ""})}


@threat("I2")
def test_continuous_integration_installs_by_the_readme_or_on_request_by_the_lock():
    command, readme = (ROOT / ".ci" / "run").read_text(encoding="utf-8"), (ROOT / "README.md").read_text("utf-8")
    line = next(line for line in readme.splitlines() if line.startswith("python3 -m venv") and "[dev]" in line)
    assert set(line.split(" && ")) <= {step.strip() for step in command.splitlines()}
    assert "--require-hashes --requirement requirements.lock" in command


@threat("I2")
def test_what_is_installed_is_what_is_locked():
    """Compare where the environment was made from the lock, as HYTE_LOCKED=1 says; elsewhere only what must fit."""
    if os.environ.get("HYTE_LOCKED") == "1":
        assert {name: version(name) for name in PINS} == PINS
    with pytest.raises(PackageNotFoundError):
        version("rdfcanon")  # it replaces rdflib with a version that the engines cannot use
    assert Version(version("rdflib")) >= Version("7.6")


@threat("I1")
def test_no_tool_is_believed_that_is_silent_when_it_knows_nothing():
    files = [*(ROOT / ".ci").glob("*"), ROOT / "justfile", ROOT / "pyproject.toml", ROOT / ".pre-commit-config.yaml"]
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            assert "pip-audit" not in line or "--strict" in line or line.lstrip().startswith("#"), path


@threat("I3")
def test_fresh_environments_get_a_new_pip_before_anything_else():
    recipe = (ROOT / "justfile").read_text(encoding="utf-8")
    setups = re.findall(r"(?ms)^setup[\w-]*:\n(.*?)(?=^\S|\Z)", recipe)
    assert setups
    assert all("--upgrade pip" in setup.split("\n")[1] for setup in setups)


@threat("I4")
def test_a_check_needs_no_network(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(YAML, encoding="utf-8")
    code = (
        "import socket, sys\n"
        "def refused(*a, **k): raise SystemExit('network')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refused\n"
        "from hyte_graph.cli.main import main\n"
        f"sys.exit(main(['check', {str(path)!r}, '--on', '2025-12-31', '--quiet']))"
    )
    call = [sys.executable, "-c", code]
    alone = ["unshare", "--map-root-user", "--net"]
    can_be_alone = subprocess.run([*alone, "true"], capture_output=True, check=False).returncode == 0
    done = subprocess.run([*(alone if can_be_alone else []), *call], capture_output=True, text=True, check=False)
    assert done.returncode == 4, done.stderr  # nothing is stated, so nothing is fulfilled
    assert "network" not in done.stderr


@threat("I5")
def test_the_reasoner_is_asked_at_build_time_only_and_with_a_deadline():
    text = (ROOT / "hyte_graph/reasoning/consistency.py").read_text(encoding="utf-8")
    assert "timeout=" in text
    users = [
        path for path in (ROOT / "web").rglob("*.py") if "hyte_graph.reasoning" in path.read_text(encoding="utf-8")
    ]
    assert users == []
