"""Inputs that once reached something new are refused or taken for ever; a fuzzer led by coverage finds no defect."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.conftest import ROOT, lacks
from tests.fuzz.guided import corpus
from tests.fuzz.parsers import NAMES, handed_in
from tests.fuzz.seeds import QUERY, SEEDS

RUNS = 4_000  # for each parser


@pytest.mark.parametrize("name", NAMES)
def test_each_input_of_the_corpus_is_taken_or_refused(name):
    kept = corpus()[name]
    assert kept
    for content in kept:
        handed_in(content, name)


@pytest.mark.hard
@pytest.mark.parametrize("name", NAMES)
def test_a_fuzzer_led_by_coverage_finds_no_defect(name, tmp_path):
    if find_spec("atheris") is None:
        lacks("There is no atheris to fuzz with: pip install atheris")
    for at, content in enumerate([*corpus()[name], SEEDS.get(name, QUERY).encode()]):
        (tmp_path / str(at)).write_bytes(content)
    call = [sys.executable, "-m", "tests.fuzz.guided", name, str(tmp_path), f"-runs={RUNS}", "-max_len=4000"]
    done = subprocess.run(call, capture_output=True, text=True, cwd=ROOT, timeout=1800)
    assert done.returncode == 0, done.stderr[-3000:]
    assert f"Done {RUNS} runs" in done.stderr
