"""pySHACL on rdflib memory: DATA SHAPES REPORT."""

import sys

sys.path.pop(0)  # this folder has a file of the same name
import pyshacl
from rdflib import Graph

data, shapes, report = sys.argv[1:]
found = pyshacl.validate(Graph().parse(data), shacl_graph=Graph().parse(shapes), do_owl_imports=False)[1]
found.serialize(report, format="nt", encoding="utf-8")
