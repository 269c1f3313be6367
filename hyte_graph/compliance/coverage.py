"""How much of the law is executable: per act, section and sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hyte_graph.compliance.catalogue import catalogue_of
from hyte_graph.model import Norm
from hyte_graph.store.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of the norms at one place of the law."""

    place: str  # slug of an act, of a section, or "" for all
    norms: int
    duties: int
    executable: int  # duties with a rule
    declared: int  # duties that say why no rule can check them
    sentences: int  # provisions that state a duty
    executable_sentences: int

    @property
    def share(self) -> float:
        """Return the share of the duties that a rule checks, 0 to 1; 1 where there is no duty."""
        return self.executable / self.duties if self.duties else 1.0


def coverage(knowledge: Knowledge, place: Callable[[Norm], str]) -> tuple[Coverage, ...]:
    """Return the coverage by a place of the norm, in the order of the places; drafts and guidance are left out."""
    ruled = set(catalogue_of(knowledge).by_norm)
    norms = [norm for norm in knowledge.norms.values() if norm.kind not in ("DraftNorm", "GuidanceNorm")]
    places = sorted({place(norm) for norm in norms})
    return tuple(_of(name, [norm for norm in norms if place(norm) == name], ruled) for name in places)


def _of(name: str, norms: list[Norm], ruled: set[str]) -> Coverage:
    duties = [norm for norm in norms if norm.is_duty]
    executable = [norm for norm in duties if norm.slug in ruled]
    return Coverage(
        place=name,
        norms=len(norms),
        duties=len(duties),
        executable=len(executable),
        declared=sum(1 for norm in duties if norm.not_checkable and norm.slug not in ruled),
        sentences=_provisions(duties),
        executable_sentences=_provisions(executable),
    )


def _provisions(norms: Iterable[Norm]) -> int:
    return len({norm.provision.iri for norm in norms})


def by_act(norm: Norm) -> str:
    """Return the slug of the act of a norm."""
    return norm.provision.act


def by_section(norm: Norm) -> str:
    """Return the slug of the section of a norm: the act and one step more."""
    rest = norm.provision.iri.rsplit("/", 1)[-1].removeprefix(norm.provision.act + "-")
    return f"{norm.provision.act}-{rest.split('-')[0]}"


def in_all(_: Norm) -> str:
    """Return the one place that holds every norm."""
    return ""
