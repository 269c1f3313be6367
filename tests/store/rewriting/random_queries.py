"""Random small data sets and random queries with EXISTS in them, of every form that a group may have."""

from __future__ import annotations

from random import Random

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

PREFIX = "PREFIX : <urn:x:> "
PREDICATES = ("p", "q", "r")
NAMES = ("a", "b", "c", "d", "e")
NODES = [NamedNode(f"urn:x:n{number}") for number in range(5)] + [BlankNode("k"), BlankNode("l")]
VALUES = [Literal(1), Literal("1"), Literal("s", language="fi")]
GRAPHS = [NamedNode("urn:x:g1"), NamedNode("urn:x:g2")]


def random_store(chance: Random) -> Store:
    store = Store()
    for _ in range(chance.randint(3, 24)):
        predicate = NamedNode(f"urn:x:{chance.choice(PREDICATES)}")
        thing = chance.choice(NODES + VALUES)
        store.add(Quad(chance.choice(NODES), predicate, thing, chance.choice(GRAPHS)))
    return store


class Writer:
    """Writes queries; most groups are joins, most variables are shared, and all else comes up now and then."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.made = 0

    def query(self) -> str:
        group = self.group(2, must_test=True)
        pick = self.chance.random()
        if pick < 0.1:
            return f"{PREFIX}ASK {group}"
        if pick < 0.2:
            return f"{PREFIX}SELECT ?a (COUNT(?b) AS ?n) {group} GROUP BY ?a"
        if pick < 0.25:
            return f"{PREFIX}CONSTRUCT {{ ?a :p ?b }} WHERE {group}"
        names = " ".join(f"?{name}" for name in NAMES)
        return f"{PREFIX}SELECT {self.chance.choice(['', 'DISTINCT '])}{names} WHERE {group}"

    def group(self, depth: int, *, must_test: bool = False) -> str:
        parts = [self.triples()] if self.chance.random() < 0.92 else []
        others = (self.filter, self.optional, self.union, self.graph, self.bind, self.values, self.minus, self.select)
        weights = (3, 3, 2, 2, 1, 1, 1, 1)
        if depth > 0:
            kinds = self.chance.choices(others, weights, k=self.chance.choice((0, 0, 1, 1, 2)))
            parts += [kind(depth - 1) for kind in kinds]
            parts += [self.triples() for _ in range(self.chance.choice((0, 0, 1)))]
            if must_test or self.chance.random() < 0.35:
                parts.insert(self.chance.randint(min(1, len(parts)), len(parts)), self.test(depth - 1))
        return "{ " + " ".join(parts) + " }"

    def variable(self) -> str:
        return f"?{self.chance.choice(NAMES)}"

    def triples(self) -> str:
        return " ".join(self.triple() for _ in range(self.chance.choice((1, 1, 2, 2, 3))))

    def triple(self) -> str:
        pick = self.chance.random()
        if pick < 0.06:
            return f"{self.variable()} :p [ :q {self.variable()} ] ."
        subject = self.variable() if self.chance.random() < 0.9 else f":n{self.chance.randint(0, 4)}"
        thing = (
            self.variable() if self.chance.random() < 0.85 else self.chance.choice((":n0", ":n1", ":n2", "1", '"1"'))
        )
        return f"{subject} {self.verb()} {thing} ."

    def verb(self) -> str:
        plain = f":{self.chance.choice(PREDICATES)}"
        other = f":{self.chance.choice(PREDICATES)}"
        paths = (
            f"{plain}/{other}",
            f"^{plain}",
            f"{plain}|{other}",
            f"{plain}*",
            f"{plain}?",
            f"{plain}+",
            f"!{plain}",
            f"{plain}/{other}*",
        )
        pick = self.chance.random()
        if pick < 0.05:
            return self.variable()
        return plain if pick < 0.82 else self.chance.choice(paths)

    def test(self, depth: int) -> str:
        word = "NOT EXISTS" if self.chance.random() < 0.7 else "EXISTS"
        pick = self.chance.random()
        if pick < 0.06:
            return f"FILTER({self.condition()} || {word} {self.group(depth)})"
        if pick > 0.75:
            return f"FILTER({self.joined(word, depth)})"
        return f"FILTER({word} {self.group(depth)})" if pick < 0.15 else f"FILTER {word} {self.group(depth)}"

    def joined(self, word: str, depth: int) -> str:
        """Return an EXISTS among other conditions, in most of which it must hold."""
        test, one, two = f"{word} {self.group(depth)}", self.condition(), self.condition()
        forms = (
            f"{one} && {test}",
            f"{test} && {one}",
            f"{one} && ({test} && {two})",
            f"({one} || {two}) && {test}",
            f"{test} && NOT EXISTS {self.group(0)}",
            f"({test}) && ({one})",
            f"{one} && {test} || {two}",
            f"{one} && !({test})",
            f"({one} && {test}) = {two}",
            f"IF({one}, {test}, {two})",
        )
        return self.chance.choice(forms)

    def condition(self) -> str:
        forms = (
            "{0} != {1}",
            "BOUND({0})",
            "!BOUND({0})",
            "isIRI({0})",
            "STR({0}) < STR({1})",
            "{0} = :n1",
            "{0} IN (:n1, :n2, 1)",
        )
        return self.chance.choice(forms).format(self.variable(), self.variable())

    def filter(self, _: int) -> str:
        return f"FILTER({self.condition()})"

    def optional(self, depth: int) -> str:
        return f"OPTIONAL {self.group(depth)}"

    def union(self, depth: int) -> str:
        count = self.chance.choice((1, 2, 2))
        return " UNION ".join(self.group(depth) for _ in range(count))

    def graph(self, depth: int) -> str:
        name = self.chance.choice((":g1", ":g2", self.variable(), self.variable()))
        return f"GRAPH {name} {self.group(depth)}"

    def bind(self, _: int) -> str:
        self.made += 1
        target = f"?m{self.made}" if self.chance.random() < 0.7 else self.variable()
        return f"BIND({self.chance.choice((self.variable(), f'STR({self.variable()})', ':n1'))} AS {target})"

    def values(self, _: int) -> str:
        if self.chance.random() < 0.5:
            return f"VALUES {self.variable()} {{ :n1 :n2 1 }}"
        first, second = self.chance.sample(NAMES, 2)
        return f"VALUES (?{first} ?{second}) {{ (:n1 :n2) (UNDEF :n1) (:n0 1) }}"

    def minus(self, depth: int) -> str:
        return f"MINUS {self.group(depth)}"

    def select(self, depth: int) -> str:
        head = self.chance.choice(
            (f"DISTINCT {self.variable()}", "*", f"{self.variable()} (COUNT(*) AS ?n{self.made})")
        )
        self.made += 1
        end = f" GROUP BY {head.split()[0]}" if "COUNT" in head else ""
        return f"{{ SELECT {head} WHERE {self.group(depth)}{end} }}"
