"""The findings of an engine by the rules of the project; the plan of the rules is made once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rdflib import Graph
from rdflib.namespace import RDF

from hyte_graph.compliance.engines import Engine, Planner
from hyte_graph.model import Finding
from hyte_graph.store.knowledge import Knowledge

if TYPE_CHECKING:
    from hyte_graph.compliance.engines.compiled.plan import Plan

_PLAN = "plan of the rules"


def find(checker: Engine, data: Graph, knowledge: Knowledge) -> tuple[Finding, ...]:
    """Return the findings of all rules on a graph, sorted.

    Raises:
        UndecidedError: the engine could not carry out the validation.
    """
    if isinstance(checker, Planner):
        return checker.carry_out(data, plan_of_rules(knowledge))
    return checker.validate(data, knowledge.shapes_for({str(kind) for kind in data.objects(None, RDF.type)}))


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
    if _PLAN not in knowledge.kept:
        from hyte_graph.compliance.engines.compiled.engine import plan_of

        knowledge.kept[_PLAN] = plan_of(knowledge.rule_quads)
    return cast("Plan", knowledge.kept[_PLAN])
