"""The example organisations: agreement with a careful auditor, and the same findings in two engines."""

from __future__ import annotations

from datetime import date

import pytest

from hyte_graph.compliance.agreement import agreement, table
from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.engines import ENGINES, engine
from hyte_graph.intake.reader import read_description
from hyte_graph.reports import json_report, turtle_report
from tests.conftest import EXAMPLES, HARD

ORGANISATIONS = sorted(path.stem for path in EXAMPLES.glob("*.yaml"))
SLOW = 3  # pySHACL is asked about every third organisation, unless there is time
QUICK = [name for name in ENGINES if name != "pyshacl"]


@pytest.fixture(scope="module")
def cells(knowledge):
    return agreement(EXAMPLES, knowledge, engine())


def test_the_table_covers_every_example(cells):
    assert {cell.organisation for cell in cells} == set(ORGANISATIONS)
    assert len(ORGANISATIONS) == 21
    assert len(cells) == 420


def test_at_least_95_percent_of_the_cells_agree(cells):
    print("\n".join(table(cells)))
    assert sum(cell.agrees for cell in cells) / len(cells) >= 0.95


def test_missing_evidence_is_never_called_a_breach(cells):
    assert not [cell for cell in cells if cell.given == "N"]


def test_what_was_not_found_is_never_called_fulfilled(cells):
    assert not [cell for cell in cells if cell.expected.startswith("evidence-missing") and cell.given == "F"]


def test_every_difference_is_explained_and_every_explanation_is_needed(cells):
    for cell in cells:
        assert bool(cell.because) != cell.agrees, cell


@pytest.fixture(scope="module", params=ORGANISATIONS)
def by_engine(request, knowledge):
    path = EXAMPLES / f"{request.param}.yaml"
    description = read_description(path.read_bytes(), path.name, knowledge)
    day = date(2025, 12, 31)
    asked = ENGINES if HARD or request.param in ORGANISATIONS[::SLOW] else QUICK
    return [assess(description, knowledge, on=day, checker=engine(name)) for name in asked]


def test_every_engine_gives_the_same_findings(by_engine):
    assert len({made.findings for made in by_engine}) == 1


def test_every_engine_gives_the_same_verdicts(by_engine):
    first, *others = by_engine
    assert all(made.verdicts == first.verdicts for made in others)


def test_every_verdict_cites_its_provision_in_three_languages(by_engine):
    for verdict in by_engine[0].verdicts:
        citation = verdict.norm.provision.citation
        assert citation.fi
        assert citation.sv
        assert citation.en
        assert verdict.reasons


def test_the_same_input_gives_the_same_bytes(knowledge):
    path = EXAMPLES / "kitee.yaml"
    reports = []
    for _ in range(2):
        description = read_description(path.read_bytes(), path.name, knowledge)
        made = assess(description, knowledge, on=date(2025, 12, 31), checker=engine())
        reports.append((json_report.render([made]), turtle_report.render([made], knowledge)))
    assert reports[0] == reports[1]
