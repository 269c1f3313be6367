"""The table and the plot of a comparison of engines."""

from __future__ import annotations

import math
from typing import Any

_WIDTH, _LEFT, _ROW = 760, 150, 26


def markdown(result: dict[str, Any]) -> str:
    """Return the table of a comparison, the quickest first, with the notes that belong to it."""
    engines = _sorted(result)
    lines = [
        f"# {result['what']}",
        "",
        f"{result['expected results']} results are expected. Ratios to hyte cold and hyte warm: elapsed / processor time.",
        "",
        "| engine | version | runs | elapsed s | processor s | peak MiB | to cold | to warm | found | missing | extra |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, one in engines.items():
        told = one["results"] or {"found": "", "missing": "", "extra": ""}
        of_version = result["versions"].get("hyte-graph" if name.startswith("hyte") else name, "")
        ratios = [_ratios(one, engines.get(ours)) for ours in ("hyte cold", "hyte warm")]
        cells = [name, of_version, one["runs"], one["elapsed"], one["processor"], one["peak"], *ratios, *told.values()]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    lines += ["", f"Machine: {result['machine']}; load while it ran: {result['load while it ran']}."]
    lines += [f"Left out: {name}, {why}." for name, why in sorted(result["left out"].items()) if name not in engines]
    return "\n".join(lines) + "\n"


def _ratios(one: dict[str, Any], ours: dict[str, Any] | None) -> str:
    return " / ".join(f"{one[of] / ours[of]:.2f}" for of in ("elapsed", "processor")) if ours else ""


def bars(result: dict[str, Any]) -> str:
    """Return the plot of a comparison: elapsed seconds as bars on a logarithmic scale."""
    engines = _sorted(result)
    most = max(one["elapsed"] for one in engines.values())
    least = 0.1
    span = math.log10(most / least) or 1
    height = _ROW * (len(engines) + 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" font-size="13">',
        f'<text x="8" y="18">{result["what"]}: elapsed seconds, logarithmic</text>',
    ]
    for at, (name, one) in enumerate(engines.items(), 1):
        y = _ROW * at + 8
        width = max(2.0, (_WIDTH - _LEFT - 90) * math.log10(max(one["elapsed"], least * 1.01) / least) / span)
        colour = "#0b6e4f" if name.startswith("hyte") else "#8a8f98"
        parts.append(f'<text x="8" y="{y + 15}">{name}</text>')
        parts.append(f'<rect x="{_LEFT}" y="{y}" width="{width:.1f}" height="{_ROW - 6}" fill="{colour}"/>')
        parts.append(f'<text x="{_LEFT + width + 6:.1f}" y="{y + 15}">{one["elapsed"]}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _sorted(result: dict[str, Any]) -> dict[str, Any]:
    return dict(sorted(result["engines"].items(), key=lambda item: item[1]["elapsed"]))
