"""The application for a server such as gunicorn (`hyte_web.wsgi:app`), set up by the environment."""

from __future__ import annotations

import os

from hyte_web.app import create_app
from hyte_web.settings import from_environment

app = create_app(from_environment(os.environ))
