"""SPARQL-based constraints: refused, rewritten to ask for all focus nodes at once, or asked for one at a time."""
