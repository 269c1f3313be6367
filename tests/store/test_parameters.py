"""What a user types for a parameter becomes the one thing that is meant."""

from __future__ import annotations

import pytest

from hyte_graph.errors import UsageError
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.questions import read_questions
from hyte_graph.vocabulary import prefixed


@pytest.mark.parametrize(
    ("question", "name", "value", "meant"),
    [
        ("obligations-of-a-kind-by-the-sources", "kind", "municipality", "actor-kind:municipality"),
        ("statements-using-a-term", "term", "municipality", "term:municipality"),
        ("statements-using-a-term", "term", "term:cooperation", "term:cooperation"),
        ("verdicts-of-an-area", "within", "law:2021-612-7", "law:2021-612-7"),
    ],
)
def test_a_slug_that_several_schemes_share_means_the_thing_of_the_kind_asked_for(
    knowledge: Knowledge, question: str, name: str, value: str, meant: str
) -> None:
    bindings = read_questions(knowledge)[question].bindings({name: value}, knowledge, "en")
    assert prefixed(str(bindings[name].value)) == meant


def test_a_thing_of_another_kind_is_refused(knowledge: Knowledge) -> None:
    question = read_questions(knowledge)["obligations-of-a-kind-by-the-sources"]
    with pytest.raises(UsageError, match="partner"):
        question.bindings({"kind": "partner-kind:other-partner"}, knowledge, "en")
