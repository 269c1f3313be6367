"""The style sheet of the HTML report has enough contrast in light and in dark, and the template trusts no value."""

from __future__ import annotations

import re

import pytest

from hyte_graph.resources import package_file


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour such as "#14181c" (WCAG 2.2)."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_of_text_stands_out_from_every_ground(scheme: int) -> None:
    style = (package_file("reports") / "templates" / "report.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{([^}]*--paper[^}]*)\}", style)
    assert len(blocks) == 2
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", blocks[scheme]))
    inks = set(colours) - {"paper", "panel", "line"}
    assert inks >= set(re.findall(r"[^-]color: var\(--(\w+)\)", style))
    for ink in inks:
        for ground in ("paper", "panel"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


def test_style_sheet_names_no_colour_outside_its_two_palettes() -> None:
    style = (package_file("reports") / "templates" / "report.css").read_text(encoding="utf-8")
    rest = re.sub(r":root \{[^}]*\}", "", style)
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", rest)


def test_template_trusts_no_value() -> None:
    template = (package_file("reports") / "templates" / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe|autoescape|Markup", template)
