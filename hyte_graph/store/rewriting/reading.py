"""Reading the structure of a query, strictly after the grammar of SPARQL 1.1; what is not of it is not read."""

from __future__ import annotations

from dataclasses import dataclass, field

from hyte_graph.store.rewriting.conjuncts import conjuncts
from hyte_graph.store.rewriting.cursor import Cursor, Expression
from hyte_graph.store.rewriting.tree import (
    NONE,
    Bind,
    Element,
    Exists,
    Filter,
    Graph,
    Group,
    Inner,
    Minus,
    Names,
    Optional,
    Select,
    Triples,
    Union,
    Values,
)
from hyte_graph.store.rewriting.words import UnreadError

_KEYWORDS = ("FILTER", "OPTIONAL", "MINUS", "GRAPH", "BIND", "VALUES", "SERVICE", "UNION", "EXISTS", "NOT")
_ALIAS = 5  # words of the shortest expression with a name: ( 1 AS ?x )


@dataclass(frozen=True, slots=True)
class Query:
    """A query as far as its groups go."""

    select: Select | None  # the whole; None where the query has no group
    has_chance: bool  # the same query need not have the same answer twice
    has_order: bool  # something in it depends on the order of solutions


@dataclass
class _Block:
    """What is gathered of a block of triples."""

    names: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)
    count: int = 0


def read(text: str) -> Query:
    """Return the structure of a query.

    Raises:
        UnreadError: it has a form that is not of SPARQL 1.1, or a blank node with a label.
    """
    try:
        return _Reader(text).query()
    except RecursionError as error:
        raise UnreadError from error


class _Reader(Cursor):
    def query(self) -> Query:
        while self.says("BASE", "PREFIX"):
            if self.take().keyword == "PREFIX":
                self.take_kind("name")
            self.take_kind("iri")
        start = self.here.start
        select = self._of_form(self.here.keyword, start)
        if self.here.kind != "end":
            raise UnreadError
        return Query(select, self.has_chance, self.has_order)

    def _of_form(self, form: str, start: int) -> Select | None:
        if form == "SELECT":
            return self._select()
        self.take("ASK", "CONSTRUCT", "DESCRIBE")
        if form == "CONSTRUCT" and self.says("{"):
            self._template()
        while form == "DESCRIBE" and (self.here.kind in ("variable", "iri", "name") or self.says("*")):
            self.take()
        self._sources()
        if form == "DESCRIBE" and not self.says("WHERE", "{"):
            return None
        return self._body(start, None, NONE, Expression())

    def _template(self) -> None:
        self.take("{")
        while not self.taken("}"):
            if self.says("{"):
                raise UnreadError
            self.take()

    def _sources(self) -> None:
        while self.taken("FROM"):
            self.taken("NAMED")
            self.take_kind("iri", "name")

    def _select(self) -> Select:
        start = self.take("SELECT").start
        self.taken("DISTINCT", "REDUCED")
        plain, made, found = set[str](), set[str](), Expression()
        is_all = self.taken("*")
        while not is_all and not self.says("FROM", "WHERE", "{"):
            if self.says("("):
                made.add(self._alias(found))
            else:
                plain.add(self.take_kind("variable").variable)
        self._sources()
        return self._body(start, None if is_all else frozenset(plain), frozenset(made), found)

    def _alias(self, found: Expression) -> str:
        """Go past an expression in brackets with a name, and return the name, which is the last variable in it."""
        start = self._at
        self.brackets(found)
        name, sign = self._words[self._at - 2], self._words[self._at - 3]
        if not name.variable or sign.keyword != "AS" or self._at - start < _ALIAS:
            raise UnreadError
        return name.variable

    def _body(self, start: int, handed_on: Names | None, aliases: Names, found: Expression) -> Select:
        self.taken("WHERE")
        group = self.group()
        self._modifiers(found)
        return Select(
            start=start,
            end=self._words[self._at - 1].end,
            groups=(group,),
            own=frozenset(found.names) | aliases | (handed_on or NONE),
            handed_on=handed_on,
            aliases=aliases,
            tests=tuple(found.tests),
        )

    def _modifiers(self, found: Expression) -> None:
        while self.here.kind != "end" and not self.says("}"):
            if self.says("VALUES"):
                found.names |= self._values().own
            elif self.says("("):
                self.brackets(found)
            else:
                found.names |= {self.take_kind("word", "number", "variable", "iri", "name").variable} - {""}

    def group(self) -> Group:
        start = self.take("{").start
        elements = list[Element]()
        if self.says("SELECT"):
            elements.append(self._select())
        while not self.says("}"):
            elements.append(self._element())
            self.taken(".")
        return Group(tuple(elements), start, self.take("}").end)

    def _element(self) -> Element:
        word = self.here
        if self.says("{"):
            return self._union()
        if word.keyword in _KEYWORDS:
            known = {"FILTER": self._filter, "BIND": self._bind, "VALUES": self._values, "GRAPH": self._graph}
            if word.keyword in known:
                return known[word.keyword]()
            self.take("OPTIONAL", "MINUS")
            group = self.group()
            kind = Optional if word.keyword == "OPTIONAL" else Minus
            return kind(start=word.start, end=group.end, groups=(group,))
        return self._triples()

    def _union(self) -> Element:
        groups = [self.group()]
        while self.taken("UNION"):
            groups.append(self.group())
        kind = Union if groups[1:] else Inner
        return kind(start=groups[0].start, end=groups[-1].end, groups=tuple(groups))

    def _graph(self) -> Element:
        start = self.take("GRAPH").start
        name = self.take_kind("variable", "iri", "name").variable
        group = self.group()
        return Graph(start=start, end=group.end, groups=(group,), own=frozenset({name} - {""}))

    def _filter(self) -> Element:
        start, found = self.take("FILTER").start, Expression()
        first = self._at
        self.constraint(found)
        return Filter(
            start=start,
            end=self._words[self._at - 1].end,
            groups=tuple(test.group for test in found.tests),
            own=frozenset(found.names),
            tests=tuple(found.tests),
            sole=self._sole(found, first),
            required=conjuncts(self._words[first : self._at + 1], found.tests) if found.tests else (),
        )

    def _sole(self, found: Expression, first: int) -> Exists | None:
        """Return the one EXISTS of a filter if there is nothing else in it but brackets around it."""
        if len(found.tests) != 1:
            return None
        before = (word for word in self._words[first : self._at] if word.start < found.tests[0].start)
        behind = (word for word in self._words[first : self._at] if word.start >= found.tests[0].group.end)
        is_bare = all(word.sign == "(" for word in before) and all(word.sign == ")" for word in behind)
        return found.tests[0] if is_bare else None

    def _bind(self) -> Element:
        start, found = self.take("BIND").start, Expression()
        target = self._alias(found)
        return Bind(
            start=start,
            end=self._words[self._at - 1].end,
            groups=tuple(test.group for test in found.tests),
            own=frozenset(found.names),
            target=target,
            tests=tuple(found.tests),
        )

    def _values(self) -> Values:
        start = self.take("VALUES").start
        names = set[str]()
        if self.taken("("):
            while not self.taken(")"):
                names.add(self.take_kind("variable").variable)
        else:
            names.add(self.take_kind("variable").variable)
        is_full = self._rows()
        end = self._words[self._at - 1].end
        return Values(start=start, end=end, own=frozenset(names), is_full=is_full)

    def _rows(self) -> bool:
        self.take("{")
        is_full, depth = True, 0
        while depth or not self.taken("}"):
            if self.says("(", ")"):
                depth += 1 if self.take().sign == "(" else -1
            elif self.taken("UNDEF"):
                is_full = False
            else:
                self.term()
            if depth not in (0, 1):
                raise UnreadError
        return is_full

    def _triples(self) -> Element:
        start, block = self.here.start, _Block()
        while True:
            is_node = self.says("[", "(")
            subject = self._node(block)
            if not (is_node and self.says(".", "}", *_KEYWORDS)):
                self._properties(subject, block)
            if not (self.says(".") and self._goes_on()):
                break
            self.take(".")
        return Triples(
            start=start,
            end=self._words[self._at - 1].end,
            own=frozenset(block.names),
            count=block.count,
            loose=frozenset(block.loose),
        )

    def _goes_on(self) -> bool:
        """Return whether more triples come after a full stop."""
        return not (self.after.kind == "end" or self.after.sign in ("}", "{", ".") or self.after.keyword in _KEYWORDS)

    def _properties(self, subject: str, block: _Block) -> None:
        while True:
            self._objects(subject, block)
            while self.taken(";"):
                pass
            if self.says(".", "}", "]", "{") or self.here.keyword in _KEYWORDS or self.here.kind == "end":
                return
            if self._words[self._at - 1].sign != ";":
                raise UnreadError

    def _objects(self, subject: str, block: _Block) -> None:
        path = self.path()
        block.names |= path.names
        while True:
            thing = self._node(block)
            block.count += path.steps
            if path.may_be_empty:
                block.loose |= {subject, thing} - {""}
            if not self.taken(","):
                return

    def _node(self, block: _Block) -> str:
        """Go past a term, a blank node or a list, and return the name of a variable or nothing."""
        if self.taken("["):
            if not self.taken("]"):
                self._properties("", block)
                self.take("]")
        elif self.taken("("):
            while not self.taken(")"):
                block.count += 2
                self._node(block)
        else:
            name = self.term()
            block.names |= {name} - {""}
            return name
        return ""
