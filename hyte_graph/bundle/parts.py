"""The parts of a bundle that follow from a description and the law: made for the bundle, made again to check it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from hyte_graph.bundle.manifest import Asked, Described, Given, plain
from hyte_graph.bundle.rdf import canonical, check_named
from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.engines import engine
from hyte_graph.intake.overlay import File, with_judgements
from hyte_graph.intake.reader import read_description
from hyte_graph.languages import LANGUAGES
from hyte_graph.reports import html, json_report
from hyte_graph.reports.turtle_report import report_triples
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import triples_of

MIMETYPE = ("mimetype", b"application/vnd.hyte.bundle+zip")


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of one description: whose it is, which part it is itself, and all its parts."""

    organisation: str
    described: Described
    parts: dict[str, bytes]


def parts_of(given: Sequence[File], asked: Asked, knowledge: Knowledge) -> Made:
    """Return the parts that follow from a description.

    Args:
        given: the description, then files with what others judged; the ending of a name tells the format.
        asked: the days and the engine.
        knowledge: the law and the rules.

    Raises:
        FilingError: the description is not sound, or has things without a name.
        UndecidedError: the checks could not be carried out.
    """
    (content, name), *judged = given
    description = with_judgements(read_description(content, name, knowledge), judged, knowledge)
    check_named(description.graph, name)
    made = assess(
        description,
        knowledge,
        on=asked.on,
        law_on=asked.law_on,
        known_on=asked.known_on,
        include_drafts=asked.include_drafts,
        checker=engine(asked.engine),
    )
    home = made.actor.slug
    files = _files(home, given)
    parts = {
        **{file.part: content for file, (content, _) in zip(files, given, strict=True)},
        f"{home}/description.nq": canonical(triples_of(description.graph)),
        f"{home}/report.json": json_report.render([made]).encode(),
        f"{home}/report.nq": canonical(report_triples([made], knowledge)),
        f"{home}/trace.json": _trace(made),
    }
    pages = {f"{home}/report.{language}.html": html.render(made, knowledge, language) for language in LANGUAGES}
    described = Described(files[0], tuple(files[1:]))
    return Made(home, described, parts | {path: page.encode() for path, page in pages.items()})


def _files(home: str, given: Sequence[File]) -> list[Given]:
    """Return what parts the given files are; a folder of CSV files has been packed."""
    titles = ["description", *(f"judgements-{number}" for number in range(1, len(given)))]
    endings = [".zip" if name.endswith("/") else PurePath(name).suffix.lower() for _, name in given]
    parts = (f"{home}/{title}{ending}" for title, ending in zip(titles, endings, strict=True))
    return [Given(part, name) for part, (_, name) in zip(parts, given, strict=True)]


def _trace(made: Assessment) -> bytes:
    """Return which rules tested each duty, which facts counted, and every finding of the SHACL report."""
    duties = [
        {
            "duty": verdict.duty,
            "norm": verdict.norm.slug,
            "rules": list(verdict.rules),
            "evidence": [item.iri for item in verdict.evidence],
            "outcome": verdict.outcome,
        }
        for verdict in made.verdicts
        if verdict.duty
    ]
    findings = [
        {
            "shape": item.shape,
            "focus": item.focus,
            "severity": item.severity,
            "component": item.component,
            "path": item.path,
            "value": item.value,
        }
        for item in made.findings
    ]
    return plain({"schema": "hyte.trace/1", "duties": duties, "findings": findings})
