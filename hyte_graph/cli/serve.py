"""hyte serve: the graph in a browser on this machine."""

from __future__ import annotations

import argparse
import sys

from hyte_graph.errors import MissingToolError
from hyte_graph.messages import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    trust = "a name under which browsers may reach it (repeatable; localhost always may)"
    parser.add_argument("--trusted-host", action="append", default=[], metavar="NAME", help=trust)
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    try:
        from waitress import serve

        from hyte_web import create_app
    except ImportError as error:
        raise MissingToolError(say("web-missing")) from error
    print(f"http://{options.host}:{options.port}/{options.lang}/", file=sys.stderr)
    hosts = ["localhost", "127.0.0.1", options.host, *options.trusted_host]
    serve(create_app({"TRUSTED_HOSTS": hosts}), host=options.host, port=options.port)
    return 0
