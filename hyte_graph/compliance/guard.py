"""Was every duty really asked about? What no rule looked at must never pass for fulfilled."""

from __future__ import annotations

from collections.abc import Iterable

from hyte_graph.compliance.catalogue import Catalogue
from hyte_graph.compliance.duties import Duty
from hyte_graph.errors import UndecidedError
from hyte_graph.messages import say
from hyte_graph.model import Norm


def check_asked(duties: Iterable[Duty], catalogue: Catalogue) -> None:
    """Return where there are duties, and for each of them a rule at work that notices when nothing is recorded.

    Raises:
        UndecidedError: there is nothing to check, or the rule of a duty looks elsewhere.
    """
    norms = {duty.norm.slug: duty.norm for duty in duties}
    if not norms or not catalogue.rules:
        raise UndecidedError(say("nothing-checked"))
    for slug, norm in sorted(norms.items()):
        silent = (rule.iri for rule in catalogue.by_norm[slug] if rule.finds == "silence")
        if not any(_is_at_work(rule, norm, catalogue) for rule in silent):
            raise UndecidedError(say("rule-asks-nothing", norm=slug))


def _is_at_work(rule: str, norm: Norm, catalogue: Catalogue) -> bool:
    return norm.iri in catalogue.targets.get(rule, ()) and rule not in catalogue.idle
