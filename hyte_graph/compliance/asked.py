"""What the law asks of an actor on a day: found once for all actors of the same kinds."""

from __future__ import annotations

from datetime import date
from typing import cast

from hyte_graph.compliance.applicability import Applicability, applicability, is_describable
from hyte_graph.model import Actor, Norm
from hyte_graph.store.knowledge import Knowledge

Asked = tuple[tuple[Norm, Applicability], ...]
_Key = tuple[date, frozenset[str], str]

_MEMORY = "asked of actors"
_MOST = 512  # combinations of a day and kinds of actors


def asked_of(actor: Actor, on: date, knowledge: Knowledge) -> Asked:
    """Return every norm that asks something of an actor that can be described, and whether it binds this one."""
    known = cast("dict[_Key, Asked]", knowledge.kept.setdefault(_MEMORY, {}))
    key = on, actor.kinds, actor.slug if actor.slug in _addressed(knowledge) else ""
    if key not in known:
        if len(known) >= _MOST:
            known.clear()
        known[key] = tuple((norm, applicability(norm, actor, on, knowledge)) for norm in _asking(knowledge))
    return known[key]


def drafts(knowledge: Knowledge) -> list[Norm]:
    """Return the norms of drafts."""
    return [norm for norm in knowledge.norms.values() if norm.kind == "DraftNorm"]


def _asking(knowledge: Knowledge) -> list[Norm]:
    """Return the norms that ask something of an actor that can be described; drafts never do."""
    return [knowledge.norms[slug] for slug in knowledge.prepared("asking", lambda: _found_asking(knowledge))]


def _found_asking(knowledge: Knowledge) -> tuple[str, ...]:
    norms = (norm for norm in knowledge.norms.values() if norm.is_duty and norm.kind != "DraftNorm")
    return tuple(norm.slug for norm in norms if is_describable(norm, knowledge))


def _addressed(knowledge: Knowledge) -> frozenset[str]:
    """Return the actors to which a norm speaks by name."""
    return knowledge.prepared("addressed", lambda: _found_addressed(knowledge))


def _found_addressed(knowledge: Knowledge) -> frozenset[str]:
    exempted = (item.exempts for norm in knowledge.norms.values() for item in norm.exceptions)
    named = {kind for norm in knowledge.norms.values() for kind in norm.binds} | {name for name in exempted if name}
    return frozenset(named & knowledge.actors.keys())
