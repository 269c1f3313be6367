"""What the environment sets: the language that people read."""

from __future__ import annotations

import os

from hyte_graph.languages import LANGUAGES


def language() -> str:
    """Return the language of the user: HYTE_LANG, else that of the locale, else English."""
    for name in ("HYTE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = os.environ.get(name, "")[:2].lower()
        if wanted in LANGUAGES:
            return wanted
    return "en"
