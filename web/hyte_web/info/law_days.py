"""The days of the law, as the graph tells them: acts enter into force, norms begin and cease to apply."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode

from hyte_graph.vocabulary import full, iri, slug
from hyte_web.site import Site

_IN_FORCE, _CHANGED_BY = NamedNode(full("eli:first_date_entry_in_force")), NamedNode(full("eli:changed_by"))
_UNLAWFUL = ("DraftNorm", "GuidanceNorm")


@dataclass(frozen=True, slots=True)
class LawDay:
    """Something that happens to an act on a day; `kind` is "enters", "begins" or "ends"."""

    day: date
    kind: str
    act: str  # IRI
    count: int  # norms; 0 where the act enters into force

    @property
    def name(self) -> str:
        """Return a name that no other has."""
        return f"{self.day.isoformat()}-{self.kind}-{slug(self.act)}"


@dataclass(frozen=True, slots=True)
class Amended:
    """An act, and the acts of one year that changed it."""

    year: int
    act: str  # IRI
    by: tuple[str, ...]  # IRIs


def law_days(site: Site) -> tuple[LawDay, ...]:
    """Return the days of the law, the latest first."""
    return tuple(sorted([*_entries(site), *_norms(site)], key=lambda one: (one.day, one.name), reverse=True))


def _entries(site: Site) -> Iterator[LawDay]:
    for quad in site.store.quads_for_pattern(None, _IN_FORCE, None):
        yield LawDay(date.fromisoformat(quad.object.value), "enters", quad.subject.value, 0)  # type: ignore[union-attr]


def _norms(site: Site) -> Iterator[LawDay]:
    norms = [norm for norm in site.norms.values() if norm.kind not in _UNLAWFUL and norm.provision.act]
    for kind, name in (("begins", "applies_from"), ("ends", "applies_until")):
        days = Counter((getattr(norm, name), norm.provision.act) for norm in norms if getattr(norm, name))
        for (day, act), count in days.items():
            yield LawDay(day, kind, iri("law", act), count)


def amendments(site: Site) -> tuple[Amended, ...]:
    """Return which acts were changed by which, the latest year first."""
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for quad in site.store.quads_for_pattern(None, _CHANGED_BY, None):
        by = quad.object.value  # type: ignore[union-attr]
        found[int(slug(by).split("-")[0]), quad.subject.value].append(by)  # type: ignore[union-attr]
    ordered = sorted(found.items(), key=lambda pair: (-pair[0][0], pair[0][1]))
    return tuple(Amended(year, act, tuple(sorted(set(by)))) for (year, act), by in ordered)
