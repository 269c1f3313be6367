"""The saved questions are whole, in three languages, and each has an expected answer."""

from __future__ import annotations

import pytest

from hyte_graph.store.binding import tokens
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.questions import read_questions
from tests.questions.cases import CASES

COMPETENCY = 65
QUESTIONS = read_questions(Knowledge.shipped())


@pytest.mark.parametrize("slug", sorted(QUESTIONS))
def test_a_question_is_whole(slug: str) -> None:
    question = QUESTIONS[slug]
    texts = [question.label, question.comment, question.keywords, *(item.label for item in question.parameters)]
    assert all(text.within(language).strip() for text in texts for language in ("fi", "sv", "en"))
    assert question.label.fi != question.label.sv != question.label.en
    assert question.audience in ("legal-expert", "auditor", "developer")
    used = {token["variable"] for token in tokens(question.sparql)}
    assert {parameter.name for parameter in question.parameters} <= used
    words = {(token["word"] or "").upper() for token in tokens(question.sparql)}
    assert not words & {"GRAPH", "NOW", "RAND", "UUID"}  # the default graph only, and the same answer every day


def test_every_question_has_an_expected_answer() -> None:
    assert {case["question"] for case in CASES} == set(QUESTIONS)


def test_there_are_at_least_eighty_questions_and_every_competency_question_is_answered() -> None:
    answered = {name for question in QUESTIONS.values() for name in question.answers}
    assert len(QUESTIONS) >= 80
    assert len(answered) == COMPETENCY
