"""hyte doctor: what this machine has, and what is weaker without it."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
from importlib.metadata import PackageNotFoundError, version

from hyte_graph.isolation import fences_here
from hyte_graph.messages import say
from hyte_graph.resources import root
from hyte_graph.versions import content_digest, package_version

_PACKAGES = (
    "cryptography",
    "rdflib",
    "pyoxigraph",
    "pyshacl",
    "shacl",
    "owlready2",
    "simplemma",
    "xlsxwriter",
    "python-calamine",
    "typst",
    "python-docx",
    "openpyxl",
    "distributed",
    "flask",
    "flask-limiter",
    "structlog",
    "prometheus-client",
    "waitress",
    "gunicorn",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="form of the answer")


def run(options: argparse.Namespace) -> int:
    """Print the versions and the tools; 0 also where an optional one is missing."""
    found = _found()
    if options.format == "json":
        print(json.dumps(found | {"fences": fences_here(), "web": _web_settings()}, indent=2))
        return 0
    for name, value in found.items():
        print(f"{name:<16} {value or say('doctor-missing').within(options.lang)}")
    if not found["java"]:
        print(say("java-missing").within(options.lang))
    if not found["shacl"]:
        print(say("engine-missing").within(options.lang))
    for name, stands in fences_here().items():
        sentence = say("doctor-fence-stands" if stands else f"fence-{name}")
        print(f"fence: {name:<9} {sentence.within(options.lang)}")
    for name, setting in _web_settings().items():
        print(f"{name:<34} {setting}")
    return 0


def _web_settings() -> dict[str, object]:
    """Return the settings of a server for the public as the environment has them; none where the web is missing."""
    try:
        from hyte_web.settings import shown
    except ImportError:
        return {}
    return shown(os.environ)


def _found() -> dict[str, str]:
    found = {"hyte-graph": package_version(), "python": platform.python_version()}
    found |= {name: _version(name) for name in _PACKAGES}
    found |= {"java": shutil.which("java") or ""}
    found |= {name: f"{root(name)} {content_digest(name)}" for name in ("ontology", "rules")}
    return found


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
