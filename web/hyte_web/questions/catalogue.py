"""The saved questions as a list, narrowed by words, by topic, by who asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hyte_graph.store.questions import AUDIENCES, Question
from hyte_web.page import Page

_COMMON = 3  # questions that a keyword must have to be a topic


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The filter and what it leaves, by who asks."""

    text: str
    topic: str
    audience: str
    topics: list[tuple[str, int]]
    groups: list[tuple[str, list[Question]]]
    total: int

    @property
    def count(self) -> int:
        """Return how many questions are left."""
        return sum(len(found) for _, found in self.groups)


def narrowed(page: Page, given: Mapping[str, str]) -> Narrowed:
    """Return the questions that an address asks for."""
    text, topic, audience = (given.get(name, "").strip()[:100] for name in ("q", "topic", "for"))
    known = list(page.site.library.questions.values())
    left = [one for one in known if _fits(page, one, text, topic)]
    groups = [(name, [one for one in left if one.audience == name]) for name in AUDIENCES if audience in ("", name)]
    counts = Counter(word for one in known for word in _keywords(page, one))
    topics = sorted((item for item in counts.items() if item[1] >= _COMMON), key=lambda item: item[0].casefold())
    return Narrowed(text, topic, audience, topics, [group for group in groups if group[1]], len(known))


def as_json(page: Page) -> list[dict[str, Any]]:
    """Return every question with its address, for programs."""
    return [
        {
            "slug": one.slug,
            "label": one.label.as_dict(),
            "comment": one.comment.as_dict(),
            "audience": one.audience,
            "answers": list(one.answers),
            "parameters": [parameter.name for parameter in one.parameters],
            "needsDescription": one.needs_description,
        }
        for one in page.site.library.questions.values()
    ]


def _fits(page: Page, question: Question, text: str, topic: str) -> bool:
    told = f"{question.comment.within(page.language)}".casefold()
    has_words = all(question.has(word, page.language) or word.casefold() in told for word in text.split())
    return has_words and (not topic or topic in _keywords(page, question))


def _keywords(page: Page, question: Question) -> list[str]:
    return [word.strip() for word in question.keywords.within(page.language).split(",") if word.strip()]
