"""Orders in which people look things up, the same on every machine."""

from __future__ import annotations

import re
import unicodedata

_AFTER_Z = {"å": "{", "ä": "|", "ö": "}"}


def alphabetical(text: str) -> str:
    """Return a key that sorts words as Finnish and Swedish dictionaries do: å ä ö last, other accents no letters."""
    return "".join(_AFTER_Z.get(letter) or _bare(letter) for letter in unicodedata.normalize("NFC", text.casefold()))


def letter(text: str) -> str:
    """Return the letter under which a word stands in a list, "0–9" for a number."""
    first = next((sign for sign in unicodedata.normalize("NFC", text) if sign.isalnum()), "")
    if not first.isalpha():
        return "0–9"
    return first.upper() if first.casefold() in _AFTER_Z else _bare(first).upper()


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts numbers within a text by their size: section 7 before section 10."""
    parts = re.findall(r"\d+|\D+", text)
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def _bare(letter: str) -> str:
    """Return a letter without its accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(sign))
