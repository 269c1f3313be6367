"""Values for the variables of a query: RDF terms put in the place of variables, never text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from hyte_graph.store.answers import Term
from hyte_graph.store.remembering import remembered

Bindings = Mapping[str, Term]

# Prefixes are bounded and runs without a meaning are taken whole, so that the time grows with the text and no faster.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r"|<[^<>\"{}|^`\\\s]*>|#[^\n]*|@\w+|[?$](?P<variable>\w+)|[\w.-]{0,80}:[\w.:%\\-]*"
    r"|(?P<word>[A-Za-z]+)|[\d_.]+|(?P<mark>[\[\](){};,]|\|\||&&|[-+*/|!^=])",
    re.DOTALL,
)


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield the tokens of a query that matter: groups `variable`, `word` and `mark`; strings and IRIs have none."""
    return _TOKEN.finditer(text)


def bound(text: str, bindings: Bindings) -> str:
    """Return a query with terms in the place of variables, as SHACL pre-binds them (SHACL 5.3.1).

    A variable that the query gives back stays in its answer, with its value. The written form of a term is that of
    its class, with every special character escaped.
    """
    if not bindings:
        return text
    made, end = [], 0
    written = {name: str(term) for name, term in bindings.items()}
    for name, start, stop, is_projected in _variables(text):
        if name in written:
            term = written[name]
            made += [text[end:start], f"({term} AS ?{name})" if is_projected else term]
            end = stop
    return "".join([*made, text[end:]])


@remembered
def _variables(text: str) -> tuple[tuple[str, int, int, bool], ...]:
    """Return each variable of a query: its name, from where to where it stands, and whether in a SELECT clause."""
    return tuple(
        (token["variable"], *token.span(), is_projected) for token, is_projected in _placed(text) if token["variable"]
    )


def _placed(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield each token, and whether it stands by itself in a SELECT clause."""
    is_selecting, depth = False, 0
    for token in tokens(text):
        word, mark = (token["word"] or "").upper(), token["mark"]
        if word in ("SELECT", "WHERE", "FROM") or mark == "{":
            is_selecting, depth = word == "SELECT", 0
        depth += {"(": 1, ")": -1}.get(mark or "", 0)
        yield token, is_selecting and depth == 0
