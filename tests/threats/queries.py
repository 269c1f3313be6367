"""Hostile queries by the row of the threat model that they are of; tests and the benchmark of load ask the same."""

from __future__ import annotations


def heavy(p: str = "<urn:p>", q: str = "<urn:q>") -> dict[str, str]:
    """Return queries that no engine ends in time; `p` and `q` are predicates or paths that the data have."""
    fifty = "a" * 50
    swelling = zip(("?s", "?a", "?b", "?c", "?d"), ("?a", "?b", "?c", "?d", "?e"), strict=True)
    replaced = "".join(f'BIND(REPLACE({before}, "a", "{fifty}") AS {after})' for before, after in swelling)
    doubled = "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
    values = "".join(f"VALUES ?v{n} {{ {'1 ' * 100} }}" for n in range(6))
    optional = "".join(f"OPTIONAL {{ ?a{n} {p} ?b{n} }}" for n in range(20))
    return {
        "A1": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "A2": f"SELECT (COUNT(*) AS ?n) {{ ?a ({p}|{q})* ?b }}",
        "A3": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:none>)* ?b }",
        "A4": f"SELECT (COUNT(*) AS ?n) {{ ?a (({p}/{q})+|({q}/^{p})*)+ ?b }}",
        "A5": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f LIMIT 1",
        "A6": f"SELECT (COUNT(*) AS ?n) {{ {values} }}",
        "A7": f"SELECT (COUNT(*) AS ?n) {{ {optional} }}",
        "A8": f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c FILTER NOT EXISTS {{ ?d {p} ?e FILTER NOT EXISTS"
        f" {{ ?f {q} ?g FILTER(?g != ?c && ?e != ?f && STRLEN(STR(?a)) > 99) }} FILTER(STRLEN(STR(?a)) > 98) }} }}",
        "A11": f'SELECT (STRLEN(?e) AS ?n) {{ BIND("{fifty}" AS ?s) {replaced} }}',
        "A12": f'SELECT (STRLEN(?x40) AS ?n) {{ BIND("aaaaaaaa" AS ?x0) {doubled} }}',
    }


def expressions() -> dict[str, tuple[str, str]]:
    """Return queries with a regular expression that backtracks or swells, and what their one cell must hold."""
    backtracking, swelling = "^(a+)+$", "((((a{1,1000}){1,1000}){1,1000}){1,1000})"
    return {
        "A9": (f'SELECT (REGEX(?t, "{backtracking}") AS ?m) {{ VALUES ?t {{ "{"a" * 28}!" }} }}', "false"),
        "A10": (f'SELECT (REGEX("aaa", "{swelling}") AS ?m) {{}}', ""),
    }


def scans(count: int = 660) -> str:
    """Return a query that reads all that is there so many times over; more than these are refused as too long."""
    return f"SELECT (COUNT(*) AS ?n) {{ {' UNION '.join(['{?a ?b ?c}'] * count)} }}"


def deadly() -> list[tuple[str, str, str]]:
    """Return the row, the text and the code of the refusal of queries that would end the process of the engine."""
    columns = "".join(f"(1 AS ?x{n})" for n in range(4500))
    return [
        ("A13", f"ASK {{ FILTER({'(' * 4700}1{')' * 4700}) }}", "query-too-deep"),
        ("A14", f"SELECT * {'{' * 2200}{'}' * 2200}", "query-too-deep"),
        ("A15", f"ASK {{ FILTER({'1+' * 6900}1) }}", "query-too-long"),
        ("A15", f"ASK {{ {'{} UNION ' * 6600}{{}} }}", "query-too-long"),
        ("A15", f"ASK {{ FILTER({'1||' * 20_000}1) }}", "query-too-long"),
        ("A15", f"ASK {{ ?a ?b ?c{'; ?b ?c' * 8000} }}", "query-too-long"),
        ("A15", f"ASK {{ ?a ?b ?c{', ?c' * 12_000} }}", "query-too-long"),
        ("A15", f"ASK {{ ?a ?b ({'1 ' * 30_000}) }}", "query-too-long"),
        ("A15", f"ASK {{}} HAVING{'(1)' * 20_000}", "query-too-long"),
        ("A15", f"SELECT {columns} {{}}", "query-too-long"),
        ("A15", f"ASK {{}} #{'x' * 70_000}", "query-too-long"),
    ]


def calling(address: str) -> list[str]:
    """Return the spellings of a call to another server."""
    return [
        f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ VALUES ?x {{ <{address}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE # a remark\n <{address}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ service <{address}> {{ ?s ?p ?o }} }}",
    ]
