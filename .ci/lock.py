"""Prints requirements.lock from the report of pip on what it would install: every package with its version and hash."""

from __future__ import annotations

import json
import sys
from pathlib import Path

HEAD = "# Every package that the project and its tests need, for Python 3.11 on Linux (x86_64); made by: just lock\n"


def main() -> None:
    """Print one entry for each package but the project itself."""
    items = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["install"]
    found = {item["metadata"]["name"].lower().replace("_", "-"): item for item in items}
    sys.stdout.write(HEAD)
    for name in sorted(found.keys() - {"hyte-graph"}):
        digest = found[name]["download_info"]["archive_info"]["hashes"]["sha256"]
        sys.stdout.write(f"{name}=={found[name]['metadata']['version']} \\\n    --hash=sha256:{digest}\n")


if __name__ == "__main__":
    main()
