"""pyshifty, without its rules of inference: DATA SHAPES REPORT."""

import sys
from pathlib import Path

import shifty

data, shapes, report = sys.argv[1:]
found = shifty.validate(Path(data), Path(shapes), infer=False, graph_mode="data", sort_results=False)[1]
found.serialize(report, format="nt", encoding="utf-8")
