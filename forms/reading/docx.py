"""A Word document (.docx) as a layout: body, tables, text boxes, notes, headers and footers."""

import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence

from lxml import etree

from .docx_names import (
    BOX,
    CELL,
    CONTROL,
    MC,
    OF_CELL,
    OF_ROW,
    PARAGRAPH,
    ROW,
    TABLE,
    VAL,
    WRAPPERS,
    W,
    children,
    first,
)
from .docx_rows import Rows, Unsure, memory_of
from .docx_runs import Run, Runs
from .docx_styles import PLAIN, Look, Styles
from .docx_tags import tagged
from .glyphs import visible
from .layout import Cell, Layout, Line, Numbering, Row, Table
from .limits import Refused, content_of, open_zip, part

_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTAINERS = WRAPPERS | {CONTROL} | {W + name for name in ("body", "footnote", "endnote", "comment")}
_SPAN, _MERGE = W + "gridSpan", W + "vMerge"
_ASIDES = ("header", "footer", "footnotes", "endnotes", "comments")


def read(content: bytes) -> Layout:
    """Return the layout of a .docx file; raises Refused when it cannot be read safely."""
    archive = open_zip(content)
    written = content_of(archive, "word/document.xml")
    if written is None:
        raise Refused("it has no text part")
    styles = content_of(archive, "word/styles.xml")
    try:
        return _laid_out(archive, Rows(written, memory_of(styles)), Styles.of(styles))
    except Unsure:
        return _laid_out(archive, Rows(written, None), Styles.of(styles))


def _laid_out(archive: zipfile.ZipFile, rows: Rows, styles: Styles) -> Layout:
    document = rows.document
    _keep_one_branch(document)
    walk = _Walk(styles, next(document.iter(BOX), None) is not None, rows)
    blocks = walk.blocks(document)
    answers = tuple(tagged(document, walk.placed, walk.runs.named, rows.tagged))
    rows.check(answers)
    for name in archive.namelist():
        blocks += _aside(walk, archive, name)
    core = part(archive, "docProps/core.xml")
    return Layout(
        medium="docx",
        blocks=tuple(blocks),
        tagged=answers,
        identifier=_core(core, "identifier"),
        subject=_core(core, "subject"),
        title=_core(core, "title"),
        notes=_notes(archive),
    )


def _notes(archive: zipfile.ZipFile) -> tuple[str, ...]:
    if any(name.endswith("vbaProject.bin") for name in archive.namelist()):
        return ("The document contains a macro, which was not run.",)
    return ()


def _core(core: etree._Element | None, name: str) -> str:
    found = core.find(_DC + name) if core is not None else None
    return (found.text or "").strip() if found is not None else ""


def _aside(walk: "_Walk", archive: zipfile.ZipFile, name: str) -> list[Line | Table]:
    """Return the lines of a header, footer or notes part, set aside under that word."""
    aside = next((word for word in _ASIDES if name.startswith(f"word/{word}")), "")
    root = part(archive, name) if aside and name.endswith(".xml") else None
    if root is None:
        return []
    _keep_one_branch(root)
    walk.has_boxes = next(root.iter(BOX), None) is not None
    walk.aside = aside.removesuffix("s")
    flat: list[Line | Table] = []
    for block in walk.blocks(root):
        flat += (
            [block]
            if isinstance(block, Line)
            else [line for row in block.rows for c in row for line in c.lines]
        )
    return flat


def _keep_one_branch(root: etree._Element) -> None:
    """Keep one of the alternatives Word offers to older programs, so that text boxes are not met twice."""
    for choice in list(root.iter(MC + "AlternateContent")):
        parent = choice.getparent()
        if parent is None:
            continue
        keep = choice.find(MC + "Choice")
        keep = keep if keep is not None else choice.find(MC + "Fallback")
        place = parent.index(choice)
        parent.remove(choice)
        for child in reversed(list(keep) if keep is not None else []):
            parent.insert(place, child)


class _Walk:
    """Walks the XML in reading order, making lines and tables; remembers which lines came of which paragraph."""

    def __init__(self, styles: Styles, has_boxes: bool, rows: Rows) -> None:
        self.runs, self.has_boxes, self.rows = Runs(styles), has_boxes, rows
        self.numbering = Numbering()
        self.placed: dict[etree._Element, list[Line]] = defaultdict(list)
        self.aside = ""

    def blocks(self, parent: etree._Element, where: str = "") -> list[Line | Table]:
        """Return the lines and tables directly inside `parent`, looking through wrappers."""
        made: list[Line | Table] = []
        for child in children(parent):
            tag = child.tag
            if tag == PARAGRAPH:
                made += self.paragraph(child, where)
            elif tag == TABLE:
                made += self.table(child)
            elif tag in _CONTAINERS:
                made += self.blocks(child, where)
        return made

    def paragraph(self, paragraph: etree._Element, where: str) -> Sequence[Line | Table]:
        """Return a paragraph's lines (one for each line break) and, after them, those of its text boxes."""
        if not where and not self.aside:
            self.numbering.paragraph += 1
        place = where or self.aside or f"paragraph {self.numbering.paragraph}"
        look, lines = self.runs.lines(paragraph)
        made = [self._line(runs, look, place) for runs in lines]
        self.placed[paragraph] += made
        return [*made, *self._boxes(paragraph)] if self.has_boxes else made

    def _boxes(self, paragraph: etree._Element) -> Iterator[Line | Table]:
        for box in paragraph.iter(BOX):
            if next(box.iterancestors(PARAGRAPH), None) is paragraph:
                yield from self.blocks(box, "text box")

    def _line(self, runs: Sequence[Run], look: Look, place: str) -> Line:
        if all(face is PLAIN for _, face in runs):
            text = "".join([text for text, _ in runs])
            return self._with_look(text, look, place, look.bold and bool(text))
        shown = [run for run in runs if visible(run.text)]
        return self._with_look(
            "".join([run.text for run in runs if run.counts]),
            look,
            place,
            look.bold or (bool(shown) and all(run.face.bold for run in shown)),
            prompts=tuple([run.text for run in shown if run.face.prompt]),
            struck=tuple([run.text for run in shown if run.face.struck and not run.face.prompt]),
            marked=_marked(shown),
        )

    def _with_look(self, text: str, look: Look, place: str, bold: bool, **more: tuple[str, ...]) -> Line:
        heading = look.heading and visible(text)
        return self.numbering.line(
            text, place, heading=heading, bold=bold, bullet=look.bullet, aside=self.aside, **more
        )

    def table(self, table: etree._Element) -> list[Line | Table]:
        """Return a table; a row that holds another table is a frame, and what is in it is taken in order."""
        made: list[Line | Table] = []
        rows: list[Row] = []
        number = self.numbering.table()
        for index, row in enumerate(_inside(table, ROW), start=1):
            if next(row.iter(TABLE), None) is None:
                rows.append(self._row(row, f"table {number}, row {index}"))
                continue
            made += _closed(number, rows)
            rows = []
            for cell in _inside(row, CELL):
                made += self.blocks(cell)
        return made + _closed(number, rows)

    def _row(self, row: etree._Element, where: str) -> Row:
        met = None if self.aside else self.rows.again(row, where, self.numbering)
        if met is not None:
            return met
        cells = []
        for index, cell in enumerate(_inside(row, CELL), start=1):
            blocks = self.blocks(cell, f"{where}, column {index}")
            lines = tuple([block for block in blocks if isinstance(block, Line)])
            cells.append(Cell(lines, *_merged(cell)))
        if not self.aside:
            self.rows.remember(row, tuple(cells), self.placed, self.runs.named)
        return tuple(cells)


def _marked(runs: list[Run]) -> tuple[str, ...]:
    """Return the runs of a line that are picked out: highlighted, ringed, or set unlike the choice beside them."""
    marked = tuple(run.text for run in runs if run.face.marked) or tuple(_picked(runs))
    return marked if len(marked) < len(runs) else ()


def _picked(runs: list[Run]) -> Iterator[str]:
    """Yield each run set in bold or underlined that stands as one choice before or behind a stroke: "**Yes** / No"."""
    for at, run in enumerate(runs):
        if run.face.bold or run.face.underlined:
            before = runs[at - 1].text.rstrip() if at else ""
            behind = runs[at + 1].text.lstrip() if at + 1 < len(runs) else ""
            if before.endswith("/") or behind.startswith("/"):
                yield run.text


def _closed(number: int, rows: list[Row]) -> list[Line | Table]:
    return [Table(number, tuple(rows))] if rows else []


def _inside(parent: etree._Element, tag: str) -> list[etree._Element]:
    """Return the rows or cells of `parent`, looking through controls and insertions wrapped round them."""
    found: list[etree._Element] = []
    for child in children(parent):
        if child.tag == tag:
            if tag == CELL or first(child, OF_ROW, W + "del") is None:
                found.append(child)
        elif child.tag in WRAPPERS or child.tag == CONTROL:
            found += _inside(child, tag)
    return found


def _merged(cell: etree._Element) -> tuple[bool, int]:
    """Say whether a cell is the lower part of a merged one, and how many columns it spans."""
    lower, span = False, "1"
    look = first(cell, OF_CELL)
    for one in children(look) if look is not None else ():
        if one.tag == _MERGE:
            lower = one.get(VAL) in (None, "continue")
        elif one.tag == _SPAN:
            span = one.get(VAL) or "1"
    return lower, int(span) if span.isdigit() else 1
