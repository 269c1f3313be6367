"""Whoever is killed in the middle of saving loses nothing that was acknowledged (row G1)."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest

from hyte_graph.store.archive import Archive
from tests.conftest import HARD
from tests.faults.harness import (
    Round,
    Writer,
    faults_in_archive,
    faults_in_place,
    faults_unsynced,
    moments,
    writer,
)

ROUNDS = 200 if HARD else 8
SEED = random.randrange(10**6) if HARD else 1  # noqa: S311

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the writer forks")


@pytest.fixture(scope="module")
def program() -> Iterator[Writer]:
    with writer() as started:
        yield started


@pytest.mark.threat("G1", "G14")
def test_a_kill_at_any_moment_loses_no_acknowledged_assessment_and_leaves_none_half(program, tmp_path):
    whole = Round()
    for number, (step, delay) in enumerate(moments(ROUNDS, SEED)):
        told = program.round("archive", tmp_path, step, delay)
        whole.saved |= told.saved
        whole.signed += told.signed
        assert faults_in_archive(tmp_path, whole) == [], f"round {number}, {step} + {delay:.4f} s, seed {SEED}"
    kept = [record.number for record in Archive(tmp_path).soundness().records]
    assert len(whole.saved) <= len(kept) <= len(whole.saved) + ROUNDS
    assert kept == list(range(1, len(kept) + 1))


@pytest.mark.threat("G1")
@pytest.mark.parametrize(("way", "found_in"), [("in-place", faults_in_place), ("unsynced", faults_unsynced)])
def test_the_same_kills_find_the_fault_of_a_store_that_has_one(program, tmp_path, way, found_in):
    chance = random.Random(SEED)  # noqa: S311
    for number in range(60):
        folder = tmp_path / str(number)
        folder.mkdir()
        if found_in(folder, program.round(way, folder, "saved", chance.random() * 0.02, turns=3)):
            return
    pytest.fail("No kill did any harm, so the harness would not find a loss.")
