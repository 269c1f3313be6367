"""Pages in other forms: `P.json`, `P.ttl`, `P.csv`, …, and the same at `P` itself for whom they please better."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any

from flask import Flask, Response, g, make_response, request, url_for
from werkzeug.datastructures import MultiDict

from hyte_web import twinned
from hyte_web.errors import not_acceptable
from hyte_web.forms import LICENCE, Form
from hyte_web.headers import open_to_all
from hyte_web.negotiation import best_type

_HTML, _OK = "text/html", 200
_View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Twins:
    """The forms of the pages of one view, and the function that makes them: `make(form, **values of the address)`."""

    endpoint: str
    forms: tuple[Form, ...]
    make: Callable[..., bytes]


_TWINS = tuple(Twins(*told) for told in twinned.TWINS)


def install(app: Flask) -> None:
    """Let the pages that have twins lead to them."""
    for twins in _TWINS:
        if twins.endpoint in app.view_functions:
            _add(app, twins)
    app.after_request(_acceptable)


def _acceptable(answer: Response) -> Response:
    """Return a page only to whom takes pages, since those without twins come as HTML alone; open twins to all."""
    if (request.endpoint or "").endswith("_twin"):
        return open_to_all(answer)
    if answer.status_code != _OK or answer.mimetype != _HTML or request.method not in ("GET", "HEAD"):
        return answer
    if best_type([_HTML]) is None:
        return not_acceptable([(request.full_path.rstrip("?"), _HTML)])
    answer.vary.add("Accept")
    return answer


def _add(app: Flask, twins: Twins) -> None:
    suffixes = ", ".join(form.suffix for form in twins.forms)
    for rule in list(app.url_map.iter_rules(twins.endpoint)):
        stem = rule.rule + ("index" if rule.rule.endswith("/") else "")
        view = partial(_twin, twins)
        app.add_url_rule(f"{stem}.<any({suffixes}):suffix>", f"{twins.endpoint}_twin", view, methods=["GET"])
    app.view_functions[twins.endpoint] = _negotiated(app.view_functions[twins.endpoint], twins)


def _negotiated(view: _View, twins: Twins) -> _View:
    @wraps(view)
    def answer(**values: Any) -> Response:
        addresses = [(form, _address(twins, form, values)) for form in twins.forms]
        chosen = best_type([_HTML, *(form.media_type for form in twins.forms)])
        if chosen is None:
            return not_acceptable([(request.full_path.rstrip("?"), _HTML), *_told(addresses)])
        if chosen == _HTML:
            g.page.twins = addresses
            return _linked(make_response(view(**values)), addresses)
        form, address = next(pair for pair in addresses if pair[0].media_type == chosen)
        made = _document(twins, form, values)
        made.headers["Content-Location"] = address
        made.headers["Vary"] = "Accept"
        return open_to_all(made)

    return answer


def _twin(twins: Twins, suffix: str, **values: Any) -> Response:
    return _document(twins, next(form for form in twins.forms if form.suffix == suffix), values)


def _document(twins: Twins, form: Form, values: dict[str, Any]) -> Response:
    answer = Response(twins.make(form, **values), mimetype=form.media_type)
    page = url_for(twins.endpoint, **values, **_query())
    answer.headers.add("Link", f'<{page}>; rel="alternate"; type="text/html"; hreflang="{g.page.language}"')
    answer.headers.add("Link", f'<{LICENCE}>; rel="license"')
    answer.headers["Content-Language"] = g.page.language
    if form.suffix in ("csv", "xlsx"):
        name = "-".join((*map(str, values.values()), g.page.language)) + f".{form.suffix}"
        answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _linked(answer: Response, addresses: Sequence[tuple[Form, str]]) -> Response:
    told = {link.partition(";")[2].strip() for link in answer.headers.getlist("Link")}
    for form, address in addresses:
        relation = f'rel="alternate"; type="{form.media_type}"'
        if relation not in told:  # data of a thing has an address of its own
            answer.headers.add("Link", f"<{address}>; {relation}")
    answer.vary.add("Accept")
    return answer


def _address(twins: Twins, form: Form, values: dict[str, Any]) -> str:
    return url_for(f"{twins.endpoint}_twin", suffix=form.suffix, **values, **_query())


def _query() -> dict[str, Any]:
    """Return the query of the request; names that `url_for` takes for its own are left out."""
    arguments: MultiDict[str, str] = request.args
    taken = set(request.view_args or ()) | {"suffix", "lang", "endpoint"}
    return {name: arguments.getlist(name) for name in arguments if name not in taken and not name.startswith("_")}


def _told(addresses: Sequence[tuple[Form, str]]) -> list[tuple[str, str]]:
    return [(address, form.media_type) for form, address in addresses]
