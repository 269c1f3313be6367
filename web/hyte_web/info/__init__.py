"""Pages on the site itself: help, about, privacy, accessibility, changes; and what crawlers and reporters look for."""

from hyte_web.info import notices, pages, places
from hyte_web.info.part import info, info_pages

__all__ = ["info", "info_pages", "notices", "pages", "places"]
