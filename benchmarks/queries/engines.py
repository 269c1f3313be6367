"""Engines as processes that have loaded the data and answer one query a line."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 900.0
"""Seconds that one answer may take."""


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
    """Return the engines that are wanted and can be had, and the names of those that cannot."""
    made: dict[str, Engine] = {}
    missing: list[str] = []
    for name, start in STARTS.items():
        if name in options.leave_out or name not in (options.only or STARTS):
            continue
        engine = start(name, data, options)
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
    call = [sys.executable, "-m", "benchmarks.queries.child", *words, *([str(server.pid)] if server else [])]
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
  const start = process.hrtime.bigint(), before = process.cpuUsage();
  try {
    const found = await engine.queryBindings(JSON.parse(line), { sources: [store] });
    const rows = (await found.toArray()).length;
    const ms = Number(process.hrtime.bigint() - start) / 1e6, used = process.cpuUsage(before);
    console.log(JSON.stringify({ ms, cpu: (used.user + used.system) / 1e3, rows }));
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
