"""Write the data of the benchmark: `python -m benchmarks.national.generate SIZE FOLDER`.

SIZE is small, national, x10 or x100. The same seed gives the same bytes. FOLDER gets data.ttl, expected.tsv (focus
node, shape, component, value), and the shapes: natural.ttl, expert.ttl and core.ttl.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

from benchmarks.national.records import DATA, XSD, YEARS, Sink, actor, law, negotiations, year_of

SIZES = {"small": (1, 10), "national": (21, 292), "x10": (210, 2920), "x100": (2100, 29200)}
SEED = 612
HERE = Path(__file__).parent
HEAD = f"""PREFIX d: <{DATA}>
PREFIX hyte: <https://w3id.org/hyte-graph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <{XSD}>

"""


def main() -> None:
    size, folder = sys.argv[1], Path(sys.argv[2])
    print(size, generate(size, folder))


def generate(size: str, folder: Path) -> dict[str, int]:
    """Return how many results must be found, by kind, after the files are written."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "data.ttl").open("w", encoding="utf-8") as file:
        file.write(HEAD)
        sink = Sink(random.Random(SEED), file.write)  # noqa: S311 - chance that can be repeated is what is wanted
        country(sink, *SIZES[size])
    lines = ("\t".join(expected) for expected in sorted(sink.expected))
    (folder / "expected.tsv").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    core = (HERE / "core.ttl").read_text(encoding="utf-8")
    for name in ("core", "natural", "expert"):
        more = "" if name == "core" else (HERE / f"{name}.ttl").read_text(encoding="utf-8")
        (folder / f"{name}.ttl").write_text(core + more, encoding="utf-8")
    return sink.kinds


def country(sink: Sink, counties: int, municipalities: int) -> None:
    """Write the law, then each county with its municipalities."""
    law(sink)
    for at in range(counties):
        county(sink, f"county{at}", members_of(at, counties, municipalities))


def members_of(at: int, counties: int, municipalities: int) -> list[str]:
    """Return the municipalities of a county."""
    return [f"municipality{number}" for number in range(at, municipalities, counties)]


def county(sink: Sink, name: str, members: list[str]) -> None:
    """Write a county with its municipalities."""
    actor(sink, name, "WellbeingServicesCounty", None)
    for member in members:
        actor(sink, member, "Municipality", name)
    for one, above in ((name, None), *((member, name) for member in members)):
        for year in YEARS:
            year_of(sink, one, above, year)
    negotiations(sink, name, members)


def expected_of(folder: Path, *, with_sparql: bool) -> Counter[tuple[str, ...]]:
    """Return the results that must be found."""
    lines = (folder / "expected.tsv").read_text(encoding="utf-8").splitlines()
    found = Counter(tuple(line.split("\t")) for line in lines)
    return found if with_sparql else Counter({key: n for key, n in found.items() if "#SPARQL" not in key[2]})


if __name__ == "__main__":
    main()
