"""The application factory."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask
from jinja2 import StrictUndefined

from hyte_graph.store.knowledge import Knowledge
from hyte_web import errors, headers, localised
from hyte_web.browse import browse
from hyte_web.data import data
from hyte_web.page import initial
from hyte_web.site import Site

_PARTS = (data, browse)  # browse comes last: its addresses are the most general
_DEFAULTS = {"MAX_CONTENT_LENGTH": 64 * 1024, "TRUSTED_HOSTS": ["localhost", "127.0.0.1"]}


def create_app(config: Mapping[str, object] | None = None) -> Flask:
    """Return the web application, with all that it knows in memory.

    Args:
        config: settings of Flask; TRUSTED_HOSTS names the hosts to answer for, this machine alone by default.
    """
    app = Flask(__name__)
    app.config.from_mapping(_DEFAULTS)
    app.config.from_mapping(config or {})
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["initial"] = initial
    app.extensions["hyte"] = Site.of(Knowledge.shipped())
    headers.install(app)
    errors.install(app)
    localised.install(app)
    for part in _PARTS:
        app.register_blueprint(part)
    return app
