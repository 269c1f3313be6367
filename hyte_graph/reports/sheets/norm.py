"""The sheet of a norm, as a lawyer reads it: what it says, its exceptions, its checks, and what others say of it."""

from __future__ import annotations

from hyte_graph.messages import say
from hyte_graph.model import Norm
from hyte_graph.reports.sheets.checks import checks
from hyte_graph.reports.sheets.content import content, exceptions, provision, review
from hyte_graph.reports.sheets.sheet import Sheet
from hyte_graph.reports.sheets.sources import drafts, guidance, statements, terms
from hyte_graph.store.knowledge import Knowledge

_STANDING = {
    "draft": ("sheet-title-draft", "sheet-draft"),
    "guidance": ("sheet-title-guidance", "sheet-guidance"),
    "local": ("sheet-title-local", "sheet-local"),
    "repealed": ("sheet-title-repealed", "sheet-repealed"),
}
_OF_LAW = (provision, content, exceptions)
_OF_OTHERS = (statements, guidance, drafts, terms, review)


def norm_sheet(norm: Norm, knowledge: Knowledge) -> Sheet:
    """Return the sheet of a norm; what is no law in force says so in its title."""
    standing = _STANDING.get(_standing(norm))
    title = say(standing[0], title=norm.label) if standing else norm.label
    leads = (say(standing[1]), norm.definition) if standing else (norm.definition,)
    before, after = ([part(norm, knowledge) for part in parts] for parts in (_OF_LAW, _OF_OTHERS))
    sections = (*before, *checks(norm, knowledge), *after)
    told = tuple(section for section in sections if section.entries or section.lead)
    is_law = norm.kind not in ("DraftNorm", "GuidanceNorm")
    caution = say("sheet-caution" if is_law else "sheet-caution-other")
    return Sheet(norm.iri, title, (*leads, caution), told)


def _standing(norm: Norm) -> str:
    """Return why a norm is no law in force, as one of the keys above, or its status."""
    if norm.kind == "DraftNorm":
        return "draft"
    if norm.kind == "GuidanceNorm":
        return "local" if norm.strength == "local" else "guidance"
    return norm.status
