"""The findings of an engine by the rules of the project; the plan of the rules is made once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rdflib import Graph
from rdflib.namespace import RDF

from hyte_graph.compliance.engines import Engine, Planner
from hyte_graph.model import Finding
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.statements import Statement

if TYPE_CHECKING:
    from hyte_graph.compliance.engines.compiled.plan import Plan


def find(checker: Engine, data: Iterable[Statement], knowledge: Knowledge) -> tuple[Finding, ...]:
    """Return the findings of all rules on some triples, sorted.

    Raises:
        UndecidedError: the engine could not carry out the validation.
    """
    if isinstance(checker, Planner):
        return checker.carry_out(data, plan_of_rules(knowledge))
    graph = data if isinstance(data, Graph) else _graph(data)
    return checker.validate(graph, knowledge.shapes_for({str(kind) for kind in graph.objects(None, RDF.type)}))


def _graph(triples: Iterable[Statement]) -> Graph:
    graph = Graph(bind_namespaces="none")
    for triple in triples:
        graph.add(triple)
    return graph


def find_by_all(checker: Engine, data: Graph, knowledge: Knowledge) -> tuple[Finding, ...]:
    """Return the same as `find`, with every rule handed to the engine, also those that cannot find anything.

    Raises:
        UndecidedError: the engine could not carry out the validation.
    """
    if isinstance(checker, Planner):
        return checker.carry_out(data, plan_of_rules(knowledge))
    return checker.validate(data, knowledge.shapes)


def plan_of_rules(knowledge: Knowledge) -> Plan:
    """Return the plan of all rules; it is made once for each knowledge."""
    return knowledge.prepared("plan", lambda: _plan(knowledge))


def _plan(knowledge: Knowledge) -> Plan:
    from hyte_graph.compliance.engines.compiled.engine import plan_of

    return plan_of(knowledge.rule_quads)
