"""Where the ontology, the rules and the examples are: in the checkout, else inside the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def root(name: str) -> Path:
    """Return the folder "ontology", "rules" or "examples".

    The checkout comes first, because an editable install can leave stale copies in the package.
    """
    checkout = _PACKAGE.parent / name
    if checkout.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file():
        return checkout
    return _PACKAGE / "_data" / name


def package_file(name: str) -> Path:
    """Return a file that lies beside the code of the package."""
    return _PACKAGE / name


def shared_file(name: str) -> Path:
    """Return a file of the checkout that the package carries too, such as "docs/result.schema.json"."""
    checkout = _PACKAGE.parent / name
    return checkout if checkout.is_file() else _PACKAGE / "_data" / "shared" / Path(name).name


def turtle_files(name: str, folder: Path | None = None) -> tuple[Path, ...]:
    """Return the Turtle files of a shipped folder or of another, in the order of their paths, without test cases."""
    home = folder or root(name)
    return tuple(path for path in sorted(home.rglob("*.ttl")) if "cases" not in path.relative_to(home).parts)
