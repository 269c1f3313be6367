"""pyrudof: DATA SHAPES REPORT."""

import sys
from pathlib import Path

sys.path.pop(0)  # this folder has a file of the same name
import pyrudof

data, shapes, report = sys.argv[1:]
rudof = pyrudof.Rudof(pyrudof.RudofConfig())
rudof.read_data(Path(data))
rudof.read_shacl(Path(shapes))
rudof.validate_shacl()
found = rudof.serialize_shacl_validation_results(pyrudof.ResultShaclValidationFormat.NTriples)
Path(report).write_text(found, encoding="utf-8")
