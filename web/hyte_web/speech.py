"""Numbers, days and plurals as the language of a page writes them (CLDR, by Flask-Babel)."""

from __future__ import annotations

from datetime import date

from babel import Locale
from flask import Flask, g
from flask_babel import Babel, format_date, format_decimal, get_locale  # type: ignore[import-untyped]

_LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}


def install(app: Flask) -> None:
    """Let numbers, days and plurals follow the language in the address."""
    Babel(app, default_locale=_LOCALES["fi"], default_timezone="Europe/Helsinki", locale_selector=_locale)


def number(value: float) -> str:
    """Return a number with its separators."""
    return str(format_decimal(value))


def day(value: date) -> str:
    """Return a day with the name of its month."""
    return str(format_date(value, "long"))


def plural(count: int) -> str:
    """Return the plural form that a count asks for: "one" or "other" in our three languages."""
    return str((get_locale() or Locale("fi")).plural_form(count))


def _locale() -> str | None:
    return _LOCALES[g.page.language] if "page" in g else None
