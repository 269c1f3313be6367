"""The description that an organisation starts from, as a file: what the registers know, and what is asked of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from hyte_graph.compliance.prepared import binding_norms, blank_description, prepared
from hyte_graph.intake.workbook.write import About, write_workbook
from hyte_graph.intake.writing import as_yaml
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.model import Actor, Norm
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.versions import content_digest, package_version

_FOR_YAML = ("workbook-guide-empty", "workbook-guide-dates", "workbook-guide-persons")


def blank(actor: Actor, on: date, language: str, suffix: str, knowledge: Knowledge) -> bytes:
    """Return the empty description of an actor of the registers.

    Args:
        actor: who is to be described.
        on: the day whose norms are asked.
        language: "fi", "sv" or "en".
        suffix: ".xlsx", ".ods", ".zip" (CSV) or ".yaml".
        knowledge: the law, the registers and the words.
    """
    value, norms = blank_description(actor, on, knowledge), binding_norms(actor, on, knowledge)
    title = say("workbook-title", actor=actor.label)
    if suffix == ".yaml":
        return yaml_template(value, title, norms, language).encode()
    rows = prepared(norms, actor, on, knowledge, value)
    about = About(title, actor.slug, language, on, versions(), rows)
    return write_workbook(value, about, knowledge, f"{actor.slug}{suffix}", suffix)


def versions() -> Sequence[tuple[str, str]]:
    """Return the versions that a template is made with."""
    return (("hyte-graph", package_version()), ("ontology", content_digest("ontology")))


def yaml_template(value: Mapping[str, Any], title: Text, norms: Sequence[Norm], language: str) -> str:
    """Return a description in YAML with the guide above it, and below it the norms to answer, as comments."""
    return "\n".join((*_head(title, language), "", as_yaml(value), *_asked(norms, language))) + "\n"


def _head(title: Text, language: str) -> Iterator[str]:
    yield f"# {title.within(language)}"
    for key in _FOR_YAML:
        yield f"# {say(key).within(language)}"


def _asked(norms: Sequence[Norm], language: str) -> Iterator[str]:
    """Yield an answer for each norm as a comment: a row that nobody answered must say nothing."""
    yield f"# {say('template-answers').within(language)}"
    for norm in norms:
        yield f"# {norm.provision.citation.within(language)}: {norm.label.within(language)}"
        yield f"#  - {{norm: {norm.slug}, answer: , sources: []}}"
