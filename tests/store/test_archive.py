"""The archive keeps its chain whole, whoever saves at the same time and whatever breaks off."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hyte_graph.store.archive import Archive
from hyte_graph.store.chain import Chain, Record, linked

NOW = datetime(2026, 1, 1, tzinfo=UTC)
RECORDS = [Record(number, "raahe", "2025-12-31", "t", "a" * 64, "b" * 64) for number in range(1, 6)]


def result(day: str) -> dict[str, Any]:
    return {"organisation": {"id": "raahe"}, "on": day}


def save(folder: Path, number: int) -> int:
    return Archive(folder).save(result(f"2025-01-{number:02}"), f"content {number % 3}".encode(), NOW)


def test_saving_from_many_sides_at_once_keeps_one_whole_chain(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda number: save(tmp_path, number), range(1, 25)))
    found = Archive(tmp_path).soundness()
    assert sorted(numbers) == list(range(1, 25))
    assert found.broken is None
    assert found.chain is not None
    assert len(found.chain.links) == 24
    assert found.chain.before == 0


def test_a_chain_over_other_records_has_another_head():
    heads = {linked(RECORDS[:count], before).head for count in range(6) for before in range(2)}
    assert len(heads) == 12


def test_a_link_that_is_left_out_swapped_or_changed_breaks_the_chain():
    whole = linked(RECORDS, 0)
    assert whole.broken() is None
    for at in range(5):
        rest = (*whole.links[:at], *whole.links[at + 1 :])
        assert (Chain(rest).broken() is None) == (at == 4)
    first, second, *others = whole.links
    assert Chain((second, first, *others)).broken() == 2


def test_a_longer_chain_holds_a_shorter_one_and_not_the_other_way_round():
    short, long = linked(RECORDS[:3], 0), linked(RECORDS, 0)
    assert short.parts_from(long) is None
    assert long.parts_from(short) == 4
    assert linked(RECORDS, 1).parts_from(long) == 1
