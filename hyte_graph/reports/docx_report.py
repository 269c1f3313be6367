"""The Word report: real headings, tables with header rows, links to the law, so that an auditor can go on writing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.errors import MissingToolError
from hyte_graph.messages import say
from hyte_graph.reports import word
from hyte_graph.reports.document import Document, Family, Item, Judged, Norm, Part, Told, document
from hyte_graph.reports.pictures import Picture
from hyte_graph.reports.plain import printable
from hyte_graph.reports.templating import initial
from hyte_graph.store.knowledge import Knowledge

_COLOURS = {"fulfilled": "17613A", "not-fulfilled": "9A1B1B", "overdue": "9A1B1B"}


def render(assessments: Sequence[Assessment], knowledge: Knowledge, language: str) -> bytes:
    """Return assessments as a Word document in "fi", "sv" or "en"; the same input gives the same bytes.

    Raises:
        MissingToolError: python-docx is not installed.
    """
    return _Writer(document(assessments, knowledge, language)).bytes()


class _Writer:
    def __init__(self, report: Document) -> None:
        try:
            import docx
        except ImportError as error:
            raise MissingToolError(say("docx-tool-missing")) from error
        self._report = report
        self._made: Any = docx.Document()
        self._level = 1 if len(report.parts) > 1 else 0

    def bytes(self) -> bytes:
        self._styles()
        self._made.add_paragraph(printable(self._report.title), style="Title")
        self._made.add_paragraph(self._say("html-lead"))
        if self._report.matrix:
            self._matrix(self._report.matrix)
        for part in self._report.parts:
            self._part(part)
        self._made.add_paragraph(self._say("html-end"))
        return word.packed(self._made)

    def _styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Cm, Pt, RGBColor

        word.speak(self._made, self._report.language, self._report.title, self._report.on)
        word.page_numbers(self._made, self._report.title, self._say("document-page"))
        page = self._made.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2)
        self._made.styles["Normal"].font.size = Pt(10.5)
        linked = self._made.styles.add_style(word.LINK, WD_STYLE_TYPE.CHARACTER)
        linked.font.underline, linked.font.color.rgb = True, RGBColor.from_string("0A4B86")

    def _say(self, key: str) -> str:
        return say(key).within(self._report.language)

    def _heading(self, step: int, text: str) -> Any:
        heading = word.paragraph(self._made, f"Heading{step + self._level}")
        heading.add_run(printable(text))
        return heading

    def _told(self, paragraph: Any, told: Told) -> None:
        from docx.shared import RGBColor

        run = paragraph.add_run(f"{told.sign} {told.word}")
        run.font.color.rgb = RGBColor.from_string(_COLOURS.get(told.outcome, "1B1F23"))

    def _part(self, part: Part) -> None:
        if self._level:
            self._made.add_heading(printable(part.title), level=1).paragraph_format.page_break_before = True
        for note in part.notes:
            self._made.add_paragraph(printable(note), style="Intense Quote")
        self._basis(part)
        self._summary(part)
        if part.timeline:
            self._timeline(part.timeline)
        for family in part.families:
            self._family(family)
        if part.opinions:
            self._heading(1, self._say("judgement-section"))
            self._made.add_paragraph(self._say("judgement-section-lead"))
        for title, item in part.opinions:
            self._item(title, item)
        if part.idle:
            self._heading(1, self._say("html-idle"))
            self._made.add_paragraph(self._say("html-idle-lead"))
        for family in part.idle:
            self._idle(family)

    def _basis(self, part: Part) -> None:
        title, widths = self._say("html-basis"), (6.0, 11.0)
        self._heading(1, title)
        heads = (self._say("document-basis-what"), self._say("document-basis-value"))
        drawn = word.table(self._made, title, part.title, heads, widths)
        for told in part.basis:
            for paragraph, text in zip(word.row(drawn, widths), told, strict=True):
                paragraph.add_run(printable(text))

    def _summary(self, part: Part) -> None:
        title, widths = self._say("html-summary"), (5.0, 10.0, 2.0)
        self._heading(1, title)
        heads = [self._say(key) for key in ("html-outcome", "document-meaning", "html-count")]
        drawn = word.table(self._made, title, part.title, heads, widths)
        for line in part.summary:
            outcome, meaning, count = word.row(drawn, widths)
            self._told(outcome, line.told)
            meaning.add_run(line.meaning)
            count.add_run(str(line.count))
        total, _, count = word.row(drawn, widths)
        total.add_run(self._say("html-total"))
        count.add_run(str(part.total))

    def _timeline(self, picture: Picture) -> None:
        widths = (6.0, 4.0, 7.0)
        self._heading(1, picture.title)
        drawn = word.table(self._made, picture.title, picture.title, picture.heads, widths)
        for line in picture.rows:
            label, citation, found = word.row(drawn, widths)
            label.add_run(line.label)
            citation.add_run(line.citation)
            for at, cell in enumerate(line.columns[0]):
                found.add_run(f"{'; ' if at else ''}{cell.period}: {cell.sign} {cell.word}")

    def _matrix(self, picture: Picture) -> None:
        """Set organisations side by side, one line each for a norm, since no page is wide enough for columns."""
        widths = (6.0, 4.0, 7.0)
        self._made.add_heading(picture.title, level=1)
        heads = (*picture.heads[:2], self._say("html-outcome"))
        drawn = word.table(self._made, picture.title, picture.title, heads, widths)
        for line in picture.rows:
            label, citation, found = word.row(drawn, widths)
            label.add_run(line.label)
            citation.add_run(line.citation)
            told = (
                f"{name}: " + ", ".join(f"{cell.period} {cell.sign} {cell.word}".strip() for cell in cells)
                for name, cells in zip(picture.heads[2:], line.columns, strict=True)
                if cells
            )
            found.add_run(printable("\n".join(told)))

    def _family(self, family: Family) -> None:
        self._heading(1, family.title)
        counts = self._made.add_paragraph()
        for at, (told, count) in enumerate(family.counts):
            counts.add_run(", " if at else "")
            self._told(counts, told)
            counts.add_run(f" {count}")
        for norm in family.norms:
            self._norm(norm)

    def _norm(self, norm: Norm) -> None:
        self._heading(2, norm.title)
        self._made.add_paragraph(printable(norm.definition))
        cited = self._made.add_paragraph()
        word.link(cited, norm.citation, norm.link)
        cited.add_run(" · ".join(["", norm.slug, *([norm.review] if norm.review else [])]))
        for judged in norm.verdicts:
            self._judged(judged)

    def _judged(self, judged: Judged) -> None:
        head = self._heading(3, "")
        self._told(head, judged.told)
        if judged.period:
            head.add_run(f" · {judged.period}")
        for term, items in judged.rows:
            for item in items:
                self._item(term, item)

    def _item(self, term: str, item: Item) -> None:
        paragraph = word.paragraph(self._made, "ListBullet")
        paragraph.add_run(f"{term}: ").italic = True
        paragraph.add_run(printable(item.text))
        for title, address in item.sources:
            paragraph.add_run().add_break()
            word.link(paragraph, title, address)

    def _idle(self, family: Family) -> None:
        widths = (6.0, 4.0, 7.0)
        title = f"{initial(family.title)} ({family.counts[0][1]})"
        self._heading(2, title)
        heads = [self._say(key) for key in ("document-norm", "picture-provision", "document-why")]
        drawn = word.table(self._made, title, self._say("html-idle"), heads, widths)
        for norm in family.norms:
            label, cited, why = word.row(drawn, widths)
            label.add_run(f"{norm.title}\n{norm.slug}")
            word.link(cited, norm.citation, norm.link)
            why.add_run(printable("\n".join(norm.reasons)))
