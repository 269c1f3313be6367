"""hyte template: an empty workbook, CSV files or YAML for one organisation, made from the norms that bind it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from itertools import chain
from pathlib import PurePath
from typing import Any

from hyte_graph.cli.days import day
from hyte_graph.cli.filings import announce, is_folder, read_filing, save_filing
from hyte_graph.compliance.blank import versions, yaml_template
from hyte_graph.compliance.prepared import binding_norms, blank_description, prepared
from hyte_graph.errors import UsageError
from hyte_graph.intake.convert import folder_name, losses, tree_of
from hyte_graph.intake.reader import read_stated
from hyte_graph.intake.workbook.write import About, write_workbook
from hyte_graph.messages import say
from hyte_graph.model import Actor
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.lookup import actor_of

FORMATS = {"xlsx": (".xlsx",), "ods": (".ods",), "csv": (".zip",), "yaml": (".yaml", ".yml")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add = parser.add_argument
    add("--actor", required=True, metavar="SLUG", help="the organisation, such as lansi-uusimaa")
    add("--on", metavar="DATE", help="the day: the norms that bind then (default: today)")
    add("--prefill", metavar="FILE", help="an earlier description or workbook of the organisation")
    add("-o", "--output", required=True, metavar="FILE", help="what to write (.xlsx .ods .zip .yaml, or FOLDER/)")
    add(
        "--format",
        choices=tuple(FORMATS),
        help="form of the file; csv is a file for each sheet (default: by the ending)",
    )


def run(options: argparse.Namespace) -> int:
    """Write the template, and say on stderr what of an earlier description it does not hold."""
    suffix, target = _target(options.output, options.format)
    knowledge = Knowledge.shipped()
    actor, on = actor_of(options.actor, knowledge), day(options.on)
    value = _value(options.prefill, actor, on, knowledge)
    norms = binding_norms(actor, on, knowledge)
    rows = prepared(norms, actor, on, knowledge, value)
    title = say("workbook-title", actor=actor.label)
    if suffix not in FORMATS["yaml"]:
        about = About(title, actor.slug, options.lang, on, versions(), rows)
        content = write_workbook(value, about, knowledge, folder_name(target), suffix)
    else:
        asked = [norm for norm in norms if {"norm": norm.slug} in rows["answers"]]
        content = yaml_template(value, title, asked, options.lang).encode()
    save_filing(content, target)
    if options.prefill:
        source, name = read_filing(options.prefill)
        announce(read_stated(source, name, knowledge).notices, options.lang)
        announce(losses(source, name, content, folder_name(target), knowledge), options.lang)
    return 0


def _target(output: str, wanted: str | None) -> tuple[str, str]:
    """Return the ending of the format to write, and the target; that of a folder ends in a slash.

    Raises:
        UsageError: no format that can be written, or an ending that is not of the format that was asked for.
    """
    suffix = PurePath(output).suffix.lower()
    if is_folder(output) or (wanted == "csv" and not suffix):
        suffix, output = ".zip", f"{output.rstrip('/')}/"
    endings = FORMATS[wanted] if wanted else tuple(chain.from_iterable(FORMATS.values()))
    if suffix not in endings:
        raise UsageError(say("format-unknown", name=output, formats=", ".join(endings)))
    return suffix, output


def _value(name: str | None, actor: Actor, on: date, knowledge: Knowledge) -> Mapping[str, Any]:
    """Return what the template starts from: the registers alone, or an earlier description of the same organisation."""
    blank = blank_description(actor, on, knowledge)
    if name is None:
        return blank
    content, shown = read_filing(name)
    value = tree_of(content, shown, knowledge)
    told = value["organisation"].get("id")
    if told != actor.slug:
        raise UsageError(say("template-other-actor", name=shown, told=told, actor=actor.slug))
    return {**value, "council_terms": value.get("council_terms") or blank["council_terms"]}
