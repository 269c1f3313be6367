"""Write the components of the web's look: rules of hds-core under the class names that the templates use.

    python docs/build_look.py node_modules/hds-core

The templates say `class="button"`, not `class="hds-button hds-button--primary"`, so that the look can be changed in one
place. Rules for parts that no template has are left out.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parents[1] / "web/hyte_web/static/css/components.css"
COMPONENTS = ("button", "text-input", "notification", "tag", "pagination")
_INPUT = ":is(input:not([type=checkbox], [type=radio], [type=file]), select, textarea)"
NAMES = {
    "hds-button": ".button",
    "hds-button--primary": ".button:not(.secondary, .quiet)",
    "hds-button--secondary": ".button.secondary",
    "hds-button--supplementary": ".button.quiet",
    "hds-button--small": ".button",
    "hds-text-input": ".field",
    "hds-text-input--invalid": ".field:has([aria-invalid=true])",
    "hds-text-input__input": _INPUT,
    "hds-text-input__input-wrapper": ".field",
    "hds-text-input__label": ".field > label",
    "hds-text-input__helper-text": ".field > .hint",
    "hds-notification": ":is(.note, .errors)",
    "hds-notification--error": ".errors",
    "hds-notification--alert": ".note.warning",
    "hds-notification--success": ".note.done",
    "hds-tag": ".tag",
    "hds-pagination__pages": ".pages",
    "hds-pagination__item-link": ".pages a",
    "hds-pagination__item-link--active": "[aria-current]",
    "hds-pagination__item-ellipsis": ".pages .gap",
}
SKIPPED = {".hds-text-input__input-wrapper", ".hds-text-input--invalid .hds-text-input__label"}
_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
_AT_RULE = re.compile(r"@[^{}]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_CLASS = re.compile(r"\.(hds-[a-z_-]+)")


def renamed(selector: str) -> str | None:
    """Return a selector under our names, or None where it speaks of something that we have not."""
    classes = _CLASS.findall(selector)
    if not classes or selector.strip() in SKIPPED or any(name not in NAMES for name in classes):
        return None
    return _CLASS.sub(lambda match: NAMES[match[1]], selector).strip()


def rules(css: str) -> Iterator[str]:
    """Yield the rules of a component under our names."""
    bare = _AT_RULE.sub("", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    for selectors, body in _RULE.findall(bare):
        ours = [name for selector in selectors.split(",") if (name := renamed(selector)) is not None]
        lines = [line.strip() for line in body.split(";") if line.strip()]
        if ours and lines:
            yield ",\n".join(dict.fromkeys(ours)) + " {\n" + "".join(f"  {line};\n" for line in lines) + "}\n"


def look(package: Path) -> str:
    """Return the stylesheet made from the npm package of hds-core in a folder."""
    files = [package / "lib/components" / name / f"{name}.css" for name in COMPONENTS]
    made = [rule for path in files for rule in rules(path.read_text(encoding="utf-8"))]
    head = (
        "/* Made by docs/build_look.py from hds-core 5.2.2, Copyright (c) 2023 City of Helsinki, MIT. Do not edit. */\n"
    )
    return head + "".join(made)


if __name__ == "__main__":
    TARGET.write_text(look(Path(sys.argv[1])), encoding="utf-8")
