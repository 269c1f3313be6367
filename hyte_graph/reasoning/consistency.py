"""Is the ontology consistent in OWL 2? Asked of HermiT, which comes with owlready2: the only module that imports it.

What the reasoner reads is the whole ontology but three things: shapes are no OWL, an import is never followed, and a
mapping to DPV stays out, since DPV brings terms of its own that would be merged with ours. HermiT knows only the
datatypes of the OWL 2 datatype map, and `xsd:date` is none of them: it is told to pass over such literals, of which it
can prove nothing, while `compliance.quality` checks every day. Nothing is a class and an individual at once: a norm
becomes the class of its duties only in the graph of duties, which is never sent.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pyoxigraph

from hyte_graph.errors import MissingToolError, UndecidedError
from hyte_graph.messages import say
from hyte_graph.store.knowledge import Knowledge, parse_file
from hyte_graph.vocabulary import BASE, FOREIGN

DEADLINE: Final = 120.0  # seconds

_SHAPES = "quality.ttl"
_DPV = "https://w3id.org/dpv"
_IMPORTS = FOREIGN["owl"] + "imports"
_NOTHING = FOREIGN["owl"] + "Nothing"
_HEAD = "Classes equivalent to"
_MEMORY = "-Xmx1000M"


@dataclass(frozen=True, slots=True)
class ConsistencyReport:
    """What the reasoner found."""

    is_consistent: bool
    unsatisfiable: tuple[str, ...]  # IRIs of classes that can have no member; empty where nothing is consistent
    triples: int  # that it reasoned on


def check_consistency(knowledge: Knowledge, *, deadline: float = DEADLINE) -> ConsistencyReport:
    """Return whether the ontology is consistent, and its unsatisfiable classes (OWL 2 Direct Semantics).

    Args:
        knowledge: the ontology.
        deadline: seconds after which the reasoner is stopped.

    Raises:
        MissingToolError: there is no Java on the path, or no owlready2.
        UndecidedError: the reasoner gave no answer.
    """
    java = shutil.which("java")
    if java is None:
        raise MissingToolError(say("java-missing"))
    owlready = _owlready()
    triples = frozenset(_triples(knowledge))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ontology.nt"
        _hand_over(owlready, triples, path)
        answer = _ask(java, owlready, path, deadline)
    return _report(answer, len(triples))


def _owlready() -> Any:
    try:
        import owlready2
    except ImportError as error:
        raise MissingToolError(say("reasoner-missing")) from error
    return owlready2


def _triples(knowledge: Knowledge) -> Iterator[pyoxigraph.Triple]:
    """Yield the part of the ontology that is OWL."""
    for path in sorted(knowledge.ontology.rglob("*.ttl")):
        if path.name != _SHAPES:
            yield from (quad.triple for quad in parse_file(path) if _is_owl(quad))


def _is_owl(quad: pyoxigraph.Quad) -> bool:
    terms = (quad.subject, quad.predicate, quad.object)
    values = [term.value for term in terms if isinstance(term, pyoxigraph.NamedNode)]
    return _IMPORTS not in values and not any(value.startswith(_DPV) for value in values)


def _hand_over(owlready: Any, triples: frozenset[pyoxigraph.Triple], path: Path) -> None:
    """Load the triples into a World of their own, and write what arrived there for the reasoner."""
    sent = io.BytesIO(pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b"")
    world = owlready.World()
    try:
        ontology = world.get_ontology(f"{BASE}owl#").load(only_local=True, fileobj=sent)
        arrived = len(ontology.graph)
        if arrived != len(triples):
            raise UndecidedError(say("triples-lost", arrived=arrived, sent=len(triples)))
        world.save(str(path), format="ntriples")
    finally:
        world.close()


def _ask(java: str, owlready: Any, path: Path, deadline: float) -> subprocess.CompletedProcess[str]:
    """Return what HermiT answers when asked for the classes that can have no member."""
    home = Path(owlready.__file__).parent / "hermit"
    classes = os.pathsep.join((str(home), str(home / "HermiT.jar")))
    options = ("--ignoreUnsupportedDatatypes", "--no-prefixes", "--unsatisfiable")
    command = (java, _MEMORY, "-cp", classes, "org.semanticweb.HermiT.cli.CommandLine", *options, path.as_uri())
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=deadline, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise UndecidedError(say("reasoner-late", seconds=f"{deadline:g}")) from error
    except OSError as error:
        raise UndecidedError(say("reasoner-failed", detail=str(error))) from error


def _report(answer: subprocess.CompletedProcess[str], triples: int) -> ConsistencyReport:
    if answer.returncode and "InconsistentOntologyException" in answer.stderr:
        return ConsistencyReport(is_consistent=False, unsatisfiable=(), triples=triples)
    _, head, listed = answer.stdout.partition(_HEAD)
    if answer.returncode or not head:
        detail = " ".join((answer.stderr or answer.stdout).split())[:300]
        raise UndecidedError(say("reasoner-failed", detail=detail))
    classes = {line.strip() for line in listed.splitlines()[1:]} - {"", _NOTHING}
    return ConsistencyReport(is_consistent=True, unsatisfiable=tuple(sorted(classes)), triples=triples)
