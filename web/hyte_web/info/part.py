"""The blueprints of the pages on the site itself."""

from __future__ import annotations

from typing import Final

from flask import Blueprint

from hyte_web.localised import localised

info: Final = Blueprint("info", __name__)
info_pages: Final = localised("info_pages", __name__)
