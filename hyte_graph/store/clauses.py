"""What can be read off a query before an engine sees it: its form, and the graphs that it names."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from urllib.parse import urljoin

from hyte_graph.store.binding import tokens
from hyte_graph.store.remembering import remembered
from hyte_graph.vocabulary import PREFIXES

_AFTER = ("WHERE", "ORDER", "GROUP", "HAVING", "LIMIT", "OFFSET", "VALUES")
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def form_of(text: str) -> str:
    """Return the form of a query, one of FORMS; SELECT where the text has none, so that the engine can tell why."""
    words = ((token["word"] or "").upper() for token in tokens(text))
    return next((word for word in words if word in FORMS), FORMS[0])


@remembered
def names_graphs(text: str) -> bool:
    """Return whether a query chooses its graphs by FROM."""
    if "FROM" not in text.upper():  # nearly always
        return False
    return any((token["word"] or "").upper() == "FROM" for token in tokens(text))


@remembered
def graphs_named(text: str, base: str = "") -> tuple[str, ...]:
    """Return the IRIs after FROM and FROM NAMED; what cannot be expanded stays as it is written."""
    told = [(token["word"] or "").upper() or token.group() for token in tokens(text) if token.group()[0] != "#"]
    prefixes, found = dict(PREFIXES), []
    for at, word in enumerate(told):
        if word == "BASE" and at + 1 < len(told):
            base = urljoin(base, told[at + 1].strip("<>"))
        elif word == "PREFIX" and at + 2 < len(told):
            prefixes[told[at + 1].rstrip(":")] = urljoin(base, told[at + 2].strip("<>"))
        elif word == "FROM":
            name = next((item for item in told[at + 1 : at + 3] if item != "NAMED"), "")
            found.append(_expanded(name, prefixes, base))
    return tuple(found)


def with_graphs(text: str, default: Iterable[str], named: Iterable[str]) -> str:
    """Return a query that has no FROM with one for each graph, on the line where they belong."""
    at = _place_of_graphs(text)
    clauses = [*(f"FROM <{name}>" for name in default), *(f"FROM NAMED <{name}>" for name in named)]
    gap = " " if at < len(text) else "\n"  # the text may end in a remark
    return f"{text[:at]}{gap}{' '.join(clauses)} {text[at:]}"


def _place_of_graphs(text: str) -> int:
    """Return where FROM stands in a query: after what it projects, constructs or describes, before its pattern."""
    form, inside, is_template = "", 0, False
    for token in tokens(text):
        word, mark = (token["word"] or "").upper(), token["mark"] or ""
        if not form:
            form = word if word in FORMS else ""
            is_template = form == "CONSTRUCT"
        elif inside == 0 and (word in _AFTER or (mark == "{" and not is_template)):
            return token.start()
        else:
            inside += {"(": 1, "{": 1, ")": -1, "}": -1}.get(mark, 0)
            is_template = is_template and not (mark == "}" and inside == 0)
    return len(text)


def with_prefixes(text: str) -> str:
    """Return a query with PREFIX lines for the project's prefixes that it uses, so that any engine can read it."""
    told = [token.group() for token in tokens(text)]
    used = {word.partition(":")[0] for word in told if ":" in word and word[0] not in "\"'<#@"}
    lines = [f"PREFIX {name}: <{space}>\n" for name, space in sorted(undeclared(text).items()) if name in used]
    return "".join(lines) + text


def undeclared(text: str) -> dict[str, str]:
    """Return the project's prefixes that a query may use and does not declare; handing on all takes longer."""
    told = (token.group() for token in tokens(text)) if "PREFIX" in text.upper() else ()
    declared = {name for word, name in pairwise(told) if word.upper() == "PREFIX"}
    return {name: space for name, space in PREFIXES.items() if f"{name}:" in text and f"{name}:" not in declared}


def _expanded(name: str, prefixes: dict[str, str], base: str) -> str:
    if name.startswith("<"):
        return urljoin(base, name.strip("<>"))
    prefix, colon, local = name.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes else name
