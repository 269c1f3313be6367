"""A Virtuoso server with a database of its own for tests, on this machine alone."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.store.test_remote import free_port

SERVER, CONSOLE = shutil.which("virtuoso-t"), shutil.which("isql-vt")
_SETTINGS = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa

[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = .
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 4

[SPARQL]
ResultSetMaxRows = 100000
"""
_LOAD = "ld_dir('.', 'graph.nq', ''); rdf_loader_run();"
_LOADED = "SELECT COUNT(*) FROM DB.DBA.LOAD_LIST WHERE ll_state = 2 AND ll_error IS NULL;"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Yield the address at which a server answers queries on the `graph.nq` of a folder."""
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_SETTINGS.format(sql=sql, http=http))
    server = subprocess.Popen(
        [SERVER or "", "+foreground", "+configfile", "virtuoso.ini"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{http}/sparql"
    try:
        _wait(f"{address}?query=ASK%20%7B%7D")
        assert _told(folder, sql, _LOAD + _LOADED).split() == ["1"], "the graph was not loaded"
        yield address
    finally:
        server.kill()  # nothing in its database is worth keeping
        server.wait()


def _wait(address: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            urlopen(address, timeout=5).close()  # noqa: S310  # an address made above
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("Virtuoso did not start")


def _told(folder: Path, port: int, text: str) -> str:
    """Return what the console writes about statements; `dba` is the password of every new database."""
    call = [CONSOLE or "", f"127.0.0.1:{port}", "dba", "dba", "VERBOSE=OFF", "BANNER=OFF", f"exec={text}"]
    return subprocess.run(call, cwd=folder, check=True, capture_output=True, text=True, timeout=120).stdout
