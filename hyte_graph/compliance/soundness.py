"""Is the description itself sound? Findings on it stop the run: they are never verdicts."""

from __future__ import annotations

from collections.abc import Iterable

from hyte_graph.compliance.catalogue import Catalogue
from hyte_graph.intake.description import Description
from hyte_graph.intake.places import WHOLE_FILE, PlacedError
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.model import Finding
from hyte_graph.vocabulary import iri, slug

_SOUND = iri("rule", "sound-")


def check_soundness(findings: Iterable[Finding], description: Description, catalogue: Catalogue) -> None:
    """Raise what the shapes on descriptions found.

    Raises:
        FilingError: with one sentence for each fault.
    """
    found = [
        (description.cells.get(slug(finding.focus), WHOLE_FILE), _fault(finding, description, catalogue))
        for finding in findings
        if finding.shape.startswith(_SOUND)
    ]
    if found:
        raise PlacedError(*dict.fromkeys(found))


def _fault(finding: Finding, description: Description, catalogue: Catalogue) -> Text:
    name = slug(finding.focus)
    line = description.lines.get(name)
    message = catalogue.messages[finding.shape]
    laid = [file.places[name] for file in (*description.assumed, *description.judged) if name in file.places]
    if laid:
        return say("fact-unsound-in-cell", where=laid[-1], fact=name, message=message)
    if name in description.cells:
        where = description.cells[name].within(description.name)
        return say("fact-unsound-in-cell", where=where, fact=name, message=message)
    if line is None:
        return say("fact-unsound", name=description.name, fact=name, message=message)
    return say("fact-unsound-at", name=description.name, line=line, fact=name, message=message)
