"""How deep a text nests, found without a parser: some parsers end the whole process where brackets go too deep."""

from __future__ import annotations

import re
from xml.parsers import expat

from hyte_graph.errors import FilingError
from hyte_graph.messages import say

DEEPEST = 64  # of RDF
_JSON = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{}]', re.DOTALL)
_TURTLE = re.compile(
    r"""
    \"\"\"[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*(?:\"\"\"|\Z)  # an end that is missing is the end of the file,
    | \'\'\'[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*(?:\'\'\'|\Z)  # so that no text is gone through twice
    | "[^"\\\n\r]*(?:\\.[^"\\\n\r]*)*"?
    | '[^'\\\n\r]*(?:\\.[^'\\\n\r]*)*'?
    | <[^<>"{}|^`\\\x00-\x20]*>
    | \#[^\n\r]*
    | \\.
    | <<\(? | \)?>>
    | [\[\](){}]
    """,
    re.DOTALL | re.VERBOSE,
)
_OPENING, _CLOSING = ("[", "(", "{", "<<", "<<("), ("]", ")", "}", ">>", ")>>")


def check_json_depth(text: str, name: str, deepest: int) -> None:
    """Return where no value of a JSON text lies deeper than it may.

    Raises:
        FilingError: one does.
    """
    _check(text, name, _JSON, deepest)


def check_turtle_depth(text: str, name: str) -> None:
    """Return where no brackets of a Turtle text lie deeper than they may.

    Raises:
        FilingError: some do.
    """
    _check(text, name, _TURTLE, DEEPEST)


def _check(text: str, name: str, tokens: re.Pattern[str], deepest: int) -> None:
    depth = 0
    for token in tokens.finditer(text):
        depth += (token[0] in _OPENING) - (token[0] in _CLOSING)
        if depth > deepest:
            line = text.count("\n", 0, token.start()) + 1
            raise FilingError(say("file-too-deep", name=name, line=line, levels=deepest))


class _Elements:
    """Counts how deep the elements of an XML text lie, and refuses a document type before it is read."""

    def __init__(self, name: str) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self._name, self._depth = name, 0

    def _doctype(self, *_: object) -> None:
        raise FilingError(say("file-doctype", name=self._name, line=self.parser.CurrentLineNumber))

    def _start(self, *_: object) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            line = self.parser.CurrentLineNumber
            raise FilingError(say("file-too-deep", name=self._name, line=line, levels=DEEPEST))

    def _end(self, _: str) -> None:
        self._depth -= 1


def check_xml(text: str, name: str) -> None:
    """Return where an XML text defines no entities and does not nest too deep.

    Raises:
        FilingError: it does, or it is no XML.
    """
    elements = _Elements(name)
    try:
        elements.parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        detail = expat.errors.messages[error.code]
        raise FilingError(say("file-not-rdf", name=name, line=error.lineno, kind="XML", detail=detail)) from error
