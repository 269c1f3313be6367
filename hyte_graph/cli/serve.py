"""hyte serve: the graph in a browser on this machine, or behind a proxy."""

from __future__ import annotations

import argparse
import os
import sys
import threading

from hyte_graph.errors import MissingToolError, UsageError
from hyte_graph.messages import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    trust = "a name under which browsers may reach it (repeatable; localhost always may)"
    add("--trusted-host", action="append", default=[], metavar="NAME", help=trust)
    add("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    add("--threads", type=int, default=8, metavar="N", help="requests that are answered at the same time (default: 8)")
    add("--proxies", type=int, default=0, metavar="N", help="reverse proxies in front of it, whose headers are trusted")
    add("--store", metavar="URL", help="ask the graph in another SPARQL 1.1 store, at the address of its query service")
    folder = "folder for files of its own: the query store and short links (default: a private one until it ends)"
    add("--store-folder", metavar="FOLDER", help=folder)
    add("--base-path", default="", metavar="PATH", help="path under which it is published, such as /hyte")


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted.

    Raises:
        MissingToolError: the web front end is not installed.
        UsageError: nobody can listen there.
    """
    try:
        from waitress import create_server

        from hyte_web import create_app
        from hyte_web.settings import from_environment
    except ImportError as error:
        raise MissingToolError(say("web-missing")) from error
    told = from_environment(os.environ, is_public=False)
    hosts = [*told.get("TRUSTED_HOSTS", []), "localhost", "127.0.0.1", options.host, *options.trusted_host]
    chosen = {"PROXIES": options.proxies, "STORE": options.store, "STORE_FOLDER": options.store_folder}
    app = create_app(told | {"TRUSTED_HOSTS": hosts} | {name: value for name, value in chosen.items() if value})
    threading.Thread(target=app.extensions["sparql"].is_ready, daemon=True).start()  # before the first visitor
    try:
        server = create_server(app, **_listening(options, app.config["PROXIES"]))
    except OSError as error:
        raise UsageError(say("web-port-taken", port=options.port, host=options.host)) from error
    print(f"http://{options.host}:{options.port}{_base(options)}/{options.lang}/", file=sys.stderr)
    server.run()
    return 0


def _listening(options: argparse.Namespace, proxies: int) -> dict[str, object]:
    """Return the settings of the server; it hands on what proxies say only where there are any."""
    return {
        "host": options.host,
        "port": options.port,
        "threads": max(options.threads, 1),
        "url_prefix": _base(options),
        "clear_untrusted_proxy_headers": not proxies,
        "ident": "",
    }


def _base(options: argparse.Namespace) -> str:
    path = options.base_path.strip("/")
    return f"/{path}" if path else ""
