"""What is asked of the site, with the answers that are right: made in this process, without the server."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

from benchmarks.load.client import Ask, sparql
from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.engines import engine
from hyte_graph.intake import read_description
from hyte_graph.reports import json_report
from hyte_graph.store.serving import serialised
from hyte_graph.store.sparql import answer
from hyte_web import create_app
from hyte_web.site import Site

ROOT = Path(__file__).resolve().parents[2]
FORMS = {"HTML": "text/html", "Turtle": "text/turtle", "JSON-LD": "application/ld+json"}
DAY = date(2025, 12, 31)
TYPICAL = 500  # triples of a description, at most
_CALLED = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
_LABEL = "SELECT ?label {{ <{norm}> {called} ?label FILTER(LANG(?label) = '{language}') }}"
_PART = "--hyte-load"


class References:
    """The right answers."""

    def __init__(self) -> None:
        self._app = create_app()
        self._site: Site = self._app.extensions["hyte"]
        self.triples = len(self._site.store)

    def pages(self, things: int) -> list[Ask]:
        """Return the pages of some norms in three forms at one address, with body, ETag, Vary and type as they are."""
        names = list(self._site.norms)[:: max(len(self._site.norms) // things, 1)][:things]
        return [self._page(f"/en/norm/{name}", form) for name in names for form in FORMS]

    def points(self, count: int) -> list[Ask]:
        """Return queries with one row each."""
        norms = list(self._site.norms.values())[:count]
        texts = [
            _LABEL.format(norm=norm.iri, called=_CALLED, language=("fi", "sv", "en")[at % 3])
            for at, norm in enumerate(norms)
        ]
        return [sparql(text, name="point query", sums=frozenset({self._answered(text)})) for text in texts]

    def uploads(self) -> list[Ask]:
        """Return the examples as somebody hands them in, with the report that must be shown."""
        found = []
        for path in sorted((ROOT / "examples").glob("*.yaml")):
            description = read_description(path.read_bytes(), path.name, self._site.knowledge)
            if len(description.graph) <= TYPICAL:
                made = assess(description, self._site.knowledge, on=DAY, checker=engine())
                shown = sha256(json_report.render([made]).encode()).hexdigest()
                headers = {"Content-Type": f"multipart/form-data; boundary={_PART[2:]}"}
                found.append(Ask("upload to report", "/en/check", headers, _body(path), (303,), shown=shown))
        return found

    def _page(self, path: str, form: str) -> Ask:
        headers = {"Accept": FORMS[form]}
        made = self._app.test_client().get(path, headers=headers, base_url="http://localhost")
        assert made.status_code == 200, path
        told = {name.lower(): made.headers[name] for name in ("ETag", "Vary", "Content-Type")}
        return Ask(form, path, headers, sums=frozenset({sha256(made.data).hexdigest()}), told=told)

    def _answered(self, text: str) -> str:
        found = answer(text, self._site.library.dataset, limit=10)
        assert len(found) == 1, text  # type: ignore[arg-type]
        return sha256(serialised(found, "json")).hexdigest()


def _body(path: Path) -> bytes:
    head = 'Content-Disposition: form-data; name="{name}"'
    fields = [(head.format(name="on"), DAY.isoformat().encode()), (head.format(name="known_on"), b"")]
    fields += [(f'{head.format(name="file")}; filename="{path.name}"', path.read_bytes())]
    return b"".join(f"{_PART}\r\n{title}\r\n\r\n".encode() + value + b"\r\n" for title, value in fields) + (
        f"{_PART}--\r\n".encode()
    )
