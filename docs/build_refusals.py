"""Writes refusals.md: the code of every refusal with what it says, from the files of sentences."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "refusals.md"
SOURCES = (ROOT / "hyte_graph" / "sentences", ROOT / "web" / "hyte_web" / "wording")
HEAD = """# Refusals and their codes

What cannot be read, checked or asked is refused in one sentence in the language of the reader. Programs go by its code, which stays the same when the words change:

- the command line prints it in brackets after the sentence, such as `[too-deep]`;
- the JSON report has it in `dataErrors`, beside the sentence;
- the site answers with a problem document (RFC 9457): `code` for the first fault, `errors` for all where there are several, and `requestId`, the number under which the request stands in the log. A problem of the request alone has the name of its HTTP status as its code, such as `not-found`.

<!-- test: run exit=3 -->
```sh
hyte check missing.yaml --lang en
```

Exit code 3 means that the file must be mended, 2 that the command must, 4 that the checks could not be carried out, 5 that a limit was reached. None of them says anything of a duty.

| Code | What is said |
|---|---|
"""  # noqa: E501  prose of a page, one paragraph a line


def text() -> str:
    """Return the page."""
    said: dict[str, set[str]] = defaultdict(set)
    for folder in SOURCES:
        for path in sorted(folder.glob("*.toml")):
            for sentence in tomllib.loads(path.read_text(encoding="utf-8")).values():
                if "code" in sentence:
                    said[sentence["code"]].add(sentence["en"])
    rows = (f"| `{code}` | {'<br>'.join(_cell(item) for item in sorted(said[code]))} |\n" for code in sorted(said))
    return HEAD + "".join(rows)


def _cell(sentence: str) -> str:
    return sentence.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;")


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
