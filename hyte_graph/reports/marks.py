"""What a report must say at its head where it is no ordinary assessment, and of what persons judged."""

from __future__ import annotations

from hyte_graph.compliance.assessment import Assessment, Judgement, Verdict
from hyte_graph.intake.dates import interval
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import say, spoken_day
from hyte_graph.store.knowledge import Knowledge


def marks(made: Assessment, knowledge: Knowledge) -> tuple[Text, ...]:
    """Return one sentence for each thing that makes an assessment hypothetical; none for an ordinary one."""
    found = []
    if made.law_on != made.on:
        found.append(say("law-of-another-day", on=made.on, law=made.law_on))
    if made.is_what_if:
        files = ", ".join(file.name for file in made.assumed)
        found.append(say("what-if-head", files=files, count=len(made.changed())))
        found += [_change(verdict, knowledge) for verdict in made.changed()]
    return tuple(found)


def _change(verdict: Verdict, knowledge: Knowledge) -> Text:
    """Return how the outcome of a duty changed by what is assumed."""
    period = verdict.period.slug if verdict.period and verdict.period.closes else ""
    label = Text(*(verdict.norm.label.within(item) + (f" ({period})" if period else "") for item in LANGUAGES))
    before, after = (knowledge.code("outcome", str(item)) for item in (verdict.changed_from, verdict.outcome))
    return say("what-if-change", label=label, before=before, after=after)


def judged(item: Judgement, knowledge: Knowledge) -> Text:
    """Return what a person judged: by whom, when and why."""
    span = interval(item.day)
    is_day = span is not None and span.first == span.last
    day = Text(*(spoken_day(span.first, language) if span and is_day else item.day for language in LANGUAGES))
    outcome = knowledge.code("outcome", item.outcome)
    start = Text(*(outcome.within(language)[:1].upper() + outcome.within(language)[1:] for language in LANGUAGES))
    return say("judgement-told", outcome=start, role=item.role, day=day, reason=item.reason)


def standing(item: Judgement) -> Text:
    """Return whether a judgement settles the outcome, and where it stands."""
    settles = say("judgement-settles" if item.settles else "judgement-settles-not")
    where = Text.same(item.file) if item.file else say("judgement-own")
    return Text(*(f"{settles.within(language)} ({where.within(language)})" for language in LANGUAGES))
