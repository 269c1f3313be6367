"""What is asked of one organisation on a day: a question for each norm and period that binds it, by topic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hyte_graph.compliance.prepared import binding_norms, prepared
from hyte_graph.compliance.windows import PER_TERM, YEARLY, periods
from hyte_graph.intake.form import context
from hyte_graph.languages import Text
from hyte_graph.model import Actor, Norm
from hyte_graph.store.knowledge import Knowledge

Tree = Mapping[str, Any]
_NOTHING = Text.same("")


@dataclass(frozen=True, slots=True)
class About:
    """The period that a statement is about: a calendar year, a council term of the description, or neither."""

    key: str = ""  # "year" or "term"
    value: str = ""
    label: Text = _NOTHING

    def as_dict(self) -> dict[str, str]:
        """Return the period as a description tells it."""
        return {self.key: self.value} if self.key else {}

    def fits(self, item: Mapping[str, Any]) -> bool:
        """Return whether a statement of a description is about this period."""
        return (item.get("year") or "", item.get("term") or "") == (
            self.value if self.key == "year" else "",
            self.value if self.key == "term" else "",
        )


@dataclass(frozen=True, slots=True)
class Question:
    """One duty that is asked about."""

    norm: Norm
    about: About

    @property
    def name(self) -> str:
        """Return the name that its fields share."""
        return f"{self.norm.slug}--{self.about.value}" if self.about.value else self.norm.slug


@dataclass(frozen=True, slots=True)
class Record:
    """One subject and period whose records can be declared complete."""

    subject: str  # code
    place: str  # IRI of the subject
    about: About

    @property
    def name(self) -> str:
        """Return the name of its field."""
        return f"{self.subject}--{self.about.value}"


@dataclass(frozen=True, slots=True)
class Topic:
    """The questions of one family of norms."""

    slug: str
    label: Text
    questions: tuple[Question, ...]


def topics(actor: Actor, on: date, tree: Tree, order: Sequence[str], knowledge: Knowledge) -> list[Topic]:
    """Return the questions by topic, in the order in which the norms of the site stand: the law first."""
    place = {slug: at for at, slug in enumerate(order)}
    norms = sorted(binding_norms(actor, on, knowledge), key=lambda norm: place[norm.slug])
    found: dict[str, list[Question]] = {}
    for norm in norms:
        asked = found.setdefault(norm.family, [])
        asked += [Question(norm, about) for about in _abouts(norm, actor, on, tree, knowledge)]
    return [Topic(slug, knowledge.code("subject", slug), tuple(asked)) for slug, asked in found.items()]


def _abouts(norm: Norm, actor: Actor, on: date, tree: Tree, knowledge: Knowledge) -> Iterator[About]:
    """Yield the periods for which a norm is asked about; a term that the description does not know is left out."""
    if norm.recurrence not in YEARLY | PER_TERM:
        yield About()
        return
    known = _terms(tree)
    for period in periods(norm, actor, on, knowledge.terms):
        if period.term is None:
            yield About("year", period.slug, Text.same(period.slug))
        elif str(period.term.starts.year) in known:
            yield About("term", known[str(period.term.starts.year)], period.term.label)


def _terms(tree: Tree) -> dict[str, str]:
    """Return the id of each council term of a description by the year in which it starts."""
    return {str(item.get("start"))[:4]: str(item["id"]) for item in tree.get("council_terms") or [] if item}


def records(actor: Actor, on: date, tree: Tree, knowledge: Knowledge) -> list[Record]:
    """Return each subject and period of which the norms that bind an actor make a duty."""
    norms = binding_norms(actor, on, knowledge)
    rows = prepared(norms, actor, on, knowledge, {"council_terms": tree.get("council_terms")})["completeness"]
    places = context()["completeness"]["@context"]["subject"]["@context"]
    labels = dict(_labels(tree, knowledge))
    return [
        Record(
            row["subject"],
            places[row["subject"]],
            About("year", row["year"], Text.same(row["year"]))
            if "year" in row
            else About("term", row["term"], labels[row["term"]]),
        )
        for row in rows
    ]


def _labels(tree: Tree, knowledge: Knowledge) -> Iterator[tuple[str, Text]]:
    for year, name in _terms(tree).items():
        label = next((term.label for term in knowledge.terms if str(term.starts.year) == year), Text.same(year))
        yield name, label
