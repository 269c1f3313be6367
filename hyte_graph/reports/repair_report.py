"""What would mend a description: for people, as JSON, and as a file of facts that can be laid over it."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import Any

from hyte_graph.compliance.assessment import Verdict
from hyte_graph.compliance.repair.search import FILE, Repair
from hyte_graph.compliance.repair.wanted import Wanted
from hyte_graph.intake.writing import as_json, as_yaml
from hyte_graph.messages import say
from hyte_graph.reports.grouping import period_label, symbol
from hyte_graph.store.knowledge import Knowledge

SCHEMA = "hyte.repair/1"
_WIDTH = 100


def facts_file(found: Repair, name: str, language: str) -> str:
    """Return the facts as a description, in the format that the name tells; YAML says at its head what it is."""
    if name.endswith((".json", ".jsonld")):
        return as_json(found.tree, linked=name.endswith(".jsonld"))
    made = found.before
    head = say("repair-file-head", name=made.name, digest=made.digest).within(language)
    lines = textwrap.wrap(head, _WIDTH, initial_indent="# ", subsequent_indent="# ")
    return "\n".join([*lines, as_yaml(found.tree)])


def as_value(found: Repair) -> dict[str, Any]:
    """Return a repair as plain values."""
    made = found.before
    return {
        "schema": SCHEMA,
        "organisation": made.actor.slug,
        "input": {"name": made.name, "sha256": made.digest},
        "on": made.on.isoformat(),
        "lawOn": made.law_on.isoformat(),
        "knownOn": made.known_on.isoformat(),
        "mended": [_duty(verdict) for verdict in found.mended],
        "beyond": [_duty(verdict) for verdict in found.beyond],
        "unmended": [_duty(verdict) for verdict in found.unmended],
        "facts": [
            _fact(fact, name, can_be_done=not fact.is_closed(made.on))
            for fact, name in zip(found.facts, found.ids, strict=True)
        ],
        "linked": list(found.linked),
        "description": found.tree,
    }


def render_json(found: Repair) -> str:
    """Return a repair as JSON; the same input gives the same bytes."""
    return json.dumps(as_value(found), ensure_ascii=False, indent=2) + "\n"


def _duty(verdict: Verdict) -> dict[str, Any]:
    period = verdict.period.slug if verdict.period else None
    return {"norm": verdict.norm.slug, "period": period, "outcome": verdict.outcome}


def _fact(fact: Wanted, name: str, *, can_be_done: bool) -> dict[str, Any]:
    last = fact.closes.isoformat() if fact.closes else None
    told = {"id": name, "norms": [norm.slug for norm in fact.norms], "canStillBeDone": can_be_done}
    return told | {"lastDay": last, "replaces": fact.replaces or None}


def render(found: Repair, knowledge: Knowledge, language: str, file: str | None) -> str:
    """Return a repair for people; `file` is the name of the file of facts, if one was written."""
    return "\n".join(_Writer(found, knowledge, language).lines(file)) + "\n"


class _Writer:
    def __init__(self, found: Repair, knowledge: Knowledge, language: str) -> None:
        self._found = found
        self._knowledge = knowledge
        self._language = language

    def lines(self, file: str | None) -> Iterator[str]:
        found, made = self._found, self._found.before
        title = self._say("repair-title", name=made.actor.label, on=made.on)
        yield from (title, "=" * len(title))
        asked = len(found.mended) + len(found.beyond) + len(found.unmended)
        if not asked:
            yield self._say("repair-nothing")
            return
        count = len(found.facts) + len(found.linked)
        yield from self._wrapped(self._say("repair-summary", mended=len(found.mended), asked=asked, facts=count))
        yield from self._wrapped(self._say("repair-caution"))
        for fact, name in zip(found.facts, found.ids, strict=True):
            yield from self._fact(fact, name)
        if found.linked:
            yield from ("", self._say("repair-linked", ids=", ".join(found.linked)))
        yield from self._rest()
        if found.facts:
            how = self._say("repair-how", name=made.name, file=file or FILE, on=made.on.isoformat())
            yield from ("", how, *([] if file else [self._say("repair-unwritten")]))

    def _say(self, key: str, **values: object) -> str:
        return say(key, **values).within(self._language)

    def _wrapped(self, text: str, indent: str = "") -> Iterator[str]:
        yield from textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent)

    def _fact(self, fact: Wanted, name: str) -> Iterator[str]:
        is_closed = fact.is_closed(self._found.before.on)
        told = self._say("repair-to-show", closes=fact.closes) if is_closed else self._say("repair-to-do")
        replaced = f"; {self._say('repair-corrects', id=fact.replaces)}" if fact.replaces else ""
        yield from ("", f"{name}: {told}{replaced}")
        for norm in fact.norms:
            cited = f"{norm.provision.citation.within(self._language)}: {norm.label.within(self._language)}"
            yield from self._wrapped(cited, "    ")

    def _rest(self) -> Iterator[str]:
        for key, verdicts in (("repair-beyond", self._found.beyond), ("repair-unmended", self._found.unmended)):
            if verdicts:
                label = self._say(key)
                yield from ("", label, "-" * len(label))
            for verdict in verdicts:
                yield from self._left(verdict, is_beyond=key == "repair-beyond")

    def _left(self, verdict: Verdict, *, is_beyond: bool) -> Iterator[str]:
        norm, period = verdict.norm, period_label(verdict, self._language)
        sign = symbol(verdict.outcome, self._knowledge)
        label = norm.label.within(self._language) + (f" ({period})" if period else "")
        yield from self._wrapped(f"{sign} {norm.provision.citation.within(self._language)}: {label}")
        if is_beyond and verdict.period:
            yield from self._wrapped(self._say("repair-beyond-why", closes=verdict.period.closes), "    ")
