"""Operations that read the graph: search, things, norms, actors, terms, vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import abort, g

from hyte_graph.errors import UsageError
from hyte_graph.languages import LANGUAGES
from hyte_graph.model import Actor, Norm
from hyte_graph.reports.sheets import thing_data
from hyte_graph.store.concepts import read_concept
from hyte_graph.store.search import Hit
from hyte_graph.vocabulary import FOREIGN, PREFIXES, full, iri, prefixed
from hyte_web.api import models
from hyte_web.api.described import operation
from hyte_web.api.parameters import DAY, Parameter, day
from hyte_web.api.part import v1
from hyte_web.errors import refuse
from hyte_web.page import Page
from hyte_web.publish.statistics import figures
from hyte_web.search.finding import KINDS, LONGEST, finder
from hyte_web.search.rows import as_rows
from hyte_web.site import Site, site
from hyte_web.twinned import labels, norm_value

Values = Mapping[str, Any]
_TEXT = Parameter("q", required=True, most=LONGEST)
_LANGUAGE = Parameter("lang", "choice", LANGUAGES, default="fi")
_ACTOR_TYPES = ("WellbeingServicesCounty", "Municipality", "JointAuthority")


@operation(
    v1,
    "/search",
    _TEXT,
    Parameter("kind", "choice", KINDS),
    Parameter("limit", "count", default=20, most=100),
    _LANGUAGE,
    answer=models.Hits,
)
def search(values: Values) -> dict[str, Any]:
    """Return what a text finds."""
    hits = finder().find(values["q"], values["kind"] or "").hits
    return _hits(values, hits, hits[: values["limit"]])


@operation(v1, "/suggest", _TEXT, _LANGUAGE, Parameter("limit", "count", default=8, most=20), answer=models.Hits)
def suggest(values: Values) -> dict[str, Any]:
    """Return the few things that a text may become."""
    hits = finder().suggest(values["q"], values["lang"], values["limit"])
    return _hits(values, hits, hits)


def _hits(values: Values, found: Sequence[Hit], shown: Sequence[Hit]) -> dict[str, Any]:
    g.page = Page(site(), values["lang"])  # the addresses of pages are in its language
    return {"text": values["q"], "total": len(found), "items": as_rows(shown, g.page)}


@operation(v1, "/thing/{kind}/{slug}", answer=models.Thing)
def thing(_: Values, kind: str, slug: str) -> dict[str, Any]:
    """Return what the graph says of a thing."""
    address = iri(kind, slug)
    if address not in site().subjects:
        abort(404)
    return thing_data.as_value(address, site().sheets)


@operation(v1, "/norms", Parameter("actor"), Parameter("act"), DAY, answer=models.Norms, refusals=(400, 404, 429))
def norms(values: Values) -> dict[str, Any]:
    """Return norms, of an actor those that apply on a day."""
    on, found = day(values), list(_norms(values))
    return {"on": on.isoformat(), "total": len(found), "items": [norm_value(norm) for norm in found]}


def _norms(values: Values) -> list[Norm]:
    known, act = site(), values["act"]
    found: Iterable[Norm] = known.norms.values()
    if values["actor"] is not None:
        found = known.library.norms(actor=actor_named(values["actor"]).slug, on=day(values))
    return [norm for norm in found if act in (None, norm.provision.act)]


def actor_named(name: str) -> Actor:
    """Return an actor by its slug or official name; there is no such address where there is no such actor."""
    try:
        return site().library.actor(name)
    except UsageError as error:
        refuse(404, error.message)


@operation(v1, "/actors", Parameter("type", "choice", _ACTOR_TYPES), answer=models.Actors)
def actors(values: Values) -> dict[str, Any]:
    """Return the organisations of the registers."""
    wanted = values["type"]
    found = [actor for _, actor in sorted(site().actors.items()) if wanted in (None, actor.type)]
    items = [
        {
            "slug": actor.slug,
            "iri": actor.iri,
            "label": actor.label.as_dict(),
            "type": actor.type,
            "kinds": sorted(actor.kinds),
            "members": list(actor.members),
        }
        for actor in found
    ]
    return {"total": len(items), "items": items}


@operation(v1, "/terms/{slug}", answer=models.Term)
def term(_: Values, slug: str) -> dict[str, Any]:
    """Return a concept of the terminology."""
    address = iri("term", slug)
    if address not in site().subjects:
        abort(404)
    told = read_concept(site().knowledge.triples, address)
    return {
        "slug": told.slug,
        "iri": told.iri,
        "label": told.label.as_dict(),
        "definition": told.definition.as_dict(),
        "otherLabels": [{"language": language, "value": value} for language, value in told.other_labels],
        "broader": list(told.broader),
        "narrower": list(told.narrower),
        "related": list(told.related),
        "norms": list(told.norms),
        "statements": list(told.statements),
    }


@operation(v1, "/vocabulary", answer=models.Vocabulary)
def vocabulary(_: Values) -> dict[str, Any]:
    """Return what queries are written with."""
    known, told = site(), figures(site())
    counts = dict(told.classes) | dict(told.properties)
    classes = [item for item in known.vocabulary if full("owl:Class") in known.objects(item, "rdf:type")]
    properties = [item for item in known.vocabulary if item not in classes]
    classes += [address for address, _ in told.classes if _is_foreign(address)]
    properties += [address for address, _ in told.properties if _is_foreign(address)]
    return {
        "prefixes": dict(sorted(PREFIXES.items())),
        "classes": [_term(known, address, counts) for address in classes],
        "properties": [_term(known, address, counts) for address in properties],
    }


def _is_foreign(address: str) -> bool:
    return address.startswith(tuple(FOREIGN.values()))


def _term(known: Site, address: str, counts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "iri": address,
        "name": prefixed(address),
        "label": labels(known, address),
        "definition": labels(known, address, ("skos:definition",)),
        "count": counts.get(address, 0),
    }
