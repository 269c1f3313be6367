"""The neighbourhood of anything in the graph: a list first, a picture on request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, g, make_response, render_template, request

from hyte_graph.vocabulary import full, prefixed
from hyte_web.forms import Form, as_json
from hyte_web.graph.neighbourhood import Group, edges, groups, is_expanded
from hyte_web.localised import localised
from hyte_web.page import Item, Page, initial
from hyte_web.site import site

graph = localised("graph", __name__, "/graph")

DEPTHS = (1, 2)
_EXAMPLES = ("norm:cty-7-4-s4-annual-negotiation", "term:wellbeing-report", "law:2021-612-7", "actor:lansi-uusimaa")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; `focus` is an IRI, or nothing."""

    text: str
    focus: str
    depth: int
    relation: str  # prefixed name, or nothing for all


@dataclass(frozen=True, slots=True)
class Told:
    """A group of neighbours as the page tells it."""

    name: Item
    group: Group
    items: list[tuple[Item, str, list[tuple[Item, Group, list[Item]]]]]  # neighbour, its name, what is around it


@graph.get("")
def picture() -> Response:
    """Show what stands around a thing."""
    asked = _asked()
    if asked.text and not asked.focus:
        return make_response(_page(asked, []), 404)
    shown = groups(site(), asked.focus, asked.relation) if asked.focus else []
    return make_response(_page(asked, shown))


def twin(_: Form) -> bytes:
    """Return what stands around a thing in the JSON of Cytoscape.js."""
    asked = _asked()
    return as_json(elements(g.page, asked.focus or abort(404), asked.depth, asked.relation))


def elements(page: Page, focus: str, depth: int, relation: str) -> dict[str, Any]:
    """Return the things around one and their relations, as Cytoscape.js reads them."""
    found = edges(page.site, focus, depth, relation)
    around = dict.fromkeys((focus, *(end for edge in found for end in (edge.source, edge.target))))
    nodes = [_node(page, address, is_focus=address == focus) for address in around]
    ties = [
        {
            "data": {
                "id": f"{prefixed(edge.source)} {prefixed(edge.predicate)} {prefixed(edge.target)}",
                "source": edge.source,
                "target": edge.target,
                "label": page.property_name(edge.predicate).value,
            }
        }
        for edge in found
    ]
    return {"elements": {"nodes": nodes, "edges": ties}}


def _node(page: Page, address: str, *, is_focus: bool) -> dict[str, Any]:
    label = page.label(address)
    kind = "ontology" if "#" in address else address.rsplit("/", 2)[-2]
    data = {
        "id": address,
        "name": prefixed(address),
        "label": initial(label.value) if label.language else label.value,
        "lang": label.language,
    }
    return {"data": data | {"kind": kind, "href": page.href(address), "focus": is_focus}}


def _page(asked: Asked, shown: list[Group]) -> str:
    page: Page = g.page
    everything = groups(page.site, asked.focus) if asked.focus else []
    relations = {group.name: page.property_name(group.predicate) for group in everything}
    return render_template(
        "graph/graph.html",
        page=page,
        asked=asked,
        depths=DEPTHS,
        relations=sorted(relations.items(), key=lambda pair: pair[1].value.casefold()),
        directions=[(key, [_told(page, asked, group) for group in shown if group.is_out == is_out])
                    for key, is_out in (("out", True), ("in", False))],
        examples=[(name, page.label(full(name))) for name in _EXAMPLES],
        prefixed=prefixed,
    )  # fmt: skip


def _told(page: Page, asked: Asked, group: Group) -> Told:
    items = [(page.ref(item), item, _around(page, asked, item)) for item in group.addresses]
    return Told(page.property_name(group.predicate), group, items)


def _around(page: Page, asked: Asked, address: str) -> list[tuple[Item, Group, list[Item]]]:
    """Return what is around a neighbour, where the address asks for two steps."""
    if asked.depth == 1 or not is_expanded(page.site, address):
        return []
    found = groups(page.site, address, asked.relation)
    return [(page.property_name(item.predicate), item, [page.ref(one) for one in item.addresses]) for item in found]


def _asked() -> Asked:
    text, depth = request.args.get("focus", "").strip(), request.args.get("depth", "") or "1"
    if depth not in map(str, DEPTHS):
        abort(404)
    focus = next((address for address in (text, full(text)) if address in site().subjects), "")
    return Asked(text, focus, int(depth), request.args.get("rel", ""))
