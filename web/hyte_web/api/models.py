"""The values of the JSON interface, as models from which its description is made."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import AnyUrl, BaseModel, ConfigDict, Field, RootModel


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Words(_Model):
    """A text in three languages."""

    fi: str
    sv: str
    en: str


class Labels(_Model):
    """The labels of a thing by language; null where there is none."""

    fi: str | None
    sv: str | None
    en: str | None


class Problem(BaseModel):
    """What was wrong with a request (RFC 9457)."""

    status: int
    title: str
    detail: str
    code: str
    requestId: str | None = None  # noqa: N815
    errors: list[dict[str, str]] | None = None
    choices: list[dict[str, str]] | None = None


class Hit(_Model):
    """Something that was found, and what fits."""

    iri: AnyUrl
    kind: str
    label: Words
    page: str
    matched: str
    language: Literal["fi", "sv", "en"]
    how: str
    score: float = Field(ge=0, le=1)


class Hits(_Model):
    """What a text finds, the best first."""

    text: str
    total: int
    items: list[Hit]


class Named(_Model):
    """A thing with its labels."""

    iri: AnyUrl
    name: str
    label: Labels


class Thing(_Model):
    """Any thing of the graph; the page docs/show-json.md tells the form of the values."""

    iri: AnyUrl
    name: str
    types: list[str]
    label: Labels
    properties: dict[str, list[dict[str, Any]]]
    referencedBy: dict[str, list[Named]]  # noqa: N815


class Norm(_Model):
    """A norm."""

    iri: AnyUrl
    name: str
    slug: str
    kind: str
    label: Words
    definition: Words
    provision: AnyUrl
    citation: Words
    act: str | None
    binds: list[str]
    recurrence: str
    family: str
    strength: str
    status: str
    reviewState: str  # noqa: N815
    appliesFrom: date | None  # noqa: N815
    appliesUntil: date | None  # noqa: N815
    firstDueBy: date | None  # noqa: N815


class Norms(_Model):
    """Norms; of an actor only those that apply to it on the day."""

    on: date
    total: int
    items: list[Norm]


class Actor(_Model):
    """An organisation that can bear duties."""

    slug: str
    iri: AnyUrl
    label: Words
    type: str
    kinds: list[str]
    members: list[str]


class Actors(_Model):
    """Organisations."""

    total: int
    items: list[Actor]


class Term(_Model):
    """A concept of the terminology."""

    slug: str
    iri: AnyUrl
    label: Words
    definition: Words
    otherLabels: list[dict[str, str]]  # noqa: N815
    broader: list[str]
    narrower: list[str]
    related: list[str]
    norms: list[str]
    statements: list[str]


class QuestionParameter(_Model):
    """A parameter of a saved question."""

    name: str
    label: Words
    datatype: str | None
    ofClass: str | None  # noqa: N815
    required: bool
    default: str | None


class Question(_Model):
    """A saved question."""

    slug: str
    label: Words
    comment: Words
    needsDescription: bool  # noqa: N815
    parameters: list[QuestionParameter]


class Questions(_Model):
    """The saved questions."""

    total: int
    items: list[Question]


class Rows(_Model):
    """The rows of an answer; each value has the form of SPARQL 1.1 Query Results JSON."""

    question: str
    variables: list[str]
    total: int
    rows: list[dict[str, dict[str, str]]]


class VocabularyTerm(_Model):
    """A class or property with how often the data use it."""

    iri: AnyUrl
    name: str
    label: Labels
    definition: Labels
    count: int


class Vocabulary(_Model):
    """What queries are written with."""

    prefixes: dict[str, str]
    classes: list[VocabularyTerm]
    properties: list[VocabularyTerm]


class Due(_Model):
    """A duty and the last day on which it can be done in time."""

    lastDay: date  # noqa: N815
    period: str
    norm: str
    label: Words
    citation: Words
    strength: str


class Calendar(_Model):
    """What falls due for an actor."""

    actor: str
    on: date
    until: date
    items: list[Due]


class ComparedRow(_Model):
    """One norm and period, and the outcome of each assessment; null where it says nothing."""

    norm: str
    label: Words
    citation: Words
    period: str | None
    outcomes: list[str | None]
    differs: bool


class Comparison(_Model):
    """Assessments side by side."""

    organisations: list[str]
    rows: list[ComparedRow]


class Result(RootModel[dict[str, Any]]):
    """The result of a check; its schema is /schema/hyte.result-1.json."""


class Results(RootModel[list[Result]]):
    """Two results or more, as checks give them."""

    model_config = ConfigDict(json_schema_extra={"minItems": 2, "maxItems": 50})
