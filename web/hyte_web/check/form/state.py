"""The description that grows from step to step: it travels with the page, and is checked each time it comes back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hyte_graph.intake.dates import interval
from hyte_graph.intake.reader import read_sound_tree
from hyte_graph.intake.writing import as_json
from hyte_graph.store.knowledge import Knowledge
from hyte_web.check.form.questions import Question, Record

Tree = dict[str, Any]
Fields = Mapping[str, str]
Wrong = list[tuple[str, str]]  # the id of the field, the key of the sentence

ANSWERS = ("yes", "partly", "no", "not_known")
_ADDRESS = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)
_OWN = "form-"  # begins the ids that this form gives


def packed(tree: Tree) -> str:
    """Return a description as the text of a hidden field."""
    return json.dumps(json.loads(as_json(tree)), ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str, knowledge: Knowledge) -> Tree:
    """Return the description of a hidden field.

    Raises:
        FilingError: somebody changed it so that it is no sound description.
    """
    value: Tree = read_sound_tree(text.encode(), "form.json", knowledge).value
    return value


def answer_of(tree: Tree, question: Question) -> Mapping[str, Any]:
    """Return the answer that a description gives to a question; empty where it gives none."""
    found = (item for item in tree.get("answers") or [] if item.get("norm") == question.norm.slug)
    return next((item for item in found if question.about.fits(item)), {})


def source_of(tree: Tree, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the first source of an answer."""
    first = next(iter(answer.get("sources") or []), None)
    return next((item for item in tree.get("sources") or [] if item.get("id") == first), {})


def shown(tree: Tree, questions: Sequence[Question]) -> dict[str, str]:
    """Return what the fields of some questions hold."""
    told: dict[str, str] = {}
    for question in questions:
        answer = answer_of(tree, question)
        source = source_of(tree, answer)
        named = {"a": answer.get("answer"), "d": answer.get("date")}
        named |= {"t": source.get("title"), "u": source.get("url"), "p": source.get("page_date")}
        told |= {f"{key}.{question.name}": str(value) for key, value in named.items() if value}
    return told


def faults(questions: Sequence[Question], fields: Fields) -> Wrong:
    """Return what is wrong with the fields of some questions."""
    return [fault for question in questions for fault in _faults(question.name, fields)]


def _faults(name: str, fields: Fields) -> Wrong:
    choice, day, title, url, dated = (fields.get(f"{key}.{name}", "").strip() for key in "adtup")
    found: Wrong = []
    if choice not in ("", *ANSWERS) or (not choice and (day or title or url or dated)):
        found.append((f"a.{name}", "check-form-no-answer"))
    dates = (("d", day), ("p", dated))
    found += [(f"{key}.{name}", "check-form-date") for key, text in dates if text and not interval(text)]
    if url and not _ADDRESS.fullmatch(url):
        found.append((f"u.{name}", "check-form-address"))
    if (url or dated) and not title:
        found.append((f"t.{name}", "check-form-title-missing"))
    return found


def answered(tree: Tree, questions: Sequence[Question], fields: Fields) -> Tree:
    """Return a description with the answers of some fields, which are sound, in the place of those that it gave."""
    made = {**tree, "answers": list(tree.get("answers") or []), "sources": list(tree.get("sources") or [])}
    for question in questions:
        before = answer_of(made, question)
        after = _answer(made, question, before, fields)
        made["answers"] = [item for item in made["answers"] if item is not before] + ([after] if after else [])
    return _pruned(made)


def _answer(tree: Tree, question: Question, before: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    choice, day, title, url, dated = (fields.get(f"{key}.{question.name}", "").strip() for key in "adtup")
    if not choice:
        return dict(before)
    rest = list(before.get("sources") or [])[1:]
    told = {"title": title, "url": url, "page_date": dated}
    source = [_source(tree, {key: value for key, value in told.items() if value})] if title else []
    fixed = {"norm": question.norm.slug, **question.about.as_dict(), "answer": choice}
    kept = {key: value for key, value in before.items() if key not in ("date", "sources")}
    return {"id": _free(tree["answers"]), **kept, **fixed, "date": day or None, "sources": source + rest}


def _source(tree: Tree, told: dict[str, str]) -> str:
    """Return the id of a source, which is added where the description has none that says the same."""
    for item in tree["sources"]:
        if {key: item.get(key) for key in ("title", "url", "page_date") if item.get(key)} == told:
            return str(item["id"])
    tree["sources"].append({"id": _free(tree["sources"], "s"), **told})
    return str(tree["sources"][-1]["id"])


def _free(items: Sequence[Mapping[str, Any]], letter: str = "a") -> str:
    taken = {item.get("id") for item in items}
    return next(name for name in (f"{_OWN}{letter}{at}" for at in range(1, len(items) + 2)) if name not in taken)


def _pruned(tree: Tree) -> Tree:
    """Return a description without the sources that this form added and nothing rests on any more."""
    used = set(_used({**tree, "sources": []}))
    kept = [item for item in tree["sources"] if not str(item["id"]).startswith(_OWN) or item["id"] in used]
    return {**tree, "sources": kept}


def _used(value: Any) -> Iterator[str]:
    """Yield the ids of the sources that anything in a description rests on."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from (str(name) for name in inner or []) if key == "sources" else _used(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _used(inner)


def declared(tree: Tree, record: Record) -> str:
    """Return "true", "false" or nothing: what a description declares of a subject and period."""
    found = (item for item in tree.get("completeness") or [] if item.get("subject") == record.subject)
    return str(next((item.get("complete") for item in found if record.about.fits(item)), "") or "")


def with_records(tree: Tree, records: Sequence[Record], fields: Fields) -> Tree:
    """Return a description with the completeness that some fields declare."""
    asked = {(record.subject, record.about.value) for record in records}
    held = [
        item
        for item in tree.get("completeness") or []
        if (item.get("subject"), item.get("year") or item.get("term") or "") not in asked
    ]
    told = [
        {"subject": record.subject, **record.about.as_dict(), "complete": fields[f"c.{record.name}"]}
        for record in records
        if fields.get(f"c.{record.name}") in ("true", "false")
    ]
    return {**tree, "completeness": held + told}
