"""Write the tables of docs/description-format.md from the JSON-LD context and the labels of the ontology.

Run it after a change of the context, of a label or of an error sentence: `python docs/build_description_format.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hyte_graph.errors import FilingError
from hyte_graph.intake.description import CLASS_OF_SECTION
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
    "id": "id",
    "part": "keys of its own, below",
}
SPOKEN = {"fi": " in Finnish", "sv": " in Swedish", "en": " in English"}
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


@dataclass(frozen=True, slots=True)
class Part:
    """The keys that may stand at one place of a file; `path` is empty for the file itself."""

    path: str
    form: Form
    terms: Mapping[str, Any]  # of the context

    def below(self) -> Iterator[Part]:
        """Yield the parts of this part, in the order of the context."""
        for key in self.form.keys.values():
            if key.part is not None:
                path = f"{self.path}.{key.name}".lstrip(".")
                yield Part(path, key.part, self.terms[key.name]["@context"])


def build(page: str, knowledge: Knowledge) -> str:
    """Return the page with its generated parts made anew; what stands outside the marks is left alone."""
    whole = Part("", description_form(), context())
    parts = {"tables": _tables(whole, knowledge), "codes": _code_lists(whole, knowledge), "faults": _faults(knowledge)}
    for name, lines in parts.items():
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
        before, _, rest = page.partition(begin)
        page = f"{before}{begin}\n{chr(10).join(lines)}\n{end}{rest.partition(end)[2]}"
    return page


def _tables(whole: Part, knowledge: Knowledge) -> Iterator[str]:
    yield from ("### The whole file", "")
    yield from _rows(whole, [key for key in whole.form.keys.values() if key.part is None], knowledge)
    facts = next(part for part in whole.below() if part.path == "documents")
    yield from ("### Every fact", "")
    yield from _rows(facts, [facts.form.keys[name] for name in COMMON], knowledge)
    for part in whole.below():
        yield from _section(part, knowledge)


def _section(part: Part, knowledge: Knowledge) -> Iterator[str]:
    name = CLASS_OF_SECTION.get(part.path.rsplit(".", 1)[-1], "Actor")
    spoken = knowledge.label(HYTE + name)
    yield from (f"### `{part.path}`", "", f"{spoken.en} · {spoken.fi} · {spoken.sv}", "")
    common = COMMON if "certainty" in part.form.keys else ()
    yield from _rows(part, [key for key in part.form.keys.values() if key.name not in common], knowledge)
    for inner in part.below():
        yield from _section(inner, knowledge)


def _rows(part: Part, keys: list[Key], knowledge: Knowledge) -> Iterator[str]:
    yield from ("| Key | Holds | English | Finnish | Swedish |", "|---|---|---|---|---|")
    for key in keys:
        spoken = _spoken(part.terms[key.name], knowledge)
        yield f"| `{key.name}` | {_holds(key, part)} | {spoken.en} | {spoken.fi} | {spoken.sv} |"
    yield ""


def _spoken(term: Any, knowledge: Knowledge) -> Text:
    if isinstance(term, str):
        return KIND if term == "@type" else ID
    name = term.get("@id") or term["@reverse"]
    return knowledge.label(HYTE + name.removeprefix("hyte:"))


def _holds(key: Key, part: Part) -> str:
    term = part.terms[key.name]
    if key.holds == "code":
        return _link(_scheme(term["@context"]))
    if key.holds == "class":
        return _link(_kinds(part))
    if key.holds == "thing":
        return f"slug of {'a norm' if key.name in ('norm', 'serves') else 'an organisation'}"
    language = term.get("@language", "") if isinstance(term, dict) else ""
    return HOLDS[key.holds] + SPOKEN.get(language, "")


def _link(name: str) -> str:
    return f"code: [{name}](#codes-{name})"


def _scheme(codes: Mapping[str, str]) -> str:
    return next(iter(codes.values())).rsplit("/", 2)[1]


def _kinds(part: Part) -> str:
    return f"kind-in-{part.path}"


def _code_lists(whole: Part, knowledge: Knowledge) -> Iterator[str]:
    lists: dict[str, dict[str, str]] = {}
    _collect(whole, lists)
    for name in sorted(lists):
        yield from (f"### Codes: {name}", "", "| Code | English | Finnish | Swedish |", "|---|---|---|---|")
        for code, address in lists[name].items():
            spoken = knowledge.label(address)
            yield f"| `{code}` | {spoken.en} | {spoken.fi} | {spoken.sv} |"
        yield ""


def _collect(part: Part, lists: dict[str, dict[str, str]]) -> None:
    """Add the code lists of a part and of all parts below it, each once."""
    for key in part.form.keys.values():
        if key.holds == "code":
            codes = part.terms[key.name]["@context"]
            lists.setdefault(_scheme(codes), {}).update(codes)
        elif key.holds == "class":
            lists[_kinds(part)] = {code: HYTE + part.terms[code].removeprefix("hyte:") for code in key.codes}
    for inner in part.below():
        _collect(inner, lists)


def _faults(knowledge: Knowledge) -> Iterator[str]:
    """Yield a faulty file and what is really said of it."""
    yield from ("```yaml", *FAULTY.splitlines(), "```", "")
    try:
        read_description(FAULTY.encode(), "example.yaml", knowledge)
    except FilingError as error:
        for language, name in zip(LANGUAGES, ("Finnish", "Swedish", "English"), strict=True):
            said = (message.within(language) for message in error.messages)
            yield from (f"In {name}:", "", "```text", *said, "```", "")


if __name__ == "__main__":
    PAGE.write_text(build(PAGE.read_text(encoding="utf-8"), Knowledge.shipped()), encoding="utf-8")
