"""A spreadsheet (.xlsx) as a layout: each run of filled rows a table, dates as dates."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from lxml import etree

from .glyphs import broken, plain
from .layout import Cell, Layout, Line, Numbering, Row, Table
from .limits import Refused, open_zip, part

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_EPOCH = date(1899, 12, 30)  # day 0 of the 1900 calendar, its false leap day allowed for
_BUILT_IN_DATES = frozenset({14, 15, 16, 17, 22, 27, 30, 36, 50, 57})
_DATE_FORMAT = re.compile(r"(?<!\\)(?:d|mmm|yy)", re.I)
MAX_CELLS = 200_000
MAX_COLUMNS = 200

Grid = list[list[str]]


def read(content: bytes) -> Layout:
    """Return the layout of a .xlsx file; raises Refused when it cannot be read safely."""
    archive = open_zip(content)
    book = _Book(archive)
    numbering = Numbering()
    blocks: list[Line | Table] = []
    for name, sheet in book.sheets():
        for rows in _runs(book.rows(sheet)):
            blocks += _blocks(rows, numbering, name)
    core = part(archive, "docProps/core.xml")
    return Layout("xlsx", tuple(blocks), identifier=_core(core, "identifier"), subject=_core(core, "subject"))


def _core(core: etree._Element | None, name: str) -> str:
    return (core.findtext(_DC + name) or "").strip() if core is not None else ""


class _Book:
    """A workbook: its sheets that are shown, its shared texts, its cell formats that are dates."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.cells = 0
        shared = part(archive, "xl/sharedStrings.xml")
        self.texts = [_text(one) for one in shared.iterfind(S + "si")] if shared is not None else []
        self.dates = _date_formats(part(archive, "xl/styles.xml"))

    def sheets(self) -> Iterator[tuple[str, etree._Element]]:
        """Yield name and content of each sheet a person sees, in order."""
        book = part(self.archive, "xl/workbook.xml")
        links = part(self.archive, "xl/_rels/workbook.xml.rels")
        if book is None or links is None:
            raise Refused("it has no sheets")
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        for sheet in book.iter(S + "sheet"):
            target = targets.get(sheet.get(_R + "id"), "").lstrip("/")
            content = part(self.archive, target if target.startswith("xl/") else f"xl/{target}")
            if content is not None and sheet.get("state", "visible") == "visible":
                yield sheet.get("name", ""), content

    def rows(self, sheet: etree._Element) -> Iterator[list[str]]:
        """Yield each row of a sheet as texts, blank rows too where one was left between."""
        last = 0
        across = _merged_across(sheet)
        for at, row in enumerate(sheet.iter(S + "row"), start=1):
            number = int(row.get("r", at))
            if number > last + 1:
                yield []
            last = number
            texts = self._row(row)
            alone = number in across and sum(map(bool, texts)) == 1
            yield Across(texts) if alone else texts

    def _row(self, row: etree._Element) -> list[str]:
        texts: list[str] = []
        for at, cell in enumerate(row.iterfind(S + "c")):
            column = _column(cell.get("r", ""), at)
            self.cells += 1
            if self.cells > MAX_CELLS or column >= MAX_COLUMNS:
                raise Refused("it has too many cells")
            texts += [""] * (column + 1 - len(texts))
            texts[column] = plain(self._value(cell)).strip()
        return texts

    def _value(self, cell: etree._Element) -> str:
        kind, value = cell.get("t", "n"), cell.findtext(S + "v") or ""
        if kind == "inlineStr":
            return _text(cell.find(S + "is"))
        if kind == "s":
            return self.texts[int(value)] if value.isdigit() and int(value) < len(self.texts) else ""
        if kind == "b":
            return "Yes" if value == "1" else "No"
        return _day(value) if kind == "n" and int(cell.get("s", 0)) in self.dates else value


class Across(list[str]):
    """A row that is one cell merged across the sheet: running text, not a label with a blank answer."""


def _merged_across(sheet: etree._Element) -> frozenset[int]:
    """Return the numbers of the rows in which one cell is merged as far as the widest merged or filled cell."""
    spans = [one.get("ref", "").split(":") for one in sheet.iter(S + "mergeCell")]
    ends = [(first, last) for first, last in (span for span in spans if len(span) == 2)]
    if not ends:
        return frozenset()
    widest = max(_column(cell.get("r", ""), 0) for cell in (*sheet.iter(S + "c"), etree.Element("c")))
    return frozenset(
        int(re.sub(r"\D", "", first) or 0)
        for first, last in ends
        if _column(last, 0) >= widest > _column(first, 0)
    )


def _text(element: etree._Element | None) -> str:
    """Return the text of a cell or shared text, without its reading aids."""
    if element is None:
        return ""
    return "".join(
        one.text or "" for one in element.xpath(".//s:t[not(parent::s:rPh)]", namespaces={"s": S[1:-1]})
    )


def _day(serial: str) -> str:
    """Return a day counted from 1900 as day/month/year; the number itself when it is none."""
    try:
        return f"{_EPOCH + timedelta(days=int(float(serial))):%d/%m/%Y}"
    except (ValueError, OverflowError):
        return serial


def _date_formats(styles: etree._Element | None) -> frozenset[int]:
    """Return the numbers of the cell formats that show a date."""
    if styles is None:
        return frozenset()
    own = {int(one.get("numFmtId", 0)): one.get("formatCode", "") for one in styles.iter(S + "numFmt")}
    days = {
        number for number, code in own.items() if _DATE_FORMAT.search(re.sub(r'"[^"]*"|\[[^\]]*\]', "", code))
    }
    formats = styles.find(S + "cellXfs")
    return frozenset(
        at for at, one in enumerate(formats if formats is not None else ())
        if int(one.get("numFmtId", 0)) in days | _BUILT_IN_DATES
    )  # fmt: skip


def _column(reference: str, missing: int) -> int:
    """Return the column of a cell reference such as "C7", counted from nought."""
    letters = re.match(r"[A-Z]{1,3}", reference)
    if not letters:
        return missing
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _runs(rows: Iterator[list[str]]) -> Iterator[Grid]:
    """Yield the runs of filled rows, without the columns that are empty in all of them."""
    run: Grid = []
    for row in rows:
        if any(row):
            run.append(row)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _narrow(run: Grid) -> Grid:
    width = max(map(len, run))
    used = [at for at in range(width) if any(at < len(row) and row[at] for row in run)]
    return [[row[at] if at < len(row) else "" for at in used] for row in run]


def _blocks(run: Grid, numbering: Numbering, sheet: str) -> Iterator[Line | Table]:
    """Yield a run of rows as tables, and its headings as lines.

    A heading stands further left than any label with an answer, or alone above a row of three or more.
    """
    first = min((_first(row) for row in run if sum(map(bool, row)) > 1), default=0)
    waiting: Grid = []
    for row, below in zip(run, [*run[1:], []], strict=True):
        title = sum(map(bool, row)) == 1 and sum(map(bool, below)) > 2 and not isinstance(row, Across)
        if isinstance(row, Across):
            yield from _table(waiting, numbering, sheet)
            yield from _cell(numbering, row[_first(row)], f"sheet {sheet}").lines
            waiting = []
        elif _first(row) < first or title:
            yield from _table(waiting, numbering, sheet)
            yield numbering.line(row[_first(row)], f"sheet {sheet}", heading=True)
            waiting = []
        else:
            waiting.append(row)
    yield from _table(waiting, numbering, sheet)


def _first(row: Sequence[str]) -> int:
    return next(at for at, text in enumerate(row) if text)


def _table(rows: Grid, numbering: Numbering, sheet: str) -> Iterator[Table]:
    if not rows:
        return
    number = numbering.table()
    made: list[Row] = []
    for at, row in enumerate(_narrow(rows), start=1):
        place = f"sheet {sheet}, table {number}, row {at}"
        made.append(tuple(_cell(numbering, text, f"{place}, column {c}") for c, text in enumerate(row, 1)))
    yield Table(number, tuple(made))


def _cell(numbering: Numbering, text: str, where: str) -> Cell:
    lines = [line for part in text.split("\n") for line in broken(part)]
    return Cell(tuple(numbering.line(line.strip(), where) for line in lines))
