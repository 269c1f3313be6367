"""The notebooks run, and give what they show; each exists in the three languages with the same code."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from hyte_graph.languages import LANGUAGES
from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def outputs(notebook: nbformat.NotebookNode) -> list[list[dict[str, object]]]:
    """Return what each cell of code gave, without the numbers of the run."""
    told = ("output_type", "name", "text", "data", "ename", "evalue")
    given = []
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        merged: list[dict[str, object]] = []
        for output in ({key: output[key] for key in told if key in output} for output in cell.outputs):
            if merged and output["output_type"] == "stream" and output["name"] == merged[-1].get("name"):
                # a busy machine may hand over one text in several pieces
                merged[-1] = {**merged[-1], "text": f"{merged[-1]['text']}{output['text']}"}
            else:
                merged.append(output)
        given.append(merged)
    return given


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_gives_what_it_shows(path: Path) -> None:
    shown = nbformat.read(path, as_version=4)
    run = nbformat.from_dict({**shown, "cells": [dict(cell) for cell in shown.cells]})
    NotebookClient(run, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}).execute()
    assert outputs(run) == outputs(shown)
    assert sum(len(given) for given in outputs(shown)) >= 6


@pytest.mark.parametrize("name", ["legal-expert", "developer"])
def test_a_notebook_exists_in_each_language_with_the_same_code(name: str) -> None:
    found = {language: nbformat.read(FOLDER / f"{name}.{language}.ipynb", as_version=4) for language in LANGUAGES}
    codes = {
        language: [cell.source.replace(f'"{language}"', '"…"') for cell in notebook.cells if cell.cell_type == "code"]
        for language, notebook in found.items()
    }
    assert codes["fi"] == codes["sv"] == codes["en"]
    texts = [[cell.source for cell in found[lang].cells if cell.cell_type == "markdown"] for lang in LANGUAGES]
    assert len({len(cells) for cells in texts}) == 1
    for same in zip(*texts, strict=True):
        assert all(same)
        assert len(set(same)) == (1 if same[0].strip() == "## RDF" else 3)
