"""Thirteen kinds of queries, asked of the project's own query service and of other engines, in turn in one run.

The data are the shipped graph and invented descriptions of every county and municipality over eight years, made from a
seed. Each engine is a process of its own that has loaded the data; each query is asked in rounds, one engine after
another, and an answer counts when its rows are read. Medians, the number of rows and the ratios go to results/.

    python benchmarks/queries.py [--comunica FOLDER] [--rounds N] [--leave-out NAME …]

Comunica is looked for in a folder with `node_modules` (npm install @comunica/query-sparql); Virtuoso and Oxigraph's
server are started if their programs are found. What is not found is left out and named.
SPARQL leaves open whether years are ordered: rdflib and Comunica do not order them, and have fewer rows in query 12.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
SEED = 2026
YEARS = range(2018, 2026)
ROUNDS = 7
LONGEST = 240.0  # seconds that one answer may take
ENOUGH = 15.0  # seconds after which a query is not asked of an engine again
ORGANISATION = "https://w3id.org/hyte-graph/id/description/"
GRAPH = "https://w3id.org/hyte-graph/id/description/benchmark/"

QUERIES = {
    "01 one thing": f"SELECT ?p ?o {{ <{ORGANISATION}lappi/report-2024> ?p ?o }}",
    "02 all of a class": "SELECT ?report ?year { ?report a hyte:AnnualWellbeingReport ; hyte:countsForYear ?year }",
    "03 star of six": """SELECT ?report ?name ?status ?address ?source {
        ?report a hyte:AnnualWellbeingReport ; hyte:countsForYear ?year ; hyte:hasName ?name ; hyte:hasStatus ?status ;
            hyte:isPublishedAt ?address ; hyte:isEvidencedBy ?source FILTER(?year = "2024"^^xsd:gYear) }""",
    "04 chain of five": """SELECT ?municipality ?county ?meeting {
        ?membership hyte:hasMember ?municipality ; hyte:ofCounty ?county . ?description hyte:describes ?county .
        ?meeting hyte:isStatedIn ?description ; a hyte:Negotiation ; hyte:countsForYear "2023"^^xsd:gYear }""",
    "05 optional": """SELECT ?report ?address ?delivery { ?report a hyte:AnnualWellbeingReport
        OPTIONAL { ?report hyte:isPublishedAt ?address } OPTIONAL { ?delivery hyte:contains ?report } }""",
    "06 counted by group": """SELECT ?actor ?year (COUNT(?meeting) AS ?n) {
        ?meeting a hyte:Negotiation ; hyte:countsForYear ?year ; hyte:isStatedIn/hyte:describes ?actor }
        GROUP BY ?actor ?year""",
    "07 NOT EXISTS over a join": """SELECT ?council { ?council a hyte:Council ; hyte:isStatedIn ?description
        FILTER NOT EXISTS { ?delivery hyte:isDeliveredTo ?council ; hyte:contains ?report .
            ?report hyte:countsForYear "2024"^^xsd:gYear } }""",
    "08 NOT EXISTS of one pattern": """SELECT ?report {
        ?report a hyte:AnnualWellbeingReport FILTER NOT EXISTS { ?report hyte:isPublishedAt ?address } }""",
    "09 text contains": """SELECT ?thing ?label { ?thing skos:prefLabel ?label
        FILTER(LANG(?label) = "fi" && CONTAINS(LCASE(STR(?label)), "hyvinvointi")) }""",
    "10 regular expression": """SELECT ?document ?name { ?document a hyte:AnnualWellbeingReport ; hyte:hasName ?name
        FILTER(REGEX(?name, "kertomus 202[34]$", "i")) }""",
    "11 latest twenty": """SELECT ?decision ?day ?title { ?decision a hyte:Decision ; hyte:isApprovedOn ?day ;
        hyte:hasName ?title } ORDER BY DESC(STR(?day)) ?decision LIMIT 20""",
    "12 either kind": """SELECT ?thing ?year { { ?thing a hyte:Negotiation } UNION { ?thing a hyte:Decision }
        ?thing hyte:countsForYear ?year FILTER(?year > "2022"^^xsd:gYear || ?year = "2019"^^xsd:gYear) }""",
    "13 subclasses by path": """SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) {
        ?class rdfs:subClassOf* hyte:Fact . ?thing a ?class } GROUP BY ?class""",
}
JOIN_QUERY = "07 NOT EXISTS over a join"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comunica", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--leave-out", nargs="*", default=[])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        triples = write_data(data)
        engines, missing = started(data, options)
        try:
            measured = {name: ask_all(name, text, engines, options.rounds) for name, text in QUERIES.items()}
        finally:
            for engine in engines.values():
                engine.stop()
    report(measured, engines, missing, triples)


# Data


def write_data(folder: Path) -> int:
    """Write everything as N-Quads, and as N-Triples for engines that know one graph; return the number of triples."""
    import pyoxigraph
    from pyoxigraph import NamedNode, Quad, RdfFormat, Store

    from hyte_graph.store.dataset import Dataset
    from hyte_graph.store.knowledge import Knowledge

    store = Store()
    knowledge = Knowledge.shipped()
    store.bulk_extend(Dataset(knowledge).store)
    text = "\n".join(invented(sorted(knowledge.actors), random.Random(SEED))).encode()  # noqa: S311
    name = NamedNode(GRAPH)
    quads = pyoxigraph.parse(text, format=RdfFormat.N_TRIPLES)
    store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object, name) for quad in quads)
    store.dump(str(folder / "data.nq"), format=RdfFormat.N_QUADS)
    merged = {quad.triple for quad in store}
    pyoxigraph.serialize(merged, str(folder / "data.nt"), format=RdfFormat.N_TRIPLES)
    return len(merged)


def invented(actors: list[str], chance: random.Random) -> Iterator[str]:
    """Yield what every organisation records, as N-Triples; one record in ten is missing."""
    for slug in actors:
        home = f"{ORGANISATION}{slug}/"
        yield line(home, "rdf:type", "hyte:Description")
        yield line(home, "hyte:describes", f"actor:{slug}")
        yield from thing(f"{home}council", "hyte:Council", home, name=f"Valtuusto {slug}")
        for year in YEARS:
            yield from records(home, slug, year, chance)


def records(home: str, slug: str, year: int, chance: random.Random) -> Iterator[str]:
    source, counted = f"{home}source-{year}", f'"{year}"^^xsd:gYear'
    yield from thing(source, "hyte:SourceRecord", home, name=f"Pöytäkirja {year}")
    report, day = f"{home}report-{year}", f'"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"^^xsd:date'
    if chance.random() > 0.1:
        yield from thing(report, "hyte:AnnualWellbeingReport", home, name=f"Hyvinvointikertomus {year}")
        yield line(report, "hyte:countsForYear", counted)
        yield line(report, "hyte:hasStatus", "document-status:in-force")
        yield line(report, "hyte:isEvidencedBy", source)
        if chance.random() > 0.1:
            yield line(report, "hyte:isPublishedAt", f'"https://example.org/{slug}/{year}"^^xsd:anyURI')
        if chance.random() > 0.1:
            yield from thing(f"{home}delivery-{year}", "hyte:Delivery", home)
            yield line(f"{home}delivery-{year}", "hyte:contains", report)
            yield line(f"{home}delivery-{year}", "hyte:isDeliveredTo", f"{home}council")
    for number in range(2):
        decision = f"{home}decision-{year}-{number}"
        yield from thing(decision, "hyte:Decision", home, name=f"Päätös {number} {year}")
        yield line(decision, "hyte:isApprovedOn", day)
        yield line(decision, "hyte:countsForYear", counted)
        yield line(decision, "hyte:isEvidencedBy", source)
    if chance.random() > 0.1:
        meeting = f"{home}negotiation-{year}"
        yield from thing(meeting, "hyte:Negotiation", home, name=f"Neuvottelu {year}")
        yield line(meeting, "hyte:countsForYear", counted)
        yield line(meeting, "hyte:isEvidencedBy", source)


def thing(address: str, kind: str, home: str, name: str = "") -> Iterator[str]:
    yield line(address, "rdf:type", kind)
    yield line(address, "hyte:isStatedIn", home)
    if name:
        yield line(address, "hyte:hasName", f'"{name}"@fi')


def line(subject: str, predicate: str, value: str) -> str:
    return f"{written(subject)} {written(predicate)} {written(value)} ."


def written(term: str) -> str:
    from hyte_graph.vocabulary import full

    if term.startswith('"'):
        text, sign, kind = term.rpartition("^^")
        return f"{text}^^<{full(kind)}>" if sign else term
    return f"<{full(term)}>"


# Engines


@dataclass
class Engine:
    """A process that has loaded the data and answers one query a line."""

    name: str
    told: str
    process: subprocess.Popen[str]
    server: subprocess.Popen[bytes] | None = None

    def ask(self, text: str) -> dict[str, Any]:
        """Return the milliseconds and the number of rows, or the reason why there are none."""
        if self.process.poll() is not None:
            return {"failed": "ended"}
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(text) + "\n")
        self.process.stdin.flush()
        told = within(self.process.stdout, LONGEST)
        if told is None:
            self.process.kill()
            return {"failed": f"over {LONGEST:g} s"}
        return json.loads(told)

    def stop(self) -> None:
        for process in (self.process, self.server):
            if process:
                process.kill()
                process.wait()


def within(pipe: IO[str], seconds: float) -> str | None:
    import select

    ready, _, _ = select.select([pipe], [], [], seconds)
    return (pipe.readline() or None) if ready else None


def started(data: Path, options: argparse.Namespace) -> tuple[dict[str, Engine], list[str]]:
    """Return the engines that can be had, and the names of the others."""
    made: dict[str, Engine] = {}
    missing: list[str] = []
    for name, start in STARTS.items():
        engine = None if name in options.leave_out else start(name, data, options)
        if engine is None:
            missing.append(name)
            continue
        assert engine.process.stdout
        told = within(engine.process.stdout, 600)
        if not told:
            missing.append(name)
            engine.stop()
            continue
        engine.told = json.loads(told)["version"]
        made[name] = engine
        print(f"{name} {engine.told} is ready", file=sys.stderr)
    return made, missing


def child(name: str, *words: str, server: subprocess.Popen[bytes] | None = None) -> Engine:
    call = [sys.executable, __file__, "--child", *words]
    pipe = subprocess.PIPE
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(call, stdin=pipe, stdout=pipe, text=True, env=environment)
    return Engine(name, "", process, server)


def start_python(name: str, data: Path, _: argparse.Namespace) -> Engine | None:
    return child(name, name, str(data / ("data.nt" if name == "rdflib" else "data.nq")))


def start_comunica(name: str, data: Path, options: argparse.Namespace) -> Engine | None:
    node, folder = shutil.which("node"), options.comunica
    if not node or folder is None or not (folder / "node_modules").is_dir():
        return None
    script = folder / "hyte-queries.cjs"
    script.write_text(COMUNICA)
    pipe = subprocess.PIPE
    call = [node, "--max-old-space-size=4096", str(script), str(data / "data.nt")]
    return Engine(name, "", subprocess.Popen(call, stdin=pipe, stdout=pipe, text=True, cwd=folder))


def start_oxigraph(name: str, data: Path, _: argparse.Namespace) -> Engine | None:
    program = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if not program:
        return None
    home, bind = str(data / "oxigraph"), f"127.0.0.1:{free_port()}"
    subprocess.run([program, "load", "-l", home, "-f", str(data / "data.nq")], check=True, capture_output=True)
    subprocess.run([program, "optimize", "-l", home], check=True, capture_output=True)
    call = [program, "serve-read-only", "-l", home, "--bind", bind, "--union-default-graph"]
    server = subprocess.Popen(call, stderr=subprocess.DEVNULL)
    reached(f"http://{bind}/")
    return child(name, "http", f"http://{bind}/query", version("oxigraph"), server=server)


def start_virtuoso(name: str, data: Path, _: argparse.Namespace) -> Engine | None:
    program, tool = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if not program or not tool:
        return None
    home = data / "virtuoso"
    home.mkdir()
    sql, web = f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"
    (home / "virtuoso.ini").write_text(VIRTUOSO.format(home=home, data=data, sql=sql, web=web))
    server = subprocess.Popen([program, "-f", "-c", str(home / "virtuoso.ini")], cwd=home, stderr=subprocess.DEVNULL)
    reached(f"http://{web}/sparql")
    load = f"log_enable(2,1); TTLP_MT(file_open('{data}/data.nq'), '', 'urn:x', 512); checkpoint;"
    subprocess.run([tool, sql, "dba", "dba", f"exec={load}"], check=True, capture_output=True)
    told = subprocess.run([program, "-?"], capture_output=True, text=True, check=False)
    shown = next((word for word in (told.stderr + told.stdout).split() if word.startswith("7.")), "7")
    return child(name, "http", f"http://{web}/sparql", shown, server=server)


STARTS = {
    "hyte": start_python,
    "pyoxigraph": start_python,
    "rdflib": start_python,
    "oxigraph serve": start_oxigraph,
    "Virtuoso": start_virtuoso,
    "Comunica": start_comunica,
}

VIRTUOSO = """[Database]
DatabaseFile = {home}/virtuoso.db
ErrorLogFile = {home}/virtuoso.log
LockFile = {home}/virtuoso.lck
TransactionFile = {home}/virtuoso.trx
xa_persistent_file = {home}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {home}/temp.db
TransactionFile = {home}/temp.trx
[Parameters]
ServerPort = {sql}
DirsAllowed = {data}
NumberOfBuffers = 85000
MaxDirtyBuffers = 65000
[HTTPServer]
ServerPort = {web}
ServerRoot = {home}
[SPARQL]
ResultSetMaxRows = 10000000
"""

COMUNICA = """
const fs = require("fs"), readline = require("readline");
const { QueryEngine } = require("@comunica/query-sparql");
const N3 = require("n3");
const told = require("@comunica/query-sparql/package.json").version;
const store = new N3.Store(new N3.Parser({ format: "N-Triples" }).parse(fs.readFileSync(process.argv[2], "utf8")));
const engine = new QueryEngine();
console.log(JSON.stringify({ version: told }));
readline.createInterface({ input: process.stdin }).on("line", async (line) => {
  const start = process.hrtime.bigint();
  try {
    const found = await engine.queryBindings(JSON.parse(line), { sources: [store] });
    const rows = (await found.toArray()).length;
    console.log(JSON.stringify({ ms: Number(process.hrtime.bigint() - start) / 1e6, rows }));
  } catch (error) {
    console.log(JSON.stringify({ failed: String(error).slice(0, 200) }));
  }
});
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as made:
        return int(made.getsockname()[1])


def reached(address: str) -> None:
    for _ in range(600):
        try:
            urlopen(address, timeout=2).close()  # noqa: S310
        except OSError:
            time.sleep(0.1)
        else:
            return


# What runs in a child


def serve(kind: str, *words: str) -> None:
    """Load the data, then answer each line of stdin."""
    ask, shown = {"hyte": of_hyte, "pyoxigraph": of_pyoxigraph, "rdflib": of_rdflib, "http": of_http}[kind](*words)
    print(json.dumps({"version": shown}), flush=True)
    for text in sys.stdin:
        query, start = json.loads(text), time.perf_counter()
        try:
            rows = ask(query)
            told = {"ms": (time.perf_counter() - start) * 1000, "rows": rows}
        except Exception as error:  # whatever an engine raises is its answer
            told = {"failed": " ".join(str(error).split())[:200]}
        print(json.dumps(told), flush=True)


def of_hyte(path: str) -> tuple[Any, str]:
    """Return the way of saved questions: words checked, EXISTS rewritten, rows as terms."""
    from hyte_graph.store.sparql import answer

    class Loaded:
        store = loaded(path)

    return (lambda text: len(answer(text, Loaded(), limit=10_000_000)), version("pyoxigraph"))


def of_pyoxigraph(path: str) -> tuple[Any, str]:
    store = loaded(path)

    def ask(text: str) -> int:
        return len([tuple(row) for row in store.query(text, use_default_graph_as_union=True)])

    return ask, version("pyoxigraph")


def loaded(path: str) -> Any:
    from pyoxigraph import RdfFormat, Store

    store = Store()
    store.bulk_load(path=path, format=RdfFormat.N_QUADS)
    return store


def of_rdflib(path: str) -> tuple[Any, str]:
    from rdflib import Graph

    graph = Graph()
    graph.parse(path, format="nt")
    return (lambda text: len(list(graph.query(text)))), version("rdflib")


def of_http(address: str, shown: str) -> tuple[Any, str]:
    from hyte_graph.store.answers import unpacked
    from hyte_graph.store.request import posted

    def ask(text: str) -> int:
        reply = posted(address, [("query", text)], "application/sparql-results+json", LONGEST)
        return len(unpacked(reply.body, is_graph=False))  # type: ignore[arg-type]

    return ask, shown


# Measuring and telling


@dataclass
class Measured:
    """What one engine took for one query."""

    times: list[float]  # milliseconds
    rows: int | None
    failed: str = ""

    @property
    def median(self) -> float | None:
        return None if self.failed or not self.times else statistics.median(self.times)


def ask_all(name: str, text: str, engines: dict[str, Engine], rounds: int) -> dict[str, Measured]:
    """Ask one query of all engines in rounds, after one round that does not count for those that are quick."""
    from hyte_graph.store.clauses import with_prefixes

    query = with_prefixes(text)
    found = {engine: Measured([], None) for engine in engines}
    for number in range(rounds + 1):
        turned = list(found.items()) if number % 2 else list(found.items())[::-1]
        for engine, measured in turned:
            if measured.failed or sum(measured.times) > ENOUGH * 1000:
                continue
            told = engines[engine].ask(query)
            measured.failed = told.get("failed", "")
            measured.rows = told.get("rows", measured.rows)
            if "ms" in told and (number or told["ms"] > ENOUGH * 1000):
                measured.times.append(told["ms"])
    print(
        f"{name}: " + ", ".join(f"{key} {item.median or item.failed}" for key, item in found.items()), file=sys.stderr
    )
    return found


def mean_ratio(measured: dict[str, dict[str, Measured]], above: str, below: str, but: tuple[str, ...] = ()) -> float:
    """Return the geometric mean of how many times longer one engine takes than another, over what both answered."""
    pairs = [(found[above].median, found[below].median) for name, found in measured.items() if name not in but]
    logs = [math.log(first / second) for first, second in pairs if first and second]
    return math.exp(statistics.mean(logs)) if logs else math.nan


def report(
    measured: dict[str, dict[str, Measured]], engines: dict[str, Engine], missing: list[str], triples: int
) -> None:
    RESULTS.mkdir(exist_ok=True)
    value = {
        "what": "thirteen kinds of queries, medians in milliseconds",
        "triples": triples,
        "seed": SEED,
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {platform.system()}, {os.cpu_count()} processors",
        "engines": {name: engine.told for name, engine in engines.items()},
        "not found": missing,
        "queries": {name: {key: told(item) for key, item in found.items()} for name, found in measured.items()},
        "ratios": ratios(measured, engines),
    }
    (RESULTS / "queries.json").write_text(json.dumps(value, indent=2) + "\n")
    page = table(measured, engines, value)
    (RESULTS / "queries.md").write_text(page)
    print(page)


def told(item: Measured) -> dict[str, Any]:
    if item.failed:
        return {"failed": item.failed}
    return {"median": round(item.median or 0, 3), "runs": len(item.times), "rows": item.rows}


def ratios(measured: dict[str, dict[str, Measured]], engines: dict[str, Engine]) -> dict[str, Any]:
    others = [name for name in engines if name != "hyte"]
    joined = measured[JOIN_QUERY]
    found: dict[str, Any] = {
        f"{name} / hyte, geometric mean of all": round(mean_ratio(measured, name, "hyte"), 2) for name in others
    }
    found |= {
        f"{name} / hyte, without query 07": round(mean_ratio(measured, name, "hyte", (JOIN_QUERY,)), 2)
        for name in others
    }
    for name in others:
        pairs = {key: (item[name].median, item["hyte"].median) for key, item in measured.items()}
        each = {key: round(first / second, 2) for key, (first, second) in pairs.items() if first and second}
        found[f"{name} / hyte, by query"] = each
    found["rows differ"] = [
        key for key, item in measured.items() if len({m.rows for m in item.values() if not m.failed}) > 1
    ]
    raw = joined.get("pyoxigraph")
    if raw and raw.failed:
        found["pyoxigraph on query 07"] = raw.failed
    return found


def table(measured: dict[str, dict[str, Measured]], engines: dict[str, Engine], value: dict[str, Any]) -> str:
    heads = [f"{name} {engine.told}" for name, engine in engines.items()]
    about = (
        f"Medians in milliseconds over {value['triples']} triples, engines in turn in one run, on {value['machine']}, "
        f"Python {value['python']}. Made by `benchmarks/queries.py`; all figures are in `queries.json`."
    )
    lines = [
        "# Queries",
        "",
        about,
        "",
        f"| query | rows | {' | '.join(heads)} |",
        f"|---|---:|{'---:|' * len(heads)}",
    ]
    for name, found in measured.items():
        rows = sorted({str(item.rows) for item in found.values() if not item.failed})
        cells = [item.failed or f"{item.median:.3g}" for item in found.values()]
        lines.append(f"| {name} | {' / '.join(rows)} | {' | '.join(cells)} |")
    means = [f"{mean_ratio(measured, name, 'hyte'):.3g}" for name in engines]
    lines.append(f"| times hyte, geometric mean | | {' | '.join(means)} |")
    rest = [f"{mean_ratio(measured, name, 'hyte', (JOIN_QUERY,)):.3g}" for name in engines]
    lines += [f"| the same without 07 | | {' | '.join(rest)} |", ""]
    if value["not found"]:
        lines += [f"Not found on this machine: {', '.join(value['not found'])}.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    if sys.argv[1:2] == ["--child"]:
        serve(*sys.argv[2:])
    else:
        main()
