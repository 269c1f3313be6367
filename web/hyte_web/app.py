"""The application factory."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask
from jinja2 import StrictUndefined

from hyte_graph.store.knowledge import Knowledge
from hyte_web import errors, frame, headers, kept, localised, operations, settings, speech, twins
from hyte_web.api import api, api_pages, v1
from hyte_web.areas import areas
from hyte_web.browse import browse
from hyte_web.check import check
from hyte_web.data import data
from hyte_web.editor import editor, links
from hyte_web.graph import graph
from hyte_web.info import info, info_pages
from hyte_web.page import initial
from hyte_web.publish import pages as publish_pages
from hyte_web.publish import publish
from hyte_web.questions import questions
from hyte_web.search import search
from hyte_web.site import Site
from hyte_web.sparql import sparql
from hyte_web.sparql.service import install as install_queries

_PARTS = (
    operations.operations,
    data,
    publish,
    publish_pages,
    api,
    v1,
    api_pages,
    info,
    info_pages,
    search,
    graph,
    sparql,
    questions,
    editor,
    links,
    check,
    areas,
    browse,  # last: its addresses are the most general
)


def create_app(config: Mapping[str, object] | None = None) -> Flask:
    """Return the web application, with all that it knows in memory.

    Args:
        config: settings by their names (`hyte_web.settings`), others for this machine alone; and those of Flask.
    """
    app = Flask(__name__)
    app.debug = False  # whatever FLASK_DEBUG says: a debugger shows strangers the code and lets them run theirs
    app.config.from_mapping(settings.defaults())
    app.config.from_mapping(config or {})
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["initial"] = initial
    app.extensions["hyte"] = Site.of(Knowledge.shipped())
    operations.install(app)
    install_queries(app)
    headers.install(app)
    errors.install(app)
    localised.install(app)
    speech.install(app)
    frame.install(app)
    for part in _PARTS:
        app.register_blueprint(part)
    twins.install(app)
    kept.install(app)
    return app
