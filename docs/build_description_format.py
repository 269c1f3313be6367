"""Write the tables of docs/description-format.md from the JSON-LD context and the labels of the ontology.

Run it after a change of the context or of a label: `python docs/build_description_format.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hyte_graph.errors import FilingError
from hyte_graph.intake.description import _CLASS_OF_SECTION as CLASS_OF_SECTION
from hyte_graph.intake.form import Form, Key, context, description_form
from hyte_graph.intake.reader import read_description
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import HYTE

PAGE = Path(__file__).parent / "description-format.md"
COMMON = ("id", "certainty", "sources", "gloss", "registered_on", "serves")
HOLDS = {
    "text": "text",
    "boolean": "`true` or `false`",
    "integer": "whole number",
    "year": "year",
    "date": "day, month or year",
    "address": "web address",
    "reference": "id of a thing in the file",
    "thing": "slug",
    "id": "id",
}
NORMS = ("norm", "serves")
KIND = Text("laji", "slag", "kind")
ID = Text("tunniste", "id", "id")
FAULTY = """\
schema_version: "1.0"
organisation:
  id: lansi-uusimaa
  type: wellbeing_services_county
documents:
  - id: d1
    kind: welfare_raport
    titel_fi: Hyvinvointikertomus
    published_online: kyllä
    sources: [s1]
decisions:
  - id: x1
    date: "31.12.2024"
"""


def build(page: str, knowledge: Knowledge) -> str:
    """Return the page with its generated parts made anew; what stands outside the marks is left alone."""
    parts = {"tables": _tables(knowledge), "codes": _code_lists(knowledge), "faults": _faults(knowledge)}
    for name, lines in parts.items():
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
        before, rest = page.split(begin)
        page = before + begin + "\n" + "\n".join(lines) + "\n\n" + end + rest.split(end)[1]
    return page


def _tables(knowledge: Knowledge) -> Iterator[str]:
    form, terms = description_form(), context()
    top = [key for key in form.keys.values() if key.part is None]
    yield from _section("The whole file", "", top, terms, knowledge)
    facts = form.keys["documents"].part
    assert facts is not None  # noqa: S101
    common = [facts.keys[name] for name in COMMON]
    yield from _section("Every fact", "", common, terms["documents"]["@context"], knowledge)
    for key in form.keys.values():
        if key.part is not None:
            yield from _part(key.name, key.part, terms[key.name]["@context"], knowledge)


def _part(path: str, form: Form, terms: Mapping[str, Any], knowledge: Knowledge) -> Iterator[str]:
    spoken = knowledge.label(HYTE + CLASS_OF_SECTION.get(path.rsplit(".", 1)[-1], "Actor"))
    common = COMMON if "certainty" in form.keys else ()
    own = [key for key in form.keys.values() if key.name not in common]
    yield from _section(f"`{path}`", f"{spoken.en} · {spoken.fi} · {spoken.sv}", own, terms, knowledge)
    for key in own:
        if key.part is not None:
            yield from _part(f"{path}.{key.name}", key.part, terms[key.name]["@context"], knowledge)


def _section(
    title: str, note: str, keys: list[Key], terms: Mapping[str, Any], knowledge: Knowledge
) -> Iterator[str]:
    yield from (f"### {title}", "")
    if note:
        yield from (note, "")
    yield from ("| Key | Holds | English | Finnish | Swedish |", "|---|---|---|---|---|")
    for key in keys:
        spoken = _spoken(terms[key.name], knowledge)
        yield f"| `{key.name}` | {_holds(key, terms)} | {spoken.en} | {spoken.fi} | {spoken.sv} |"
    yield ""


def _spoken(term: Any, knowledge: Knowledge) -> Text:
    if isinstance(term, str):
        return KIND if term == "@type" else ID
    name = term.get("@id") or term["@reverse"]
    return knowledge.label(HYTE + name.removeprefix("hyte:"))


def _holds(key: Key, terms: Mapping[str, Any]) -> str:
    if key.holds == "code":
        return _link(_list_name(terms[key.name]["@context"]))
    if key.holds == "class":
        return _link(_kinds_name(key.codes, terms))
    if key.holds == "part":
        return "keys of its own, below"
    if key.holds == "thing":
        return "slug of a norm" if key.name in NORMS else "slug of an organisation"
    language = terms[key.name].get("@language") if isinstance(terms[key.name], dict) else None
    spoken = {"fi": " in Finnish", "sv": " in Swedish", "en": " in English"}.get(language, "")
    return HOLDS[key.holds] + spoken


def _link(name: str) -> str:
    return f"code: [{name}](#codes-{name})"


def _list_name(codes: Mapping[str, str]) -> str:
    """Return the name of a code list: that of its scheme."""
    return next(iter(codes.values())).rsplit("/", 2)[1]


def _kinds_name(codes: Iterable[str], terms: Mapping[str, Any]) -> str:
    """Return the name of a list of kinds: that of its section, found again by its codes."""
    return next(f"kind-of-{name}" for name, inner in context().items() if _is_part(inner) and inner["@context"] is terms)


def _is_part(term: Any) -> bool:
    return isinstance(term, dict) and "@context" in term


def _code_lists(knowledge: Knowledge) -> Iterator[str]:
    lists: dict[str, dict[str, str]] = {}
    _collect(context(), lists)
    for name in sorted(lists):
        yield from (f"### Codes: {name}", "", "| Code | English | Finnish | Swedish |", "|---|---|---|---|")
        for code, address in lists[name].items():
            spoken = knowledge.label(address)
            yield f"| `{code}` | {spoken.en} | {spoken.fi} | {spoken.sv} |"
        yield ""


def _collect(terms: Mapping[str, Any], lists: dict[str, dict[str, str]]) -> None:
    for term in terms.values():
        if isinstance(term, dict) and "@context" in term:
            if term.get("@type") == "@vocab":
                lists.setdefault(_list_name(term["@context"]), {}).update(term["@context"])
            else:
                _collect(term["@context"], lists)


def _faults(knowledge: Knowledge) -> Iterator[str]:
    """Yield a faulty file and what is really said of it."""
    yield from ("```yaml", *FAULTY.splitlines(), "```", "")
    try:
        read_description(FAULTY.encode(), "example.yaml", knowledge)
    except FilingError as error:
        for language, name in zip(LANGUAGES, ("Finnish", "Swedish", "English"), strict=True):
            yield from (f"In {name}:", "", "```text")
            yield from (re.sub(r"\s+", " ", message.within(language)) for message in error.messages)
            yield from ("```", "")


if __name__ == "__main__":
    PAGE.write_text(build(PAGE.read_text(encoding="utf-8"), Knowledge.shipped()), encoding="utf-8")
