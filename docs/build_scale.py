"""Writes scale.md: what was measured from one county to a hundred countries, from the files of the benchmarks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
TARGET = ROOT / "docs" / "scale.md"
SIZES = {"small": 12, "national": 313, "x10": 3130, "x100": 31300}
NAMES = {
    "small": "two counties, ten municipalities",
    "national": "the country",
    "x10": "ten countries",
    "x100": "a hundred countries",
}
THOUSAND = 313_000  # organisations of a thousand countries
WORKERS = 64  # of the plan
NOT_MEASURED = "not measured"
HEAD = """# From one county to a hundred countries

How long a check takes as there are more organisations, what limits each step, and what a thousand countries would take. The tables are made by `python docs/build_scale.py` from the files in [benchmarks/results](../benchmarks/results/); what no file tells is *not measured*. Processor time is the yardstick: it hardly moves when others use the machine (see the load). Elapsed time on an idle machine is at best the processor time divided by the processors.

## Assessments: `hyte check`

Invented descriptions ([generator](../benchmarks/generator.py)) with eight years of answers each, written as JSON lines by whole processes. A real description has fewer facts.

"""  # noqa: E501  prose of a page, one paragraph a line
SPREAD = """
## Processes and Dask workers

The same descriptions on the same processors of one machine, by [`python -m benchmarks.spread`](../benchmarks/spread.py): the difference is what it costs to let [Dask](decisions/0030-beyond-one-machine.md) spread the work. Its workers had loaded before, as those of a standing cluster have. *Of it Dask* is the scheduler and the workers themselves, with what they use while they wait; *children* are the processes that check. A second machine was not at hand, so how much quicker many are is *not measured*.

"""  # noqa: E501
SHACL = """
## Plain SHACL: `hyte validate`

One file of the country's data against the same shapes, without verdicts, by [`python -m benchmarks.peers`](../benchmarks/peers.py). Other engines stand in [benchmarks/results](../benchmarks/results/). Cold, a second process [reads a part of the file](decisions/0026-arrays-for-large-data.md), so that elapsed time is less than processor time; the peak is that of the larger of the two.

"""  # noqa: E501
LIMITS = """
## What limits each step

| Step | What it needs | What limits it |
|---|---|---|
| one county | `hyte check FILE` | starting Python and reading the knowledge; the [snapshot](decisions/0025-prepared-once-checked-together.md) spares most of it |
| the country | `hyte check FOLDER --jobs N` | processors: no description sees another, and every process holds the knowledge once. `csv`, `jsonl`, `nq` and, with `--jobs`, `text` are written as results come and not held; the peaks of memory stand above |
| ten and a hundred countries | `hyte check FOLDER --scheduler ADDRESS` | processors of all machines. One command reads the descriptions, sends them and writes the results: the network and the disk of its machine come next, then its one thread |
| results | `--parts FOLDER` | nothing is held but the results that wait for an earlier one; the disk of the command. Parts that stand cost only the reading of their descriptions |
| asking about results | `hyte query --parts FOLDER` | one process holds the graph: a country, not ten. For more, load the parts into a SPARQL 1.1 store and ask it (`hyte query --store`) |
| plain SHACL | `hyte validate --cache FOLDER` | memory: columns of numbers and the bytes of all terms are in one process |
| very many workers | several commands | the command and the scheduler have one thread each; how many workers one command keeps busy is calculated below. Beyond that, start several, each with folders and a `--parts` folder of its own: they share nothing |
"""  # noqa: E501
STEPS = """
The steps: descriptions in folders of some thousand; machines that all have the same installation; one command for each group of folders, each with a `--parts` folder of its own; a run that breaks off is started again and makes only what is missing. After that, a changed description costs one part.
"""  # noqa: E501
PLAN = """
## A thousand countries, by calculation

**Nothing in this section was measured.** It multiplies what one organisation cost in the largest measured run.

"""


def text() -> str:
    """Return the page."""
    country, spread = _read("country.json"), _read("spread.json")
    parts = [HEAD, *_assessments(country), SPREAD, *_spread(spread), SHACL, *_shacl(), LIMITS, PLAN]
    return "".join([*parts, *_plan(country, spread)])


def _read(name: str) -> Mapping[str, Any]:
    path = RESULTS / name
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |\n"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:,.2f}"  # noqa: PLR2004


def _assessments(country: Mapping[str, Any]) -> Iterator[str]:
    keys = ("elapsed (s)", "processor (s)", "processor for one organisation (ms)", "peak of the largest process (MiB)")
    yield _row("", "organisations", "processes", "elapsed s", "processor s", "for one, ms", "peak MiB", "wrong", "load")
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|\n"
    yield _one_county()
    for size, count in SIZES.items():
        for jobs in (1, 2):
            one = country.get("runs", {}).get(f"{size}, --jobs {jobs}")
            told = [_number(one[key]) for key in keys] if one else [NOT_MEASURED, "", "", ""]
            checked = [one["wrong"] + one["missing"], one["load"]] if one else ["", ""]
            yield _row(NAMES[size], f"{count:,}", jobs, *told, *checked)
    exponent = country.get("exponent of processor time over organisations")
    if exponent:
        told = ", ".join(f"{value} ({name})" for name, value in exponent.items())
        yield f"\nProcessor time grows with organisations to the power of {told}; 1 is in proportion.\n"
    changed = country.get("one changed municipality")
    if changed:
        cost = changed["one changed: read and assessed (processor ms)"]
        yield f"\nWhere one description of the country changes, only that one is assessed again: {cost} ms of processor"
        yield f" time, {changed['ratio of one changed to the whole']} of the whole.\n"


def _one_county() -> str:
    found = _read("one_county.json")
    elapsed, processor = (found[of]["median hyte check (s)"] for of in ("elapsed", "processor"))
    load = found["processors and load while it ran"][1]
    return _row("one county (a real one)", 1, 1, elapsed, processor, _number(1000 * processor), "", "", load)


def _spread(spread: Mapping[str, Any]) -> Iterator[str]:
    if not spread:
        yield f"{NOT_MEASURED.capitalize()}.\n"
        return
    columns = ("elapsed", "processor", "of it the command and its children", "of it Dask", "of it children of Dask")
    yield _row(
        NAMES[spread["size"]], *(f"{name} s" for name in columns), "for one, ms", "peak MiB", "written MB", "load"
    )
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n"
    for name, one in spread["ways"].items():
        each, written = one["processor for one organisation (ms)"], _number(one["written"] / 1e6)
        yield _row(name, *(one[column] for column in columns), each, _number(one["peak"]), written, one["load"])
    yield f"\n{spread['organisations']} organisations, {spread['runs']} runs of each way on {spread['machine']}."
    yield " Both ways wrote the same bytes.\n"


def _shacl() -> Iterator[str]:
    yield _row(
        "",
        "shapes",
        "parse alone, processor s",
        "cold, elapsed s",
        "cold, processor s",
        "warm, processor s",
        "cold, peak MiB",
        "load",
    )
    yield "|---|---|--:|--:|--:|--:|--:|--:|\n"
    for size in list(SIZES)[1:]:
        for shapes in ("core", "natural"):
            found = _read(f"peers-{size}-{shapes}.json")
            engines = found.get("engines", {})
            parse, cold, warm = (engines.get(name, {}) for name in ("oxigraph parse", "hyte cold", "hyte warm"))
            told = (parse.get("processor", ""), cold.get("elapsed", NOT_MEASURED), cold.get("processor", ""))
            more = (warm.get("processor", ""), cold.get("peak", ""), found.get("load while it ran", ""))
            yield _row(NAMES[size], shapes, *told, *more)


def _plan(country: Mapping[str, Any], spread: Mapping[str, Any]) -> Iterator[str]:
    runs = [one | {"name": name} for name, one in country.get("runs", {}).items() if name.endswith("--jobs 1")]
    ways = spread.get("ways", {})
    if runs:
        largest = max(runs, key=lambda one: one["organisations"])
        each, source = largest["processor for one organisation (ms)"], f"`{largest['name']}`"
    elif ways:
        name, one = next(iter(ways.items()))
        each, source = one["processor for one organisation (ms)"], f"`{name}` of {spread['size']}"
    else:
        yield f"{NOT_MEASURED.capitalize()}.\n"
        return
    hours = THOUSAND * each / 1000 / 3600
    yield _row("What", "Calculated", "From")
    yield "|---|---|---|\n"
    yield _row("organisations", f"{THOUSAND:,}", "1,000 times the 313 of the country")
    yield _row("processor time for verdicts", f"{hours:.1f} hours", f"{each} ms each ({source})")
    yield _row(f"elapsed on {WORKERS} processors", f"{60 * hours / WORKERS:.0f} minutes", "if all are always busy")
    forms = {"jsonl": "JSON lines in parts, compressed", "nq": "N-Quads in parts, compressed"}
    told = {
        next(iter(ways), ""): "JSON lines",
        **{f"--parts as {form}, --jobs 2": said for form, said in forms.items()},
    }
    for name, form in told.items():
        if name in ways:
            size = ways[name]["written"] / spread["organisations"]
            yield _row(f"results as {form}", f"{THOUSAND * size / 1e9:.0f} GB", f"{_number(size / 1e3)} kB each")
    if f"{spread.get('workers')} Dask workers" in ways:
        one = ways[f"{spread['workers']} Dask workers"]
        client = 1000 * one["of it the command and its children"] / spread["organisations"]
        yield _row(
            "workers that one command can feed",
            f"{each / client:.0f}",
            f"{client:.1f} ms of the command for each result of {each} ms; start-up of the command is in it",
        )
    yield STEPS


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
