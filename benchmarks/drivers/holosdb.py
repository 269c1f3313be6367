"""holosdb: DATA SHAPES REPORT; it hands back values, which are written as JSON."""

import json
import sys
from pathlib import Path

sys.path.pop(0)  # this folder has a file of the same name
import holosdb

data, shapes, report = sys.argv[1:]
store = holosdb.Store()
store.load(data)
Path(report).write_text(json.dumps(store.validate(shapes)["results"]), encoding="utf-8")
