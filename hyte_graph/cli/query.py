"""hyte query: SPARQL over the graph, or a saved question."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from hyte_graph.cli.days import day
from hyte_graph.cli.output import read, write
from hyte_graph.cli.stored import knowledge_from
from hyte_graph.cli.tables import written_table
from hyte_graph.errors import UsageError
from hyte_graph.messages import say
from hyte_graph.store.answers import Answer, Rows, Term, Triples
from hyte_graph.store.beside import store_beside
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.parameters import free_term
from hyte_graph.store.parts import files_of
from hyte_graph.store.questions import AUDIENCES, Question, find_question, read_questions
from hyte_graph.store.sparql import ENGINES
from hyte_graph.store.worker import Worker

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from hyte_graph.store.remote import Remote

FORMATS = ("table", "csv", "tsv", "json", "xml", "xlsx", "ttl", "jsonld", "nt", "rdf")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add = parser.add_argument
    add("query", nargs="?", metavar="QUERY", help="a saved question, SPARQL text, a file, or - for stdin")
    add("-p", "--parameter", action="append", default=[], metavar="NAME=VALUE", help="the value of a parameter")
    add("--list", action="store_true", help="list the saved questions; QUERY narrows the list by a word")
    add("--show", action="store_true", help="print the SPARQL and the parameters of a saved question")
    add("--with", dest="files", nargs="+", default=[], metavar="FILE", help="descriptions to assess and to ask about")
    add("--parts", metavar="FOLDER", help="ask about the results that hyte check --parts wrote there, too")
    add("--on", metavar="DATE", help="the day of the assessments and of the parameter `on` (default: today)")
    add("--format", choices=FORMATS, help="form of the answer (default: table, or ttl for triples)")
    add("-o", "--output", metavar="FILE", help="write the answer to a file (default: stdout)")
    add("--timeout", type=float, default=30.0, metavar="SECONDS", help="stop the query after this time (default: 30)")
    add("--limit", type=int, default=10_000, metavar="ROWS", help="refuse a longer answer (default: 10000)")
    add("--store", metavar="URL", help="ask the graph in another SPARQL 1.1 store, at the address of its query service")
    add("--fetch", action="store_true", help="with --store: read its graphs and answer here; SPARQL of stores differs")
    add("--engine", choices=ENGINES, default="oxigraph", help="SPARQL engine (default: oxigraph)")
    add("--explain", action="store_true", help="tell on stderr what became of each EXISTS, and how the query is asked")


def run(options: argparse.Namespace) -> int:
    """Answer a query, or list or show saved questions."""
    if options.fetch and not options.store:
        raise UsageError(say("fetch-needs-store"))
    with knowledge_from(options.store if options.fetch else None, options.lang) as knowledge:
        return _run(options, knowledge)


def _run(options: argparse.Namespace, knowledge: Knowledge) -> int:
    if options.list:
        print("\n".join(_listed(knowledge, options.query or "", options.lang)))
    elif not options.query:
        raise UsageError(say("query-missing"))
    elif options.show:
        print("\n".join(_shown(find_question(options.query, read_questions(knowledge)), options.lang)))
    else:
        _write(_answer(options, knowledge), options)
    return 0


def _answer(options: argparse.Namespace, knowledge: Knowledge) -> Answer:
    if not options.timeout > 0 or options.limit < 1:
        raise UsageError(say("query-limits-wrong"))
    given = dict(_pair(word) for word in options.parameter)
    text, bindings = _asked(options, given, knowledge)
    if options.explain:
        from hyte_graph.cli.rewritten import explained

        is_ours = not _is_elsewhere(options) and options.engine == ENGINES[0]
        print("\n".join(explained(text, bindings, options.lang, is_ours=is_ours)), file=sys.stderr)
    if _is_elsewhere(options):
        return _remote(options).answer(text, bindings, seconds=options.timeout, limit=options.limit)
    added, parts = _added(options, knowledge), files_of(Path(options.parts)) if options.parts else []
    is_shipped = options.engine == ENGINES[0] and not (added or parts or options.fetch)
    with Worker(knowledge, added, parts, store_beside(knowledge) if is_shipped else None) as worker:
        return worker.answer(text, bindings, seconds=options.timeout, limit=options.limit, engine=options.engine)


def _is_elsewhere(options: argparse.Namespace) -> bool:
    """Return whether another server answers."""
    return bool(options.store) and not options.fetch


def _remote(options: argparse.Namespace) -> Remote:
    """Return the store of another server, which holds neither the descriptions of a user nor a second engine."""
    if options.files or options.parts or options.engine != ENGINES[0]:
        raise UsageError(say("remote-with"))
    from hyte_graph.store.remote import Remote

    return Remote(options.store)


def _asked(
    options: argparse.Namespace, given: Mapping[str, str], knowledge: Knowledge
) -> tuple[str, Mapping[str, Term]]:
    """Return the SPARQL text and the terms for its variables."""
    name = options.query
    if name == "-" or Path(name).suffix in (".rq", ".sparql") or _is_file(name):
        return _text(read(name)), _free(given)
    if any(mark in name for mark in " \n{"):
        return name, _free(given)
    question = find_question(name, read_questions(knowledge))
    if question.needs_description and not options.files:
        if not options.parts:
            raise UsageError(say("question-needs-description", question=question.slug))
        print(say("parts-hold-verdicts").within(options.lang), file=sys.stderr)
    if any(parameter.name == "on" for parameter in question.parameters):
        given = {"on": day(options.on).isoformat(), **given}
    return question.sparql, question.bindings(given, knowledge, options.lang)


def _pair(word: str) -> tuple[str, str]:
    name, sign, value = word.partition("=")
    if not sign or not name:
        raise UsageError(say("parameter-no-pair", value=word))
    return name, value


def _free(given: Mapping[str, str]) -> dict[str, Term]:
    return {name: free_term(value) for name, value in given.items()}


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # SPARQL text is too long a name for a file
        return False


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(say("query-not-text")) from error


def _added(options: argparse.Namespace, knowledge: Knowledge) -> list[tuple[str, list[Triple]]]:
    if not options.files:
        return []
    from hyte_graph.api import graphs_about, read_file

    on = day(options.on)
    found = (read_file(Path(name), knowledge) for name in options.files)
    return [graph for description in found for graph in graphs_about(description, knowledge, on)]


def _listed(knowledge: Knowledge, word: str, language: str) -> Iterator[str]:
    """Yield the saved questions that have a word, by the group of users that they are for."""
    known = read_questions(knowledge)
    for audience in AUDIENCES:
        found = [item for item in known.values() if item.audience == audience and item.has(word, language)]
        if found:
            heading = knowledge.code("audience", audience).within(language)
            yield f"{heading} ({len(found)})\n"
        for question in found:
            needs = f" [{say('question-with').within(language)}]" if question.needs_description else ""
            yield f"{question.slug}{needs}\n    {question.label.within(language)}"
        if found:
            yield ""


def _shown(question: Question, language: str) -> Iterator[str]:
    yield f"# {question.label.within(language)}"
    yield f"# {question.comment.within(language)}"
    for parameter in question.parameters:
        yield f"#   -p {parameter.name}=…  {parameter.label.within(language)}"
    yield question.sparql


def _write(answer: Answer, options: argparse.Namespace) -> None:
    form = options.format or ("ttl" if isinstance(answer, Triples) else "table")
    if form == "table" and not isinstance(answer, Triples):
        content = written_table(answer, options.lang).encode()
    elif form == "xlsx" and isinstance(answer, Rows):
        from hyte_graph.reports.rows_book import workbook

        content = workbook(answer)
    else:
        content = answer.written(form)
    write(content if form == "xlsx" else content.decode(), options.output)
