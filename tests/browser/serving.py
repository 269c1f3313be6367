"""The site under a real server, as long as the tests of a process run."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import Flask, template_rendered
from waitress import create_server

from hyte_web import create_app


@dataclass
class Served:
    """A running site: its address, the application, and the templates of the pages that it has shown."""

    address: str
    app: Flask
    shown: list[str] = field(default_factory=list)

    def keep(self, _: Flask, template, **__: object) -> None:
        self.shown.append(template.name)

    def __call__(self, language: str, path: str) -> str:
        return f"{self.address}/{language}/{path}"


@contextmanager
def serving() -> Iterator[Served]:
    """Yield the site on a free port of this machine."""
    app = create_app()
    server = create_server(app, host="127.0.0.1", port=0, threads=8, ident="")
    threading.Thread(target=server.run, daemon=True).start()
    served = Served(f"http://127.0.0.1:{server.effective_port}", app)
    with template_rendered.connected_to(served.keep, app):
        yield served
    server.close()
