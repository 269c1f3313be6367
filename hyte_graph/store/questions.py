"""Saved questions: SPARQL with a label, a comment, keywords and typed parameters, one Turtle file each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hyte_graph.errors import KnowledgeError, UsageError
from hyte_graph.languages import Text
from hyte_graph.messages import nearest, say
from hyte_graph.store.answers import Term
from hyte_graph.store.knowledge import Knowledge, parse_file
from hyte_graph.store.parameters import Parameter, read_parameter
from hyte_graph.store.triples import Triples
from hyte_graph.vocabulary import HYTE, slug

AUDIENCES = ("legal-expert", "auditor", "developer")
"""The groups of users that questions are for, by the slugs of their codes."""

_FORMS = ("sh:select", "sh:ask", "sh:construct")


@dataclass(frozen=True, slots=True)
class Question:
    """One saved question."""

    slug: str
    label: Text
    comment: Text
    keywords: Text
    sparql: str
    parameters: tuple[Parameter, ...]
    answers: tuple[str, ...]  # the competency questions that it answers, such as "CQ-L05"
    audience: str  # one of AUDIENCES
    basis: str | None  # "statute" or "sources", where the answers differ
    needs_description: bool  # asks of organisations, whose descriptions must be added

    def has(self, word: str, language: str) -> bool:
        """Return whether a word stands in the name, the label, the keywords or the notations, in any case."""
        texts = (self.slug, self.label.within(language), self.keywords.within(language), *self.answers)
        return word.casefold() in " ".join(texts).casefold()

    def bindings(self, given: Mapping[str, str], knowledge: Knowledge, language: str) -> dict[str, Term]:
        """Return the terms for the parameters, from what a user typed.

        Raises:
            UsageError: a parameter is unknown, missing or of the wrong kind.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                listed = ", ".join(known) or "–"
                raise UsageError(say("question-parameter-unknown", question=self.slug, value=name, known=listed))
        return dict(self._filled({"language": language} | dict(given), knowledge))

    def _filled(self, given: Mapping[str, str], knowledge: Knowledge) -> Iterator[tuple[str, Term]]:
        for parameter in self.parameters:
            if parameter.name in given:
                yield parameter.name, parameter.term(given[parameter.name], knowledge)
            elif parameter.default is not None:
                yield parameter.name, parameter.default
            elif not parameter.is_optional:
                raise UsageError(say("question-parameter-missing", question=self.slug, value=parameter.name))


def read_questions(knowledge: Knowledge) -> dict[str, Question]:
    """Return every saved question by its slug, sorted."""
    files = sorted((knowledge.ontology / "questions").glob("*.ttl"))
    index = Triples(quad for path in files for quad in parse_file(path))
    found = (_question(index, node) for node in index.of_class(HYTE + "SavedQuestion"))
    return {question.slug: question for question in found}


def find_question(name: str, known: Mapping[str, Question]) -> Question:
    """Return a saved question by its slug, its IRI, or the competency question that it alone answers.

    Raises:
        UsageError: there is none of that name, or several.
    """
    wanted = slug(name)
    if wanted in known:
        return known[wanted]
    found = [question for question in known.values() if wanted.upper() in question.answers]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(say("question-several", value=name, known=", ".join(item.slug for item in found)))
    raise UsageError(say("question-unknown", value=name, nearest=nearest(wanted, known)))


def _question(index: Triples, node: str) -> Question:
    text = next((found for form in _FORMS if (found := index.value(node, form))), None)
    if text is None:
        raise KnowledgeError(Text.same(f"{node} has no query."))
    return Question(
        slug=slug(node),
        label=index.text(node, "skos:prefLabel"),
        comment=index.text(node, "rdfs:comment"),
        keywords=index.text(node, "hasKeywords"),
        sparql=text,
        parameters=tuple(read_parameter(index, item) for item in index.values(node, "sh:parameter")),
        answers=tuple(index.values(node, "skos:notation")),
        audience=slug(index.value(node, "isAskedBy") or ""),
        basis=slug(found) if (found := index.value(node, "isAnsweredFrom")) else None,
        needs_description=index.value(node, "needsDescription") == "true",
    )
