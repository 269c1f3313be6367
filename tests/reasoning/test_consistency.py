"""The ontology in OWL: consistent, no class that can have no member, and a reasoner that can tell when it is not so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pyoxigraph
import pytest

from hyte_graph.errors import MissingToolError, UndecidedError
from hyte_graph.messages import say
from hyte_graph.reasoning import consistency
from hyte_graph.reasoning.consistency import check_consistency
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import HYTE, PREFIXES, iri
from tests.conftest import ROOT

TERMS = ("core.ttl", "alignments", "registers/council-terms.ttl")
HEAD = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("actor", "hyte", "module", "owl", "rdfs", "xsd"))


needs_java = pytest.mark.usefixtures("java")


@pytest.fixture
def extended(tmp_path, knowledge):
    """Return a function from Turtle to the terms of the ontology with these triples added."""

    def with_triples(body: str) -> Knowledge:
        for name in TERMS:
            source, goal = knowledge.ontology / name, tmp_path / "ontology" / name
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(source, goal, dirs_exist_ok=True) if source.is_dir() else shutil.copy(source, goal)
        (tmp_path / "ontology" / "registers" / "extra.ttl").write_text(HEAD + body, encoding="utf-8")
        return Knowledge(tmp_path / "ontology", tmp_path / "rules")

    return with_triples


@needs_java
def test_the_ontology_is_consistent_and_every_class_can_have_members(knowledge):
    report = check_consistency(knowledge)
    assert report.is_consistent
    assert report.unsatisfiable == ()
    files = [path for path in knowledge.ontology.rglob("*.ttl") if path.name != "quality.ttl"]
    sent = {quad.triple for path in files for quad in pyoxigraph.parse(path=str(path))}
    assert report.triples == len(sent) > 25_000


@needs_java
def test_a_thing_of_two_disjoint_classes_is_a_contradiction(extended):
    report = check_consistency(extended("actor:x a hyte:Municipality , hyte:WellbeingServicesCounty ."))
    assert not report.is_consistent
    assert report.unsatisfiable == ()


@needs_java
def test_a_contradiction_that_only_follows_from_a_range_is_found(extended):
    body = "actor:x a hyte:Duty ; hyte:considers actor:y . actor:y a hyte:Actor ."
    assert not check_consistency(extended(body)).is_consistent


@needs_java
def test_a_class_that_can_have_no_member_is_named(extended):
    body = "hyte:Impossible a owl:Class ; rdfs:subClassOf hyte:Municipality , hyte:JointAuthority ."
    report = check_consistency(extended(body))
    assert report.is_consistent
    assert report.unsatisfiable == (HYTE + "Impossible",)


@needs_java
def test_dates_and_odd_literals_do_not_stop_the_reasoner(extended):
    body = 'actor:x hyte:startsOn "2025-06-01"^^xsd:date , "no day"^^xsd:date ; rdfs:label "\\"a\\"\\n\\\\ä😀"@sv .'
    assert check_consistency(extended(body)).is_consistent


@needs_java
def test_mappings_to_dpv_are_not_sent(extended):
    plain = check_consistency(extended("actor:x a hyte:Municipality ."))
    folder = extended("actor:x a hyte:Municipality . hyte:Duty rdfs:seeAlso <https://w3id.org/dpv#Duty> .")
    assert check_consistency(folder).triples == plain.triples


@needs_java
def test_an_import_is_never_followed(extended):
    asked = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

    server = HTTPServer(("127.0.0.1", 0), Listener)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/other"
    try:
        report = check_consistency(extended(f"module:core owl:imports <{address}> ."))
    finally:
        server.shutdown()
        server.server_close()
    assert report.is_consistent
    assert asked == []


def test_no_class_of_the_ontology_is_at_once_a_thing(knowledge):
    triples = knowledge.triples
    classes = set(triples.of_class(PREFIXES["owl"] + "Class"))
    kinds = {address: set(triples.values(address, "rdf:type")) for address in classes}
    assert {address for address, found in kinds.items() if found != {PREFIXES["owl"] + "Class"}} == set()
    assert not {address for address in classes if address.startswith(iri("norm", ""))}


@needs_java
def test_the_reasoner_is_stopped_at_the_deadline(extended):
    with pytest.raises(UndecidedError, match=r"^The OWL reasoner gave no answer within 0\.01 seconds\.$"):
        check_consistency(extended(""), deadline=0.01)


@needs_java
def test_triples_that_do_not_arrive_leave_the_question_open(extended, monkeypatch):
    import owlready2

    class Deaf:
        graph = ()

        def load(self, **_):
            return self

    class World:
        get_ontology = staticmethod(lambda _: Deaf())
        close = staticmethod(lambda: None)

    monkeypatch.setattr(owlready2, "World", World)
    with pytest.raises(UndecidedError, match=r"^Only 0 of \d+ triples reached the OWL reasoner\.$"):
        check_consistency(extended(""))


def test_a_machine_without_java_gets_one_sentence(knowledge, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingToolError) as caught:
        check_consistency(knowledge)
    assert caught.value.message == say("java-missing")
    assert str(caught.value).startswith("Java is missing, so the OWL reasoner cannot run; install a Java runtime ")
    assert str(caught.value).count(".") == 1


@pytest.mark.parametrize(("ci", "said"), [("true", "1 error"), ("", "1 skipped")])
def test_a_build_without_java_fails_and_does_not_skip(ci, said):
    here = f"{Path(__file__).relative_to(ROOT)}::test_a_thing_of_two_disjoint_classes_is_a_contradiction"
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", here)
    environment = os.environ | {"PATH": "", "CI": ci}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert said in done.stdout.splitlines()[-1], done.stdout + done.stderr
    assert bool(done.returncode) == bool(ci)


def test_a_machine_without_owlready2_gets_one_sentence(knowledge, monkeypatch):
    monkeypatch.setattr(consistency.shutil, "which", lambda _: "java")
    monkeypatch.setitem(sys.modules, "owlready2", None)
    with pytest.raises(
        MissingToolError, match=r"^The OWL reasoner is not installed; install hyte-graph\[reasoning\]\.$"
    ):
        check_consistency(knowledge)


@pytest.mark.parametrize("script", ["echo broken >&2; exit 3", "exit 0"])
def test_a_java_that_does_not_answer_leaves_the_question_open(script, extended, tmp_path, monkeypatch):
    java = tmp_path / "java"
    java.write_text(f"#!/bin/sh\n{script}\n")
    java.chmod(0o755)
    monkeypatch.setattr(consistency.shutil, "which", lambda _: str(java))
    with pytest.raises(UndecidedError, match=r"^The OWL reasoner gave no answer: "):
        check_consistency(extended(""))


@needs_java
def test_no_file_is_left_behind(extended, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = set(Path(tmp_path).iterdir())
    known = extended("")
    check_consistency(known)
    assert set(Path(tmp_path).iterdir()) - before == {tmp_path / "ontology"}
