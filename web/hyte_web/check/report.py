"""The report: of a run, which only who has its address can see, and of an example, which everybody can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Response, abort, g, make_response, redirect, render_template, request, url_for

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.reports import json_report
from hyte_web.check.downloads import KINDS, Kind, download, kind_of, named
from hyte_web.check.examples import assessed, examples
from hyte_web.check.findings import Findings
from hyte_web.check.isolated import judged
from hyte_web.check.part import check, private
from hyte_web.check.runs import Run, data_of, runs
from hyte_web.clock import day_of, today
from hyte_web.errors import refuse
from hyte_web.sentences import said
from hyte_web.site import site

_EARLIEST = date(2015, 1, 1)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report page is about: verdicts, its own address, those of its files, and the run if it is one."""

    made: Assessment
    address: str
    file: Callable[[str], str]
    run: Run | None = None
    annotated: str = ""  # the address of the workbook that was handed in, with remarks

    @property
    def digest(self) -> str:
        """Return the digest of the JSON report; that of a run is kept as it was written."""
        return sha256(self.run.result.encode()).hexdigest() if self.run else json_report.digest(self.made)

    @property
    def until(self) -> datetime | None:
        """Return when the run will be deleted, by the clock of Finland."""
        return datetime.fromtimestamp(self.run.expires, ZoneInfo("Europe/Helsinki")) if self.run else None


@check.get("/check/<string(length=32):run>")
def show(run: str) -> Response:
    """Show the report of a run."""
    found = existing(run)
    address = url_for("check.show", run=run)
    copy = url_for("check.annotated", run=run) if found.is_annotated else ""
    made = found.assessment(site().knowledge)
    return private(_page(Subject(made, address, lambda kind: f"{address}.{kind}", found, copy)))


@check.get("/check/<string(length=32):run>.<suffix>")
def file(run: str, suffix: str) -> Response:
    """Give the report of a run as a file."""
    kind, found = kind_of(suffix), existing(run)
    made = found.assessment(site().knowledge)
    return private(download(made, kind, g.page, lambda form: found.result if form == "json" else data_of(found, form)))


@check.get("/check/<string(length=32):run>/input")
def input_file(run: str) -> Response:
    """Give back what was handed in."""
    found = existing(run)
    suffix = found.file.rpartition(".")[2].lower()
    return private(named(Response(found.content, mimetype="application/octet-stream"), f"input.{suffix}"))


@check.post("/check/<string(length=32):run>/delete")
def delete(run: str) -> Response:
    """Delete a run; a second time does no harm."""
    runs().delete(run)
    return private(make_response(redirect(url_for("check.deleted"), 303)))


@check.get("/check/deleted")
def deleted() -> str:
    """Say that nothing is left."""
    return render_template("check/deleted.html", page=g.page)


@check.get("/check/example/<slug>")
def example(slug: str) -> Response:
    """Show the report of an example for a day."""
    on = example_day(slug)
    address = url_for("check.example", slug=slug)
    query = urlencode({"on": on.isoformat()})
    made = assessed().one(slug, on)
    return _page(Subject(made, address, lambda kind: f"{address}.{kind}?{query}"))


@check.get("/check/example/<slug>.<suffix>")
def example_file(slug: str, suffix: str) -> Response:
    """Give the report of an example as a file; `.yaml` is the description itself."""
    on = example_day(slug)
    path = examples()[slug].path
    if suffix == "yaml":
        return named(Response(path.read_bytes(), mimetype="application/yaml"), path.name)
    kind: Kind = kind_of(suffix)
    made = assessed().one(slug, on)

    def data(form: str) -> str:
        if form == "json":
            return json_report.render([made])
        return judged(path.read_bytes(), path.name, on, None, form).data

    return download(made, kind, g.page, data)


def example_day(slug: str) -> date:
    """Return the day that the address asks for, by default that of the example."""
    if slug not in examples():
        abort(404)
    return asked_day(examples()[slug].on)


def asked_day(usual: date) -> date:
    """Return the day that the address asks for, or the usual one; what is no day is refused."""
    asked = request.args.get("on", "")
    on = day_of(asked) if asked else usual
    if on is None or not _EARLIEST <= on <= date(today().year + 1, 12, 31):
        refuse(400, said("check-wrong-day-text"))
    return on


def existing(name: str) -> Run:
    """Return a run; one that is gone is not found, and the answer says why."""
    return runs().get(name) or refuse(404, said("check-gone-text"))


def _page(subject: Subject) -> Response:
    findings = Findings(subject.made, request.args, site().knowledge, g.page.language)
    known = {verdict.norm.slug for verdict in subject.made.verdicts} & set(site().norms)
    text = render_template(
        "check/report.html",
        page=g.page,
        subject=subject,
        findings=findings,
        kinds=KINDS,
        known=known,
        filtered=filtered,
    )
    return make_response(text)


def filtered(findings: Findings, **changed: str) -> str:
    """Return the query of the same report with other filters; an empty one drops its filter."""
    kept = {name: request.args[name] for name in ("on",) if request.args.get(name)}
    asked = {name: value for name, value in (kept | findings.wanted | changed).items() if value}
    return f"?{urlencode(asked)}" if asked else "?"
