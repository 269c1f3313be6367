"""What the environment sets: the language that people read, and where prepared knowledge is kept."""

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


def cache_folder() -> str | None:
    """Return where prepared knowledge is kept: HYTE_CACHE, else the cache of the user; None where it is "off"."""
    wanted = os.environ.get("HYTE_CACHE", "")
    if wanted:
        return None if wanted == "off" else wanted
    home = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(home):  # noqa: PTH117 (a relative one is to be ignored; pathlib costs at each start)
        home = os.path.join(os.path.expanduser("~"), ".cache")  # noqa: PTH111, PTH118
    return os.path.join(home, "hyte-graph") if os.path.isabs(home) else None  # noqa: PTH117, PTH118
