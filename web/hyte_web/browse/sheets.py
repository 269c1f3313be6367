"""What the sheet of a norm gathers, such as cases and statements, for the page of the norm."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from hyte_graph.reports.sheets.norm import norm_sheet
from hyte_graph.reports.sheets.sheet import Section
from hyte_graph.vocabulary import full
from hyte_web.page import Page
from hyte_web.site import site

_SHOWN: Final = ("evidence", "cases", "statements", "norms", "guidance", "drafts", "terms")


def sections(norm: str) -> list[Section]:
    """Return the parts of the sheet of a norm, by its slug, that its page takes over as they are."""
    told = _sections(norm)
    return [told[key] for key in _SHOWN if key in told]


def target(page: Page, name: str) -> str:
    """Return the address of the page of what an entry names; cases have no pages."""
    return page.href(full(name)) if ":" in name else ""


@lru_cache(maxsize=1024)
def _sections(norm: str) -> dict[str, Section]:
    """Return the parts of a sheet by their keys; worked out at the first visit, since they stay the same."""
    known = site()
    return {section.key: section for section in norm_sheet(known.norms[norm], known.knowledge).sections}
