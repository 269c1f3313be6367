"""The wheel carries the ontology and the rules, and works from anywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    words = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return folder


def names(folder: Path) -> tuple[set[str], set[str]]:
    wheel, sdist = next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))
    with tarfile.open(sdist) as archive:
        inside = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    return set(zipfile.ZipFile(wheel).namelist()), inside


def test_wheel_and_sdist_carry_every_turtle_file_and_example(built):
    in_wheel, in_sdist = names(built)
    for folder in ("ontology", "rules", "examples"):
        files = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert files
        assert {f"hyte_graph/_data/{name}" for name in files} <= in_wheel
        assert files <= in_sdist


def test_the_wheel_carries_types_sentences_context_and_the_front_end(built):
    in_wheel, _ = names(built)
    for name in ("py.typed", "intake/context.jsonld", "sentences/intake.toml", "reports/templates/report.html"):
        assert f"hyte_graph/{name}" in in_wheel
    assert "hyte_web/__init__.py" in in_wheel


def test_the_installed_wheel_checks_a_shipped_example_from_another_directory(built, tmp_path):
    """The wheel is installed in an environment of its own, which borrows only the dependencies."""
    home = tmp_path / "environment"
    venv.create(home, with_pip=True, system_site_packages=False)
    python = home / "bin" / "python"
    packages = next(path for path in map(Path, sys.path) if (path / "rdflib").is_dir())
    (next(home.glob("lib/python3*/site-packages")) / "borrowed.pth").write_text(f"{packages}\n")
    wheel = next(built.glob("*.whl"))
    words = [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--force-reinstall", str(wheel)]
    subprocess.run(words, check=True, capture_output=True)
    where = "import hyte_graph.resources as r; print(r.root('ontology'), r.root('examples'))"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
    told = subprocess.run(
        [str(python), "-c", where], capture_output=True, text=True, cwd=tmp_path, env=clean, check=True
    )
    ontology, examples = map(Path, told.stdout.split())
    assert ontology.is_relative_to(home)
    words = [
        str(home / "bin" / "hyte"),
        "check",
        str(examples / "lansi-uusimaa.yaml"),
        "--on",
        "2025-12-31",
        "--format",
        "json",
    ]
    done = subprocess.run(words, capture_output=True, text=True, cwd=tmp_path, env=clean)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["summary"]["fulfilled"] > 0


def test_both_entry_points_are_declared(built):
    wheel = zipfile.ZipFile(next(built.glob("*.whl")))
    points = next(wheel.read(name).decode() for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "hyte = hyte_graph.cli.main:entry" in points
    assert "hyte-graph = hyte_graph.cli.main:entry" in points
