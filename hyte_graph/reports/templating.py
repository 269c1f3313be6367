"""The templates of the reports that are pages, with what they all need."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from hyte_graph.reports.plain import printable
from hyte_graph.resources import package_file


def template(name: str) -> Template:
    """Return a template by its path below `templates/`."""
    return _environment().get_template(name)


def initial(text: str) -> str:
    """Return a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(package_file("reports") / "templates"),
        autoescape=True,
        finalize=_printable,
        keep_trailing_newline=True,
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["initial"] = initial
    return environment


def _printable(value: object) -> object:
    """Return a value without the characters that HTML forbids or that make text read in another order."""
    return printable(value) if isinstance(value, str) else value
