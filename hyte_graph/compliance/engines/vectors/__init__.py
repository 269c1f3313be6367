"""Large data on columns of numpy: the same plans as `compiled`, evaluated as whole arrays of numbers.

`reading` turns files into a `Table` of terms and columns, with `words` to tell which terms are equal, and `ahead` and
`rest` to read a large file by two processes; `snapshot` keeps it, and `merging` makes one of several. `run` evaluates a
plan on it, with `violations` for each kind of constraint, `walking` for paths and `asking` for constraints in SPARQL.
What has no form on arrays goes to `compiled`, constraint by constraint, and is named. Only who has large data imports
this package.
"""
