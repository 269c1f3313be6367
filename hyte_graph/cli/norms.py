"""hyte norms: what binds an actor on a day."""

from __future__ import annotations

import argparse
import json

from hyte_graph.cli.days import day
from hyte_graph.compliance.applicability import Applicability, applicability, is_describable
from hyte_graph.model import Norm
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.lookup import actor_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("--actor", required=True, metavar="SLUG", help="such as lansi-uusimaa")
    parser.add_argument("--on", metavar="DATE", help="the day (default: today)")
    parser.add_argument("--all", action="store_true", help="show also norms that do not apply, with the reason")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="form of the list")


def run(options: argparse.Namespace) -> int:
    """Print the norms that ask something of an actor on a day."""
    knowledge = Knowledge.shipped()
    actor, on = actor_of(options.actor, knowledge), day(options.on)
    found = [
        (norm, applicability(norm, actor, on, knowledge))
        for norm in knowledge.norms.values()
        if norm.is_duty and norm.kind != "DraftNorm" and is_describable(norm, knowledge)
    ]
    shown = [(norm, state) for norm, state in found if options.all or state.state == "applies"]
    if options.format == "json":
        print(json.dumps([_value(norm, state) for norm, state in shown], ensure_ascii=False, indent=2))
        return 0
    for norm, state in shown:
        print(f"{norm.slug}\n    {norm.provision.citation.within(options.lang)}: {norm.label.within(options.lang)}")
        if state.state != "applies":
            word = knowledge.code("outcome", state.state).within(options.lang)
            print(f"    {word}: {state.reasons[0].within(options.lang)}")
    return 0


def _value(norm: Norm, state: Applicability) -> dict[str, object]:
    return {
        "norm": norm.slug,
        "label": norm.label.as_dict(),
        "citation": norm.provision.citation.as_dict(),
        "recurrence": norm.recurrence,
        "strength": norm.strength,
        "state": state.state,
        "reasons": [text.as_dict() for text in state.reasons],
    }
