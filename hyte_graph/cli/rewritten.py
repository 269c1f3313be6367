"""What `hyte query --explain` shows: what became of each EXISTS, and the query as it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hyte_graph.messages import say
from hyte_graph.store.answers import Term
from hyte_graph.store.binding import bound
from hyte_graph.store.rewriting import Step, rewriting
from hyte_graph.store.sparql import check_words


def explained(text: str, bindings: Mapping[str, Term], language: str, *, is_ours: bool) -> Iterator[str]:
    """Yield a line for each EXISTS of a query, and the text that is asked in its place if it is another.

    Raises:
        UsageError: the query is refused.
    """
    check_words(text)
    if not is_ours:
        yield say("rewriting-elsewhere").within(language)
        return
    made = rewriting(bound(text, bindings))
    if not made.steps:
        yield say("rewriting-none").within(language)
    yield from (_told(step, language) for step in made.steps)
    if any(step.is_changed for step in made.steps):
        yield say("rewriting-text").within(language)
        yield made.text


def _told(step: Step, language: str) -> str:
    what = say(f"rewriting-{step.what}", variable=step.variable)
    if step.what == "unread":
        return what.within(language)
    return say("rewriting-line", line=step.line, what=what).within(language)
