"""Plain tables whose cells know their row and column headings, and a figure with its description."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfdoc import PDFArray, PDFString
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Table
from reportlab.platypus.tables import TableRenderCB

from forms.paper import style
from forms.paper.fonts import BODY
from forms.paper.structure import Element, attributes
from forms.paper.text import Text, linked

LEAST_OF_ROW = 60  # points: less of a row is not left alone at the foot of a page
Cell = str | list[Flowable]  # words of a person, or flowables already made


class _Tags(TableRenderCB):
    """Puts Table, TR, TH and TD round what is drawn; the parts of a table over several pages share one."""

    def __init__(self, summary: str, head_rows: int, head_columns: int) -> None:
        self.table = Element("Table", properties=attributes("Table", Summary=PDFString(summary)))
        self.head_rows, self.head_columns = head_rows, head_columns
        self._row, self._cells = Element("TR"), dict[int, Element]()
        self._open: list[AbstractContextManager[Any]] = []

    def _enter(self, context: AbstractContextManager[Any]) -> None:
        context.__enter__()
        self._open.append(context)

    def _leave(self) -> None:
        self._open.pop().__exit__(None, None, None)

    def startTable(self, T: Table) -> None:
        self.table.times_drawn += 1
        self._enter(T.canv.within(self.table))

    def startRow(self, T: "RuledTable", rowNo: int) -> None:
        """Heading rows repeated on a later page are decoration; the rest of a parted row belongs to the row."""
        if self.table.times_drawn > 1 and rowNo < self.head_rows:
            self._enter(T.canv.block(None))
            return
        if not (T.begins_in_a_row and rowNo == self.head_rows):
            self._row, self._cells = Element("TR"), {}
        self._enter(T.canv.within(self._row))

    def startCell(self, T: Table, rowNo: int, colNo: int, *_: Any) -> None:
        cell = self._cells.setdefault(colNo, self._cell(rowNo, colNo))
        self._enter(T.canv.within(cell))

    def _cell(self, row: int, column: int) -> Element:
        if row < self.head_rows:
            return Element("TH", properties=attributes("Table", Scope="Column"))
        if column < self.head_columns:
            return Element("TH", properties=attributes("Table", Scope="Row"))
        return Element("TD")

    def endCell(self, T: Table) -> None:
        self._leave()

    def endRow(self, T: Table) -> None:
        self._leave()

    def endTable(self, T: Table) -> None:
        self._leave()

    def _nothing(self, T: Table) -> None:
        """Backgrounds and lines are decoration already."""

    startBG = endBG = startLines = endLines = _nothing


class _ReadAlready(Flowable):
    """Words shown once more, for the eye alone: whoever listens has heard them."""

    def __init__(self, shown: Flowable) -> None:
        super().__init__()
        self.shown = shown

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """The size of what is shown."""
        self.width, self.height = self.shown.wrap(availWidth, availHeight)
        return self.width, self.height

    def draw(self) -> None:
        """Draw it as decoration."""
        with self.canv.block(None):
            self.shown.drawOn(self.canv, 0, 0)


class RuledTable(Table):
    """A table that parts between rows, and inside a row only where that row is higher than half a page."""

    begins_in_a_row = False  # whether its first row is the rest of one on the page before

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """The parts that fit above and below a page break; none when all of it should go to the next page.

        The break stands between them where a row goes over that would have fitted, lest the last be alone.
        """
        self._calc(availWidth, availHeight)
        parts: list[Flowable] = []
        if self._is_in_a_high_row(availHeight):
            parts = self._splitRows(availHeight, doInRowSplit=1)
        if len(parts) == 2:
            self._head_again(*parts)
        parts = parts or super().split(availWidth, availHeight)
        if len(parts) == 2 and self._leaves_one_row(*parts):
            above, below = super().split(availWidth, sum(parts[0]._rowHeights[:-1]))
            parts = [above, CondPageBreak(style.TEXT_HEIGHT - 1), below]
        if parts:
            parts[0].begins_in_a_row = self.begins_in_a_row
        return parts

    def room_to_begin(self) -> float:
        """The points that its headings need with the first row, or with half a page of a row that may part."""
        self._calc(style.TEXT_WIDTH, style.TEXT_HEIGHT)
        heads, rows = self._rowHeights[: self.repeatRows], self._rowHeights[self.repeatRows :]
        return float(sum(heads) + min(sum(rows[:1]), style.TEXT_HEIGHT / 2))

    def _leaves_one_row(self, above: Table, below: Table) -> bool:
        """Whether one short row would stand alone on the next page, though there are rows to keep it company."""
        rows = len(below._cellvalues) - below.repeatRows
        short = below._rowHeights[-1] < style.TEXT_HEIGHT / 4
        return (
            rows == 1
            and short
            and not below.begins_in_a_row
            and len(above._cellvalues) - above.repeatRows > 2
        )

    def without_its_last_row(self, availWidth: float) -> list[Table]:
        """All but the last row, and that row; nothing of a table that has no more."""
        self._calc(availWidth, style.TEXT_HEIGHT)
        return super().split(availWidth, sum(self._rowHeights[:-1]))

    def _head_again(self, above: Table, below: Table) -> None:
        """The rest of a row begins with the row's headings again, so that nobody has to turn back for them."""
        below.begins_in_a_row = True
        parted, rest = above._cellvalues[-1], below._cellvalues[below.repeatRows]
        for column in range(self._renderCB.head_columns):
            if not rest[column]:
                rest[column] = [_ReadAlready(flowable) for flowable in parted[column]]

    def _is_in_a_high_row(self, room: float) -> bool:
        """Whether the room ends some lines into a row that would leave half a page empty if it were kept whole."""
        above = 0.0
        for high in self._rowHeights:
            if above + high > room:
                return high > style.TEXT_HEIGHT / 2 and room - above > LEAST_OF_ROW
            above += high
        return False


class WithLastRow(KeepTogether):
    """A table and what belongs below it, such as who approved it: that never stands on a page without a row."""

    def __init__(self, above: RuledTable, below: list[Flowable]) -> None:
        super().__init__([above, *below])
        self.above, self.below = above, below
        self.room_to_begin = above.room_to_begin

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """All of it where there is room; else the last row goes to the next page with what is below."""
        self.wrap(availWidth, availHeight)
        if availHeight >= self._H:
            return [self.above, *self.below]
        high = self.above.wrap(availWidth, availHeight)[1]
        parts = (
            self.above.split(availWidth, availHeight)
            if high > availHeight
            else self.above.without_its_last_row(availWidth)
        )
        if len(parts) < 2:
            return [CondPageBreak(style.TEXT_HEIGHT - 1), self.above, *self.below]
        rest = WithLastRow(parts[-1], self.below)
        return [parts[0], CondPageBreak(style.TEXT_HEIGHT - 1), rest]


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    summary: str,
    head_columns: int = 0,
) -> RuledTable:
    """A ruled table over the width of the text.

    `widths` are shares of that width; `summary` tells a screen reader what the table holds; the first
    `head_columns` cells of a row are its headings. Cells given as words are kept word for word. A row that is
    higher than half a page goes on over the next. Without heads there is no heading row.
    """
    cells = [[[_cell(head, style.CELL_HEAD)] for head in heads]] if heads else []
    for row in rows:
        looks = [style.CELL_LABEL if i < head_columns else style.CELL for i in range(len(row))]
        cells.append([_filled(cell, look) for cell, look in zip(row, looks, strict=True)])
    head_rows = 1 if heads else 0
    return RuledTable(
        cells,
        colWidths=[style.TEXT_WIDTH * share / sum(widths) for share in widths],
        style=_rules(head_rows),
        repeatRows=head_rows,
        renderCB=_Tags(summary, head_rows, head_columns),
        spaceBefore=4,
        spaceAfter=12,
    )


def _filled(cell: Cell, look: ParagraphStyle) -> list[Flowable]:
    return [_cell(cell, look)] if isinstance(cell, str) else cell


def _cell(text: str, look: ParagraphStyle) -> Text:
    return Text(linked(text), look)


def _rules(head_rows: int) -> list[tuple[Any, ...]]:
    every, last = (0, 0), (-1, -1)
    rules: list[tuple[Any, ...]] = [
        ("FONT", every, last, BODY, style.CELL.fontSize),  # or a font that is not embedded is named
        ("VALIGN", every, last, "TOP"),
        ("LEFTPADDING", every, last, 5),
        ("RIGHTPADDING", every, last, 7),
        ("TOPPADDING", every, last, 5),
        ("BOTTOMPADDING", every, last, 6),
        ("LINEBELOW", every, last, 0.5, style.RULE),
    ]
    if head_rows:
        rules += [
            ("BACKGROUND", every, (-1, 0), style.SHADE),
            ("LINEBELOW", every, (-1, 0), 1, style.ACCENT),
            ("VALIGN", every, (-1, 0), "BOTTOM"),
        ]
    else:
        rules.append(("LINEABOVE", every, (-1, 0), 0.5, style.RULE))
    return rules


class Figure(Flowable):
    """A drawing with its description for those who cannot see it; without one it is decoration."""

    def __init__(self, drawing: Flowable, description: str | None) -> None:
        super().__init__()
        self.drawing, self.description = drawing, description

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """The size of the drawing."""
        self.width, self.height = self.drawing.wrap(availWidth, availHeight)
        return self.width, self.height

    def draw(self) -> None:
        """Draw as one Figure element."""
        left, bottom = self.canv.absolutePosition(0, 0)
        right, top = self.canv.absolutePosition(self.width, self.height)
        box = PDFArray([round(side, 2) for side in (left, bottom, right, top)])
        element = Element("Figure", properties=attributes("Layout", Placement="Block", BBox=box))
        element.properties["Alt"] = self.description or ""
        with self.canv.block(element if self.description else None):
            self.drawing.drawOn(self.canv, 0, 0)
