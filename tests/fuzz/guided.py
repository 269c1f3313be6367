"""Fuzzing that is led by what an input reaches: `python -m tests.fuzz.guided NAME FOLDER [-max_total_time=60 …]`.

NAME is one of `parsers.NAMES`; FOLDER holds inputs and gets those that reach something new. It needs atheris, a fuzzer
for Linux and macOS, which the project does not install; what stands after the folder goes to it. `--keep` writes the
inputs of the folder into the corpus of the tests.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

CORPUS = Path(__file__).with_name("corpus.json")
_LONGEST = 3_000  # bytes of an input that is kept
_MOST = 40  # inputs of one parser that are kept


def corpus() -> dict[str, list[bytes]]:
    """Return the inputs that are kept, by the name of what reads them; each byte stands as one character."""
    told = json.loads(CORPUS.read_text(encoding="utf-8")) if CORPUS.exists() else {}
    return {name: [text.encode("latin-1") for text in texts] for name, texts in told.items()}


def keep(name: str, folder: Path) -> None:
    """Put the shortest inputs of a folder into the corpus."""
    found = sorted((path.read_bytes() for path in folder.iterdir()), key=lambda content: (len(content), content))
    known = corpus() | {name: [content for content in found if len(content) <= _LONGEST][:_MOST]}
    told = {name: [content.decode("latin-1") for content in known[name]] for name in sorted(known)}
    CORPUS.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    name, folder, *words = sys.argv[1:]
    if words == ["--keep"]:
        keep(name, Path(folder))
        return
    import atheris

    with atheris.instrument_imports(include=["hyte_graph.intake", "hyte_graph.store"]):
        from tests.fuzz.parsers import handed_in
    atheris.Setup(["guided", *words, folder], lambda content: handed_in(content, name))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
