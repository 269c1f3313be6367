"""The pages of the step form. The address names the step; what was told so far travels in a hidden field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import Response, g, make_response, redirect, render_template, request, url_for

from hyte_graph.compliance.prepared import blank_description
from hyte_graph.errors import HyteError
from hyte_graph.intake.writing import as_yaml
from hyte_graph.model import Actor
from hyte_graph.store.lookup import actor_of
from hyte_web.check.downloads import named
from hyte_web.check.form import state
from hyte_web.check.form.questions import Record, Topic, records, topics
from hyte_web.check.isolated import tree_read
from hyte_web.check.part import check, private
from hyte_web.check.runs import check_upload
from hyte_web.check.start import Errors, handed_in, told
from hyte_web.check.template import names
from hyte_web.clock import day_of, today
from hyte_web.site import site

_RECORDS, _REVIEW = "records", "review"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being told: of whom, for which day, what so far, and what is asked."""

    actor: Actor
    on: date
    tree: state.Tree
    topics: list[Topic]
    records: list[Record]

    @property
    def steps(self) -> list[str]:
        """Return the steps in their order."""
        return [*(topic.slug for topic in self.topics), _RECORDS, _REVIEW]

    def beside(self, step: str, by: int) -> str:
        """Return the step before or after another one; nothing where there is none."""
        at = self.steps.index(step) + by
        return self.steps[at] if 0 <= at < len(self.steps) else ""

    def told_in(self, topic: Topic) -> int:
        """Return how many questions of a topic have an answer."""
        return sum(bool(state.answer_of(self.tree, question)) for question in topic.questions)

    def unsupported(self) -> list[dict[str, Any]]:
        """Return the answers that say yes or partly and name no source, which therefore show nothing."""
        answers = self.tree.get("answers") or []
        return [item for item in answers if item.get("answer") in ("yes", "partly") and not item.get("sources")]


@check.get("/check/form/<step>")
def form_step(step: str) -> Response:  # noqa: ARG001 - every step leads to the same place
    """Lead to the beginning: a step is only there with what was told before it."""
    return make_response(redirect(url_for("check.form_start"), 303))


@check.get("/check/form/area")
def form_start() -> Response:
    """Ask for which organisation and day, or for a file to go on with."""
    return _start(request.args.get("actor", ""), request.args.get("on", ""), [])


@check.post("/check/form/area")
def form_begin() -> Response:
    """Show the first questions."""
    who, asked = request.form.get("actor", ""), request.form.get("on", "")
    on, (content, name) = day_of(asked), handed_in("file")
    if on is None:
        return _start(who, asked, [("on", g.page.say("check-no-day"))])
    try:
        tree = tree_read(content, name) if name else None
        actor = actor_of(tree["organisation"]["id"] if tree else who, site().knowledge)
    except HyteError as error:
        return _start(who, asked, told(error, g.page, "file" if name else "actor"))
    draft = _draft(actor, on, {**blank_description(actor, on, site().knowledge), **(tree or {})})
    return _shown(draft, draft.steps[0], state.shown(draft.tree, draft.topics[0].questions), [])


@check.post("/check/form/<step>")
def form_next(step: str) -> Response:
    """Take what one step tells, and show another, save, or check."""
    on = day_of(request.form.get("for", ""))
    try:
        tree = state.unpacked(request.form.get("state", ""), site().knowledge)
        actor = actor_of(tree["organisation"]["id"], site().knowledge)
    except HyteError as error:
        return _start("", "", told(error, g.page))
    draft = _draft(actor, on or today(), tree)
    left = request.form.get("from", "")
    wrong = _wrong(draft, left)
    if wrong:
        return _shown(draft, left, request.form.to_dict(), wrong)
    return _reached(_with(draft, left), step)


def _reached(draft: Draft, step: str) -> Response:
    if step == "save":
        answer = Response(as_yaml(draft.tree), mimetype="application/yaml")
        return private(named(answer, f"{draft.actor.slug}.yaml"))
    if step == "check":
        return _checked(draft)
    found = step if step in draft.steps else draft.steps[0]
    topic = _topic(draft, found)
    return _shown(draft, found, state.shown(draft.tree, topic.questions) if topic else {}, [])


def _checked(draft: Draft) -> Response:
    try:
        run = check_upload(as_yaml(draft.tree).encode(), f"{draft.actor.slug}.yaml", draft.on)
    except HyteError as error:
        return _shown(draft, _REVIEW, {}, told(error, g.page, ""))
    return private(make_response(redirect(url_for("check.show", run=run.name), 303)))


def _draft(actor: Actor, on: date, tree: state.Tree) -> Draft:
    known = site().knowledge
    return Draft(actor, on, tree, topics(actor, on, tree, list(site().norms), known), records(actor, on, tree, known))


def _topic(draft: Draft, step: str) -> Topic | None:
    return next((topic for topic in draft.topics if topic.slug == step), None)


def _wrong(draft: Draft, left: str) -> Errors:
    topic = _topic(draft, left)
    found = state.faults(topic.questions, request.form) if topic else []
    return [(field, g.page.say(key)) for field, key in found]


def _with(draft: Draft, left: str) -> Draft:
    """Return the draft with what the step that was left tells."""
    topic = _topic(draft, left)
    if topic:
        return replace(draft, tree=state.answered(draft.tree, topic.questions, request.form))
    if left == _RECORDS:
        return replace(draft, tree=state.with_records(draft.tree, draft.records, request.form))
    return draft


def _shown(draft: Draft, step: str, fields: dict[str, str], wrong: Errors) -> Response:
    page = {_RECORDS: "records", _REVIEW: "review"}.get(step, "questions")
    text = render_template(
        f"check/form_{page}.html",
        page=g.page,
        draft=draft,
        step=step,
        topic=_topic(draft, step),
        fields=fields,
        wrong=wrong,
        packed=state.packed(draft.tree),
        declared=state.declared,
        options=state.ANSWERS,
    )
    return private(make_response(text, 422 if wrong else 200))


def _start(who: str, on: str, wrong: Errors) -> Response:
    text = render_template(
        "check/form_start.html",
        page=g.page,
        who=who,
        on=on or today().isoformat(),
        wrong=wrong,
        actors=names(),
    )
    return make_response(text, 422 if wrong else 200)
