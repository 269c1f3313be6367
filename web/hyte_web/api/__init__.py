"""The JSON interface for programs: search, things, norms, questions, checks; described in OpenAPI 3.1."""

from __future__ import annotations

from hyte_web.api import asking, checking, reading
from hyte_web.api.part import api, api_pages, v1

__all__ = ["api", "api_pages", "asking", "checking", "reading", "v1"]
