"""Descriptions to spoil, and what a refusal of one must be like."""

from __future__ import annotations

from hyte_graph.errors import FilingError, HyteError, UsageError
from hyte_graph.intake import Description, read_description
from hyte_graph.languages import LANGUAGES
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import iri
from tests.conftest import ROOT

HOME = "https://w3id.org/hyte-graph/id/description/espoo/"
EDTF = "<http://id.loc.gov/datatypes/edtf>"
PREFIXES = f"@prefix hyte: <{HYTE}> . @prefix : <{HOME}> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
TURTLE = PREFIXES + f"<{HOME}> a hyte:Description ; hyte:describes <{iri('actor', 'espoo')}> .\n"
YAML = 'schema_version: "1.0"\norganisation: {id: espoo, type: municipality}\n'
JSON = '{"schema_version": "1.0", "organisation": {"id": "espoo", "type": "municipality"%s}}'
XML = """<?xml version="1.0"?>%s
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:hyte="https://w3id.org/hyte-graph/ontology#">
%s</rdf:RDF>"""


def codes_of(content: str | bytes, name: str, knowledge: Knowledge) -> set[str]:
    """Return the codes with which a description is refused, after what every refusal must be like has been checked."""
    try:
        read(content, name, knowledge)
    except (FilingError, UsageError) as error:
        check_sentences(error)
        return {message.code for message in messages_of(error)}
    raise AssertionError(f"{name} was taken")


def read(content: str | bytes, name: str, knowledge: Knowledge) -> Description:
    """Return what the library reads."""
    return read_description(content if isinstance(content, bytes) else content.encode(), name, knowledge)


def check_sentences(error: HyteError) -> None:
    """Check that an error speaks three languages, has a code, and names nothing of the machine."""
    for message in messages_of(error):
        told = [message.within(language) for language in LANGUAGES]
        assert message.code, told
        assert all(sentence.strip() for sentence in told)
        assert len({*told}) == len(LANGUAGES) or "{" not in told[0]
        assert not any(str(ROOT) in sentence or "Traceback" in sentence for sentence in told)


def messages_of(error: HyteError) -> tuple:
    """Return the sentences of an error."""
    return error.messages if isinstance(error, FilingError) else (error.message,)
