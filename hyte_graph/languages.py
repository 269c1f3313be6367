"""The three languages of the project, and text that exists in all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """One text in Finnish, Swedish and (unofficial) English; `code` names the refusal that it tells of."""

    fi: str
    sv: str
    en: str
    code: str = field(default="", compare=False, repr=False)

    def within(self, language: str) -> str:
        """Return the text in one language ("fi", "sv" or "en")."""
        return str(getattr(self, language))

    def as_dict(self) -> dict[str, str]:
        """Return the text as a mapping from language to string, in the order fi, sv, en."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}

    @classmethod
    def of(cls, values: Mapping[str, str], code: str = "") -> Text:
        """Return a text from a mapping that has the keys fi, sv and en."""
        return cls(values["fi"], values["sv"], values["en"], code)

    @classmethod
    def same(cls, value: str) -> Text:
        """Return a text that reads the same in every language: a name, a code, a date."""
        return cls(value, value, value)
