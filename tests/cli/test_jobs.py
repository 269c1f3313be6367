from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from hyte_graph.cli import jobs, piecework
from hyte_graph.cli.main import main
from hyte_graph.errors import FilingError, UndecidedError
from hyte_graph.isolation import Message
from hyte_graph.store.knowledge import Knowledge
from tests.conftest import EXAMPLES

FILES = [str(EXAMPLES / f"{name}.yaml") for name in ("vantaa-kerava", "kitee", "oulu")]
DAY = ("--on", "2025-12-31")


def deadly(state: Message):
    """Return work whose process ends at one of the descriptions."""
    work = piecework.work(state)

    def answer(call: Message) -> Message:
        if b"kitee" in call.body:
            os._exit(9)
        return work(call)

    return answer


def breaking(state: Message):
    """Return work that a fault of the program stops on one of the descriptions."""
    work = piecework.work(state)

    def answer(call: Message) -> Message:
        if b"kitee" in call.body:
            raise ZeroDivisionError
        return work(call)

    return answer


def _together(count: int, knowledge: Knowledge, jobs_: int = 2, files: list[str] = FILES) -> list[jobs.Checked]:
    asked = {"on": "2025-12-31", "known_on": None, "law_on": None, "include_drafts": False}
    asked |= {"verbose": False, "engine": "hyte", "language": "en"}
    found = jobs.in_order(files, asked, "jsonl", knowledge, store=None, jobs=jobs_, together=count)
    return list(found)


def _working(target: str, monkeypatch) -> None:
    class Other(jobs.Pool):
        def __init__(self, _: str, state: Message, **options: object) -> None:
            super().__init__(f"tests.cli.test_jobs:{target}", state, **options)

    monkeypatch.setattr(jobs, "Pool", Other)


def _lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_several_processes_write_what_one_writes_in_the_order_of_the_files(capfd):
    told = {}
    for count in ("1", "2"):
        assert main(["check", *FILES, *DAY, "--format", "jsonl", "--jobs", count]) == 0
        told[count] = capfd.readouterr().out
    assert told["1"] == told["2"]
    assert [line["input"]["name"] for line in _lines(told["1"])] == [Path(name).name for name in FILES]


def test_a_worker_that_dies_costs_its_own_organisation_only(capfd, monkeypatch):
    _working("deadly", monkeypatch)
    assert main(["check", *FILES, *DAY, "--format", "jsonl", "--jobs", "2", "--lang", "en"]) == 4
    out, err = capfd.readouterr()
    assert [bool(line["verdicts"]) for line in _lines(out)] == [True, False, True]
    assert _lines(out)[1]["dataErrors"]
    assert "kitee.yaml: the process that checked it ended twice" in err


@pytest.mark.parametrize("target", ["deadly", "breaking"])
def test_what_breaks_on_one_of_a_batch_leaves_the_others_whole(target, knowledge, monkeypatch):
    alone = _together(1, knowledge, jobs_=1)
    _working(target, monkeypatch)
    found = _together(len(FILES), knowledge)
    assert [item.name for item in found] == FILES
    assert [bool(item.error) for item in found] == [False, True, False]
    assert [item.piece for item in (found[0], found[2])] == [alone[0].piece, alone[2].piece]
    assert isinstance(found[1].error, UndecidedError)


def test_a_file_of_a_batch_that_cannot_be_read_or_judged_leaves_the_others_whole(tmp_path, knowledge):
    wrong, aland = tmp_path / "wrong.yaml", tmp_path / "aland.yaml"
    wrong.write_text("schema_version: '1.0'\n")
    aland.write_text("schema_version: '1.0'\norganisation: {id: jomala, type: municipality}\n")
    files = [str(wrong), FILES[0], str(tmp_path / "gone.yaml"), str(aland), FILES[1]]
    found = _together(5, knowledge, jobs_=1, files=files)
    assert [item.name for item in found] == files
    assert [type(item.error) for item in found] == [FilingError, type(None), FilingError, UndecidedError, type(None)]
    assert [item.piece for item in (found[1], found[4])] == [item.piece for item in _together(1, knowledge, 1)[:2]]


def test_a_batch_gives_what_each_gives_alone(knowledge):
    assert _together(3, knowledge, jobs_=1) == _together(1, knowledge, jobs_=1)


def test_batches_leave_work_for_every_process_and_stay_small():
    sizes = [jobs.batch(files, jobs=2) for files in (1, 8, 16, 313, 31300)]
    assert sizes == [1, 1, 2, 8, 8]


def test_a_file_that_is_refused_has_its_line_and_the_others_theirs(tmp_path, capfd):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("schema_version: '1.0'\n")
    assert main(["check", str(wrong), FILES[0], *DAY, "--format", "jsonl"]) == 3
    first, second = _lines(capfd.readouterr().out)
    assert (first["verdicts"], first["input"]) == ([], {"name": "wrong.yaml"})
    assert second["verdicts"]


def test_csv_has_one_header_however_many_files(capfd):
    assert main(["check", *FILES[:2], *DAY, "--format", "csv"]) == 0
    text = capfd.readouterr().out
    assert text.count("organisation_id,") == 1
    assert text.startswith("\ufefforganisation_id")


def test_a_folder_stands_for_its_descriptions(tmp_path, capfd):
    for name in FILES[:2]:
        (tmp_path / Path(name).name).write_bytes(Path(name).read_bytes())
    (tmp_path / "notes.md").write_text("no description")
    assert main(["check", str(tmp_path), *DAY, "--format", "jsonl"]) == 0
    found = [line["input"]["name"] for line in _lines(capfd.readouterr().out)]
    assert found == ["kitee.yaml", "vantaa-kerava.yaml"]


def test_a_folder_without_descriptions_is_told(tmp_path, capfd):
    assert main(["check", str(tmp_path), *DAY, "--lang", "en"]) == 3
    assert "the folder holds no descriptions" in capfd.readouterr().err


@pytest.mark.parametrize("words", [("--jobs", "-1"), ("--jobs", "2", "--explain")])
def test_jobs_that_make_no_sense_are_refused(capfd, words):
    assert main(["check", *FILES[:2], *DAY, *words]) == 2
    assert "--jobs" in capfd.readouterr().err
