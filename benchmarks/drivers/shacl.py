"""The Rust engine `shacl`: DATA SHAPES REPORT."""

import sys
from pathlib import Path

sys.path.pop(0)  # this folder has a file of the same name
import shacl

data, shapes, report = map(Path, sys.argv[1:])
compiled = shacl.Shapes.from_text(shapes.read_text(encoding="utf-8"), "turtle")
found = compiled.validate_text(data.read_text(encoding="utf-8"), "turtle")
report.write_text(found.serialize("ntriples"), encoding="utf-8")
