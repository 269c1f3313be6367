"""hyte template: an empty workbook or YAML file for one organisation, made from the norms that bind it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any

from hyte_graph.cli.days import day
from hyte_graph.cli.output import read, save
from hyte_graph.compliance.prepared import binding_norms, blank_description, prepared
from hyte_graph.errors import UsageError
from hyte_graph.intake.convert import losses, tree_of
from hyte_graph.intake.workbook.write import About, write_workbook
from hyte_graph.intake.writing import as_yaml
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.model import Actor, Norm
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.lookup import actor_of
from hyte_graph.versions import content_digest, package_version

FORMATS = (".xlsx", ".yaml", ".yml")
_FOR_YAML = ("workbook-guide-empty", "workbook-guide-dates", "workbook-guide-persons")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add = parser.add_argument
    add("--actor", required=True, metavar="SLUG", help="the organisation, such as lansi-uusimaa")
    add("--on", metavar="DATE", help="the day: the norms that bind then (default: today)")
    add("--prefill", metavar="FILE", help="an earlier description or workbook of the organisation")
    add("-o", "--output", required=True, metavar="FILE", help="what to write (.xlsx .yaml)")


def run(options: argparse.Namespace) -> int:
    """Write the template, and say on stderr what of an earlier description it does not hold."""
    suffix = PurePath(options.output).suffix.lower()
    if suffix not in FORMATS:
        raise UsageError(say("format-unknown", name=options.output, formats=", ".join(FORMATS)))
    knowledge = Knowledge.shipped()
    actor, on = actor_of(options.actor, knowledge), day(options.on)
    value = _value(options.prefill, actor, on, knowledge)
    norms = binding_norms(actor, on, knowledge)
    rows = prepared(norms, actor, on, knowledge, value)
    title = say("workbook-title", actor=actor.label)
    if suffix == ".xlsx":
        about = About(title, actor.slug, options.lang, on, _versions(), rows)
        content = write_workbook(value, about, knowledge, PurePath(options.output).name)
    else:
        asked = [norm for norm in norms if {"norm": norm.slug} in rows["answers"]]
        content = _yaml(value, title, asked, options.lang).encode()
    save(content, options.output)
    if options.prefill:
        source, target = PurePath(options.prefill).name, PurePath(options.output).name
        for loss in losses(read(options.prefill), source, content, target, knowledge):
            print(loss.within(options.lang), file=sys.stderr)
    return 0


def _value(name: str | None, actor: Actor, on: date, knowledge: Knowledge) -> Mapping[str, Any]:
    """Return what the template starts from: the registers alone, or an earlier description of the same organisation."""
    blank = blank_description(actor, on, knowledge)
    if name is None:
        return blank
    value = tree_of(read(name), PurePath(name).name, knowledge)
    told = value["organisation"].get("id")
    if told != actor.slug:
        raise UsageError(say("template-other-actor", name=PurePath(name).name, told=told, actor=actor.slug))
    return {**value, "council_terms": value.get("council_terms") or blank["council_terms"]}


def _versions() -> Sequence[tuple[str, str]]:
    return (("hyte-graph", package_version()), ("ontology", content_digest("ontology")))


def _yaml(value: Mapping[str, Any], title: Text, norms: Sequence[Norm], language: str) -> str:
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
