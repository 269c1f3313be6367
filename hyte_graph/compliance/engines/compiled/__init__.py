"""SHACL compiled: a shapes graph becomes an immutable plan, and the plan is evaluated on columns for all nodes at once.

`compiler` reads shapes into a `plan` of `constraints`; `run` evaluates it on `columns`; `report` tells what was found.
Constraints in SPARQL go through `sparql` to `queries`. A plan holds no data and can be kept, or sent elsewhere.
"""
