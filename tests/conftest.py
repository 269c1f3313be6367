"""What all tests share: the knowledge is read once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

import pytest

from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.assessment import Assessment, Verdict
from hyte_graph.compliance.engines import DEFAULT, engine
from hyte_graph.intake.reader import read_description
from hyte_graph.store.knowledge import Knowledge

pytest_plugins = ["tests.threats.table"]

os.environ.setdefault("HYTE_CACHE", str(Path(tempfile.gettempdir()) / "hyte-graph-tests"))  # not that of the user

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
HARD: Final = os.environ.get("HYTE_HARD") == "1"
"""Whether everything is run, however long it takes."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that only a whole run has."""
    long = [] if HARD else [item for item in items if item.get_closest_marker("hard")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


def lacks(what: str) -> NoReturn:
    """Skip a test where a tool is missing, but never where the project is built."""
    if in_ci():
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge.shipped()


@pytest.fixture(scope="session")
def check(knowledge: Knowledge) -> Callable[..., Assessment]:
    """Return a function that assesses the text of a description in YAML with the default engine."""

    def checked(text: str, on: str = "2025-12-31", name: str = "test.yaml", **options: object) -> Assessment:
        description = read_description(text.encode(), name, knowledge)
        checker = engine(str(options.pop("checker", DEFAULT)))
        return assess(description, knowledge, on=date.fromisoformat(on), checker=checker, **options)  # type: ignore[arg-type]

    return checked


def verdict(made: Assessment, norm: str, period: str | None = None) -> Verdict:
    """Return the verdict on a norm and period; None is the period of a norm that makes no duty."""
    found = [item for item in made.verdicts if item.norm.slug == norm]
    return next(item for item in found if (item.period.slug if item.period else None) == period)


def in_ci() -> bool:
    return os.environ.get("CI") == "true"


@pytest.fixture
def java():
    """Let no test that needs Java run without it."""
    if shutil.which("java") is None:
        lacks("There is no Java on the path; the OWL reasoner needs it.")
