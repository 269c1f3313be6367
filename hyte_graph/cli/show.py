"""hyte show: one thing of the graph, or how much of the law is executable."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator

from hyte_graph.compliance.catalogue import read_catalogue
from hyte_graph.compliance.coverage import by_act, by_section
from hyte_graph.errors import UsageError
from hyte_graph.messages import say
from hyte_graph.model import Rule
from hyte_graph.reports.sheets import short
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.lookup import actor_of, find, norm_of
from hyte_graph.vocabulary import iri, slug

_FORMATS = ("text", "json", "ttl", "jsonld", "nt")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument(
        "thing", metavar="THING", help="IRI, prefixed name or slug; or a kind, such as norm, or coverage"
    )
    parser.add_argument("name", nargs="?", metavar="SLUG", help="the slug, where the kind came first")
    parser.add_argument("--format", choices=_FORMATS, default="text", help="form of what is shown")
    parser.add_argument(
        "--all", action="store_true", help="show everything that points to the thing, not the first few"
    )
    parser.add_argument("--sections", action="store_true", help="coverage by section, not by act")


def run(options: argparse.Namespace) -> int:
    """Print a thing."""
    knowledge, kind, name = Knowledge.shipped(), options.thing, options.name
    if name is None and kind.startswith("duty:"):
        kind, name = "duty", kind.removeprefix("duty:")
    if kind in _SHORT and name is None:
        raise UsageError(say("show-needs-name", kind=kind))
    if options.format == "text" and kind == "coverage":
        print("\n".join(short.coverage_lines(knowledge, by_section if options.sections else by_act, options.lang)))
    elif options.format == "text" and kind in _SHORT:
        print("\n".join(_SHORT[kind](name, knowledge, options.lang)))
    else:
        print(_shown(_address(kind, name, knowledge), knowledge, options), end="")
    return 0


def _norm(name: str, knowledge: Knowledge, language: str) -> Iterator[str]:
    return short.norm_lines(norm_of(name, knowledge), knowledge, language)


def _duty(name: str, knowledge: Knowledge, language: str) -> Iterator[str]:
    parts = slug(name).split("--")
    if len(parts) != 3:  # noqa: PLR2004
        raise UsageError(say("duty-name-wrong", value=name))
    norm, actor = norm_of(parts[0], knowledge), actor_of(parts[1], knowledge)
    return short.duty_lines(norm, actor, parts[2], knowledge, language)


def _rule(name: str, knowledge: Knowledge, language: str) -> Iterator[str]:
    return short.rule_lines(_rule_of(name, knowledge), knowledge, language)


def _rule_of(name: str, knowledge: Knowledge) -> Rule:
    catalogue = read_catalogue(knowledge.shape_index)
    return find("rule", name, {slug(address): rule for address, rule in catalogue.rules.items()})


def _act(name: str, knowledge: Knowledge, language: str) -> Iterator[str]:
    return short.act_lines(_act_of(name, knowledge), knowledge, language)


def _act_of(name: str, knowledge: Knowledge) -> str:
    match = re.fullmatch(r"(\d+)/(\d{4})", name)
    acts = {norm.provision.act: norm.provision.act for norm in knowledge.norms.values() if norm.provision.act}
    return find("act", f"{match[2]}-{match[1]}" if match else name, acts)


def _actor(name: str, knowledge: Knowledge, language: str) -> Iterator[str]:
    return short.actor_lines(actor_of(name, knowledge), knowledge, language)


_SHORT: dict[str, Callable[[str, Knowledge, str], Iterator[str]]] = {
    "norm": _norm,
    "duty": _duty,
    "rule": _rule,
    "act": _act,
    "actor": _actor,
}


def _address(kind: str, name: str | None, knowledge: Knowledge) -> str:
    """Return what to look for: the IRI of a thing of a kind, or the name as it was typed."""
    if kind in ("coverage", "duty"):
        raise UsageError(say("show-text-only", kind=kind))
    if name is None:
        return kind
    found = {
        "norm": lambda: norm_of(name, knowledge).iri,
        "rule": lambda: _rule_of(name, knowledge).iri,
        "act": lambda: iri("law", _act_of(name, knowledge)),
        "actor": lambda: actor_of(name, knowledge).iri,
    }
    return found[kind]() if kind in found else f"{kind}:{slug(name).rpartition(':')[2]}"


def _shown(name: str, knowledge: Knowledge, options: argparse.Namespace) -> str:
    """Return any thing of the graph in one of the formats."""
    from hyte_graph.reports.sheets import text, thing_data
    from hyte_graph.reports.sheets.thing import thing_sheet
    from hyte_graph.store.rdf import FORMATS, written
    from hyte_graph.store.things import Things

    things = Things(knowledge)
    address = things.meant(name)
    if options.format == "text":
        return text.render(thing_sheet(address, things, options.lang, every=options.all), options.lang)
    if options.format == "json":
        return thing_data.render(address, things)
    form = next(form for form in FORMATS if form.suffix == options.format)
    return written(things.described(address), form).decode()
