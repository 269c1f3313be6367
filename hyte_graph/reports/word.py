"""What a Word document needs and python-docx does not offer: links, languages, repeated header rows, stable bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from hyte_graph.reports.plain import printable

_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_LANGUAGES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}


LINK = "Hyperlink"  # id of the style of links


def speak(made: Any, language: str, title: str, on: date) -> None:
    """Give a document its language, title and days."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    run = made.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in run.findall(qn("w:lang")):
        run.remove(old)
    spoken = OxmlElement("w:lang")
    for name in ("val", "eastAsia"):
        spoken.set(qn(f"w:{name}"), _LANGUAGES[language])
    run.append(spoken)
    told = made.core_properties
    told.title, told.language, told.author = printable(title)[:255], _LANGUAGES[language], "HYTE Graph"
    told.last_modified_by, told.comments, told.keywords = "HYTE Graph", "", on.isoformat()
    told.created = told.modified = datetime(on.year, on.month, on.day, tzinfo=UTC)
    told.revision = 1


def paragraph(made: Any, style: str) -> Any:
    """Return a new paragraph at the end with a style by its id; by its name python-docx searches all styles anew."""
    added = made.add_paragraph()
    added._p.style = style
    return added


def link(into: Any, text: str, address: str) -> None:
    """Add a text to a paragraph, as a link where there is an address."""
    if not address:
        into.add_run(printable(text))
        return
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    node = OxmlElement("w:hyperlink")
    node.set(qn("r:id"), into.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = into.add_run(printable(text))
    run._r.style = LINK
    node.append(run._r)
    into._p.append(node)


def table(made: Any, title: str, description: str, heads: Sequence[str], widths: Sequence[float]) -> Any:
    """Return a table with a header row that is repeated on every page, and with its alternative text."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Cm

    drawn = made.add_table(rows=1, cols=len(heads), style="Table Grid")
    drawn.autofit = False
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = Cm(width)
    for cell, head in zip(drawn.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(printable(head)).bold = True
    repeated = OxmlElement("w:tblHeader")
    drawn.rows[0]._tr.get_or_add_trPr().append(repeated)
    for tag, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        node = OxmlElement(tag)
        node.set(qn("w:val"), printable(text))
        drawn._tbl.tblPr.append(node)
    return drawn


def row(drawn: Any, widths: Sequence[float]) -> list[Any]:
    """Return the first paragraph of each cell of a new row that is not split over pages."""
    from docx.oxml.parser import OxmlElement
    from docx.shared import Cm

    added = drawn.add_row()
    added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    cells = added.cells
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Cm(width)
    return [cell.paragraphs[0] for cell in cells]


def page_numbers(made: Any, title: str, word: str) -> None:
    """Put the title and the number of the page at the foot of each page."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    foot = made.sections[0].footer.paragraphs[0]
    foot.add_run(printable(f"{title} · {word} "))
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = foot.add_run("1")
    field.append(run._r)
    foot._p.append(field)


def packed(made: Any) -> bytes:
    """Return the document as bytes that are the same for the same document, whenever it is written."""
    written, stable = io.BytesIO(), io.BytesIO()
    made.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(stable, "w") as new:
        for entry in old.infolist():
            told = zipfile.ZipInfo(entry.filename, _ZIP_DAY)
            told.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(told, old.read(entry))
    return stable.getvalue()
