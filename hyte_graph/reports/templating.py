"""The templates of the reports that are pages, with what they all need."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from hyte_graph.resources import package_file

_CONTROLS = (*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
_TURNS_OF_DIRECTION = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNPRINTABLE = dict.fromkeys((*_CONTROLS, *_TURNS_OF_DIRECTION), "\N{REPLACEMENT CHARACTER}")


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
    return value.translate(_UNPRINTABLE) if isinstance(value, str) else value
