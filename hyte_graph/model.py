"""The values that the parts of the project hand each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hyte_graph.languages import Text


@dataclass(frozen=True, slots=True)
class Provision:
    """A piece of an act that states a norm."""

    iri: str
    citation: Text
    act: str  # slug of the act, such as "2021-612"; empty for guidance
    link: Text  # official address of the act, in Finnish for English readers; empty for guidance


@dataclass(frozen=True, slots=True)
class NormException:
    """An exception to a norm, with the provisions that it rests on."""

    iri: str
    kind: str  # class name, such as "Disapplication"
    text: Text
    exempts: str | None  # kind of actor
    warrants: tuple[Text, ...]  # citations
    replaced_by: str | None  # slug of a norm
    first_due_by: date | None
    applies_from: date | None


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a norm; `kinds` empty means that no register tells whether it holds."""

    iri: str
    text: Text
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Norm:
    """One norm of an act, of guidance or of a draft."""

    slug: str
    iri: str
    kind: str  # class name, such as "Obligation", "GuidanceNorm", "DraftNorm"
    label: Text
    definition: Text
    provision: Provision
    binds: tuple[str, ...]  # kinds of actors
    recurrence: str
    family: str
    recorded_under: str
    strength: str
    review_state: str
    status: str
    applies_from: date | None
    applies_until: date | None
    first_due_by: date | None
    exceptions: tuple[NormException, ...]
    conditions: tuple[Condition, ...]
    evidence: tuple[Text, ...]
    readings: tuple[str, ...]
    due_with: tuple[str, ...]  # slugs of norms
    note: Text | None
    not_checkable: Text | None

    @property
    def is_duty(self) -> bool:
        """Return whether the norm asks something, by law or by guidance."""
        return self.kind in ("Obligation", "Prohibition", "GuidanceNorm")

    @property
    def is_binding(self) -> bool:
        """Return whether the norm is law that can be broken."""
        return self.strength in ("act", "decree", "government-decision") and self.kind != "DraftNorm"


@dataclass(frozen=True, slots=True)
class CouncilTerm:
    """A council term of the register."""

    slug: str
    iri: str
    label: Text
    of: str  # kind of actor: "county" or "municipality"
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation that can bear duties."""

    slug: str
    iri: str
    label: Text
    type: str  # class name
    kinds: frozenset[str]
    members: tuple[str, ...]  # slugs of the municipalities of a county
    is_fictitious: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """The time of one duty: a calendar year, a council term, or from a day on without end."""

    slug: str
    opens: date
    closes: date | None
    term: CouncilTerm | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of the SHACL report (SHACL 3.6.2)."""

    shape: str  # IRI of the shape that found it
    focus: str  # IRI of the focus node
    severity: str  # local name: "Violation", "Warning", "Info"
    component: str  # IRI of the constraint component
    path: str  # the result path as the engine tells it, or ""
    value: str  # the value node, or ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One constraint shape that checks a norm."""

    iri: str
    norm: str  # slug
    finds: str  # kind of finding
    message: Text
    reading: str | None
    looks_at: tuple[str, ...]  # class IRIs
    counts: tuple[str, ...]  # IRIs of evidence shapes
