"""A shapes graph as an index from subject and predicate to objects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property

from hyte_graph.compliance.engines.compiled.terms import (
    FIRST,
    NIL,
    REST,
    SUBCLASS_OF,
    TRUE,
    TYPE,
    Term,
    is_iri,
    is_literal,
    named,
    parts,
    text,
)
from hyte_graph.errors import UndecidedError
from hyte_graph.messages import say

Triple = tuple[Term, Term, Term]

_NOTHING: dict[Term, list[Term]] = {}


@cache
def sh(name: str) -> Term:
    """Return the term of a name of SHACL."""
    return named("sh", name)


class ShapesGraph:
    """The triples of a shapes graph."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples: tuple[Triple, ...] = tuple(dict.fromkeys(triples))
        self._told: dict[Term, dict[Term, list[Term]]] = {}
        self._holders: dict[Term, dict[Term, list[Term]]] = {}
        for subject, predicate, thing in self.triples:
            self._told.setdefault(subject, {}).setdefault(predicate, []).append(thing)

    def changed(self, removed: Iterable[Triple], added: Iterable[Triple]) -> ShapesGraph:
        """Return the graph without some triples and with others; what is told of all other subjects is shared."""
        other = ShapesGraph(())
        other.triples = self.triples  # of the graph before: a change is for trying shapes, not for asking in SPARQL
        other._told = dict(self._told)
        for subject in {triple[0] for triple in (*removed, *added)}:
            other._told[subject] = {predicate: list(things) for predicate, things in self.told(subject).items()}
        for subject, predicate, thing in removed:
            left = [one for one in other._told[subject].pop(predicate, ()) if one != thing]
            if left:
                other._told[subject][predicate] = left
        for subject, predicate, thing in added:
            other._told[subject].setdefault(predicate, []).append(thing)
        return other

    def told(self, node: Term) -> dict[Term, list[Term]]:
        """Return what is told of a node, by predicate."""
        return self._told.get(node, _NOTHING)

    def objects(self, node: Term, name: str) -> list[Term]:
        """Return the objects of a property of SHACL."""
        return self.told(node).get(sh(name), [])

    def values(self, node: Term, predicate: Term) -> list[Term]:
        """Return the objects of any property."""
        return self.told(node).get(predicate, [])

    def holders(self, predicate: Term, thing: Term) -> list[Term]:
        """Return the subjects that have an object."""
        if predicate not in self._holders:
            found = self._holders[predicate] = defaultdict(list)
            for subject, told in self._told.items():
                for item in told.get(predicate, ()):
                    found[item].append(subject)
        return self._holders[predicate].get(thing, [])

    @cached_property
    def components(self) -> tuple[Term, ...]:
        """Return the constraint components that the graph declares."""
        parameter = sh("parameter")
        declaring = [node for node, told in self._told.items() if parameter in told]
        return tuple(node for node in declaring if self.is_instance(node, sh("ConstraintComponent")))

    def below(self, nodes: Iterable[Term]) -> tuple[Triple, ...]:
        """Return the triples of nodes and of everything that these lead to."""
        waiting, seen, found = list(nodes), set[Term](), list[Triple]()
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                for predicate, things in self.told(node).items():
                    found += [(node, predicate, thing) for thing in things]
                    waiting += things
        return tuple(sorted(found))

    def subjects(self) -> list[Term]:
        """Return every subject."""
        return list(self._told)

    def items(self, head: Term) -> list[Term]:
        """Return the members of a list.

        Raises:
            UndecidedError: the list is broken.
        """
        found, seen = list[Term](), set[Term]()
        while head != NIL:
            first, rest = self.values(head, FIRST), self.values(head, REST)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise ill_formed(head, "rdf:List")
            seen.add(head)
            found.append(first[0])
            head = rest[0]
        return found

    def is_instance(self, node: Term, kind: Term) -> bool:
        """Return whether a node is of a class or of a subclass of it."""
        waiting, seen = list(self.values(node, TYPE)), set[Term]()
        while waiting:
            found = waiting.pop()
            if found == kind:
                return True
            if found not in seen:
                seen.add(found)
                waiting += self.values(found, SUBCLASS_OF)
        return False

    def instances(self, kind: Term) -> list[Term]:
        """Return the nodes that are of a class or of a subclass of it."""
        return [node for node in self.subjects() if self.is_instance(node, kind)]

    def is_true(self, node: Term, name: str) -> bool:
        """Return whether a property is true; SHACL knows one way only to write that."""
        return TRUE in self.objects(node, name)

    def count(self, node: Term, name: str) -> list[int]:
        """Return the whole numbers that a property has.

        Raises:
            UndecidedError: a value is no whole number.
        """
        found = []
        for term in self.objects(node, name):
            lexical = text(term)
            if not is_literal(term) or not parts(term)[1].lower().endswith(("integer", "int", "long", "short", "byte")):
                raise ill_formed(node, f"sh:{name}")
            if not lexical.removeprefix("+").isdecimal():
                raise ill_formed(node, f"sh:{name}")
            found.append(int(lexical))
        return found

    def texts(self, node: Term, name: str) -> list[str]:
        """Return the texts that a property has.

        Raises:
            UndecidedError: a value is no literal.
        """
        found = self.objects(node, name)
        if not all(map(is_literal, found)):
            raise ill_formed(node, f"sh:{name}")
        return [text(term) for term in found]

    def predicate(self, node: Term, name: str) -> list[Term]:
        """Return the properties that a property names.

        Raises:
            UndecidedError: a value is no IRI.
        """
        found = self.objects(node, name)
        if not all(map(is_iri, found)):
            raise ill_formed(node, f"sh:{name}")
        return found


def ill_formed(node: Term, what: str) -> UndecidedError:
    """Return the error for a shape that is not well formed."""
    return UndecidedError(say("shape-ill-formed", shape=text(node), what=what))
