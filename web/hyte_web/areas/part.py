"""The part of the site about areas."""

from __future__ import annotations

from hyte_web.localised import localised

areas = localised("areas", __name__)
