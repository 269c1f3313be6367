"""The public face of the library: one object that holds the graph and answers."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from pyoxigraph import Triple
from rdflib.term import Node

from hyte_graph.compliance.applicability import applicability, is_describable
from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.by_sources import source_state_graph, states_by_sources
from hyte_graph.compliance.comparison import Row, compare
from hyte_graph.compliance.engines import engine
from hyte_graph.errors import FilingError, UsageError
from hyte_graph.intake import Description, read_description
from hyte_graph.intake.archives import file_or_folder
from hyte_graph.messages import say
from hyte_graph.model import Actor, Norm
from hyte_graph.reports.turtle_report import report_triples
from hyte_graph.store.answers import Answer, Term
from hyte_graph.store.concepts import Concept, read_concept
from hyte_graph.store.dataset import Dataset
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.lookup import actor_of, norm_of
from hyte_graph.store.parameters import free_term
from hyte_graph.store.questions import Question, find_question, read_questions
from hyte_graph.store.search import Hit, Search
from hyte_graph.store.sparql import answer
from hyte_graph.store.terms import term_of, triples_of
from hyte_graph.store.worker import Worker
from hyte_graph.vocabulary import BASE, description_base

_MOST = 1_000_000
_KEPT = 4  # data sets with organisations
_NAMES = ("label", "inflected", "part")  # how a hit names its concept, and does not merely speak of it
_NAMED = " \n{"  # what no name of a saved question has

Value = str | int | date | Node


class Hyte:
    """The graph of the law, its terminology and its rules, read when first asked for; safe to share between threads."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._lock = threading.Lock()
        self._recent: dict[object, Dataset] = {}

    @classmethod
    def load(cls, ontology: Path | None = None, rules: Path | None = None) -> Hyte:
        """Return the graph that comes with the project, or one from other folders of ontology and rules."""
        shipped = Knowledge.shipped()
        return cls(Knowledge(ontology or shipped.ontology, rules or shipped.rules))

    @property
    def knowledge(self) -> Knowledge:
        """Return what the graph was read from."""
        return self._knowledge

    @cached_property
    def dataset(self) -> Dataset:
        """Return the data that queries see; `dataset.graph` is all of it as an rdflib graph."""
        return Dataset(self._knowledge)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Return the saved questions by their slugs."""
        return read_questions(self._knowledge)

    @cached_property
    def _search(self) -> Search:
        return Search.of(self._knowledge)

    def search(self, text: str, *, kinds: Collection[str] | None = None, limit: int = 10) -> Sequence[Hit]:
        """Return concepts, norms and statements that a text finds, the best first; inflected and compound forms too."""
        with self._lock:
            return self._search.find(text, kinds=kinds, limit=limit)

    def term(self, text: str) -> Concept:
        """Return the concept that a word in Finnish, Swedish or English names, in whatever form the word is.

        Raises:
            UsageError: no concept has such a name; the message tells the nearest.
        """
        with self._lock:
            found = self._search.find(text, kinds=("concept",), limit=1)
            near = self._search.nearest(text)
        if not found or found[0].how not in _NAMES:
            raise UsageError(say("term-unknown", value=text, nearest=near.matched) if near else say("term-empty"))
        return read_concept(self._knowledge.triples, found[0].iri)

    def norm(self, name: str) -> Norm:
        """Return a norm by its slug.

        Raises:
            UsageError: there is none.
        """
        return norm_of(name, self._knowledge)

    def actor(self, name: str) -> Actor:
        """Return a county, municipality or joint authority by its slug or official name.

        Raises:
            UsageError: there is none.
        """
        return actor_of(name, self._knowledge)

    def norms(self, *, actor: str, on: date) -> tuple[Norm, ...]:
        """Return the norms that ask something of an actor on a day; guidance is among them, drafts never are."""
        who = self.actor(actor)
        known = self._knowledge
        asking = (norm for norm in known.norms.values() if norm.is_duty and norm.kind != "DraftNorm")
        found = (applicability(norm, who, on, known) for norm in asking if is_describable(norm, known))
        return tuple(item.norm for item in found if item.state == "applies")

    def query(
        self,
        text: str,
        *,
        about: Sequence[Description] = (),
        on: date | None = None,
        language: str = "en",
        engine: str = "oxigraph",
        timeout: float | None = None,
        limit: int = _MOST,
        **parameters: Value,
    ) -> Answer:
        """Return the answer to SPARQL text or to a saved question.

        Args:
            text: SPARQL 1.1, or the name of a saved question.
            about: descriptions to assess and to ask about.
            on: the day of the assessments, and the parameter `on` of a question that has it.
            language: of labels, in questions that give labels.
            engine: "oxigraph" or "rdflib".
            timeout: seconds after which the query is stopped; it then runs in a process of its own.
            limit: the most rows or triples.
            parameters: values for variables of the query; they are put in as RDF terms.

        Raises:
            UsageError: the text is no query, or a parameter does not fit.
            LimitError: the query took too long or gave too much.
        """
        query, bindings = self._asked(text, on, language, parameters)
        if timeout is not None:
            added = [graph for item in about for graph in self._graphs(item, on)]
            with Worker(self._knowledge, added) as worker:
                return worker.answer(query, bindings, seconds=timeout, limit=limit, engine=engine)
        return answer(query, self._seen(about, on), bindings, limit=limit, engine=engine)

    def _seen(self, about: Sequence[Description], on: date | None) -> Dataset:
        """Return the data with what is known of some organisations; the last few are kept."""
        if not about:
            return self.dataset
        key = on, tuple(item.digest for item in about)
        with self._lock:
            if key not in self._recent:
                added = [graph for item in about for graph in self._graphs(item, on)]
                self._recent = dict(list(self._recent.items())[1 - _KEPT :]) | {key: Dataset(self._knowledge, added)}
            return self._recent[key]

    def _asked(
        self, text: str, on: date | None, language: str, parameters: Mapping[str, Value]
    ) -> tuple[str, Mapping[str, Term]]:
        if any(mark in text for mark in _NAMED):
            return text, {name: _term(value) for name, value in parameters.items()}
        question = find_question(text, self.questions)
        given = {name: str(value) for name, value in parameters.items()}
        if on is not None and any(parameter.name == "on" for parameter in question.parameters):
            given = {"on": on.isoformat(), **given}
        return question.sparql, question.bindings(given, self._knowledge, language)

    def _graphs(self, description: Description, on: date | None) -> list[tuple[str, list[Triple]]]:
        if on is None:
            raise UsageError(say("query-needs-day"))
        return graphs_about(description, self._knowledge, on)

    def read(self, path: Path | str) -> Description:
        """Return the description in a file (.yaml, .json, .jsonld, .ttl).

        Raises:
            FilingError: the file cannot be read or is not sound.
        """
        return read_file(Path(path), self._knowledge)

    def assess(
        self,
        description: Description | Path | str,
        *,
        on: date,
        known_on: date | None = None,
        law_on: date | None = None,
    ) -> Assessment:
        """Return the verdicts on a description, or on the file that holds one, for a day.

        Raises:
            FilingError: the description is not sound.
            UndecidedError: the checks could not be carried out.
        """
        read = description if isinstance(description, Description) else self.read(description)
        return assess(read, self._knowledge, on=on, known_on=known_on, law_on=law_on)

    def compare(self, *assessments: Assessment) -> tuple[Row, ...]:
        """Return assessments side by side, one row for each norm and period."""
        return compare(assessments)


def read_file(path: Path, knowledge: Knowledge) -> Description:
    """Return the description in a file, or in a folder of CSV files.

    Raises:
        FilingError: the file is missing or not sound.
    """
    try:
        content, name = file_or_folder(path)
    except OSError as error:
        raise FilingError(say("file-not-found", name=path.name)) from error
    return read_description(content, name, knowledge)


def graphs_about(description: Description, knowledge: Knowledge, on: date) -> list[tuple[str, list[Triple]]]:
    """Return what queries see of an organisation: its description, the assessment of it, the states by the sources."""
    made = assess(description, knowledge, on=on, checker=engine())
    home = f"{BASE}id/assessment/{made.actor.slug}--{on.isoformat()}"
    states = states_by_sources(made, description.graph, knowledge)
    return [
        (description_base(made.actor.slug), triples_of(description.graph)),
        (home, report_triples([made], knowledge)),
        (f"{home}/by-the-sources", triples_of(source_state_graph(states, made))),
    ]


def _term(value: Value) -> Term:
    return term_of(value) if isinstance(value, Node) else free_term(str(value))
