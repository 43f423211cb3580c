"""The XML of our Word forms: paragraphs, cells, tables, and content controls inside bookmarks."""

from dataclasses import dataclass
from html import escape  # that of xml.sax brings all of urllib with it
from zlib import crc32

from forms.names import bookmark

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
TICKED, UNTICKED = "\u2612", "\u2610"
BOX_FONT = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/>'
LABEL_SHADE = "EEF2F5"
A4 = (11906, 16838)  # twentieths of a point
SIDE = 1134
PORTRAIT_WIDTH = A4[0] - 2 * SIDE
LANDSCAPE_WIDTH = A4[1] - 2 * SIDE


@dataclass(frozen=True)
class Furniture:
    """The references to header and footer that a section of pages repeats, upright or on its side."""

    upright: str = ""
    on_its_side: str = ""


def document(body: str) -> str:
    """The part of a Word file that holds its text."""
    return f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"


def words(text: str) -> str:
    """Text inside a run, with line breaks and tabs."""
    lines = (
        '<w:tab/>'.join(f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t>' for piece in line.split("\t"))
        for line in text.split("\n")
    )  # fmt: skip
    return "<w:br/>".join(lines)


def _quoted(text: str) -> str:
    return f'"{escape(text)}"'


def run(text: str, style: str = "") -> str:
    """A run of text in a character style."""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f"<w:r>{look}{words(text)}</w:r>" if text else ""


def paragraph(inner: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs in a paragraph style."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{look}{properties}</w:pPr>{inner}</w:p>"


def layout(furniture: Furniture, on_its_side: bool = False) -> str:
    """The properties of a section of A4 pages, upright or on its side."""
    width, height = reversed(A4) if on_its_side else A4
    references = furniture.on_its_side if on_its_side else furniture.upright
    turned = ' w:orient="landscape"' if on_its_side else ""
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="1300" w:right="{SIDE}" w:bottom="1200" w:left="{SIDE}" '
        'w:header="600" w:footer="560" w:gutter="0"/></w:sectPr>'
    )


def section_end(pages: str) -> str:
    """The small paragraph that ends a section of pages laid out so."""
    tiny = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{tiny}{pages}</w:pPr></w:p>"


def cell(inner: str, width: int, *, shaded: bool = False, span: int = 1) -> str:
    """A table cell; width in twentieths of a point."""
    look = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    look += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    look += f'<w:shd w:val="clear" w:color="auto" w:fill="{LABEL_SHADE}"/>' if shaded else ""
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, heads: bool = False, whole: bool = True, height: int = 0) -> str:
    """A table row; `heads` repeats it on each page, `whole` keeps it on one page, height is the least."""
    look = "<w:cantSplit/>" if whole else ""
    look += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    look += "<w:tblHeader/>" if heads else ""
    return f"<w:tr><w:trPr>{look}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: list[str], widths: list[int], title: str) -> str:
    """A table with a grid; the title is what a screen reader says of it."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = (
        f'<w:tblStyle w:val="FormTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCaption w:val={_quoted(title)}/>'
    )
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def text_box(path: str, alias: str, value: str, prompt: str, locked: bool = False) -> str:
    """A box for text of one or many lines.

    It is of the rich kind: LibreOffice loses the line breaks of plain text controls, and their prompts
    turn into text that looks like an answer.
    """
    return _control(path, alias, "", value, prompt, locked)


def date_box(path: str, alias: str, value: str, prompt: str, iso: str = "", locked: bool = False) -> str:
    """A box with a calendar; `iso` is the day, where the value is one."""
    full = f' w:fullDate="{iso}T00:00:00Z"' if iso else ""
    kind = (
        f'<w:date{full}><w:dateFormat w:val="dd/MM/yyyy"/><w:lid w:val="en-GB"/>'
        '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
    )
    return _control(path, alias, kind, value, prompt, locked)


def choice_list(
    path: str, alias: str, options: dict[str, str], value: str, prompt: str, locked: bool = False
) -> str:
    """A list to choose one option from."""
    items = "".join(
        f"<w:listItem w:displayText={_quoted(text)} w:value={_quoted(code)}/>"
        for code, text in options.items()
    )
    return _control(path, alias, f"<w:dropDownList>{items}</w:dropDownList>", value, prompt, locked)


def tick_box(path: str, alias: str, ticked: bool) -> str:
    """A box to tick."""
    kind = f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox>'
    box = f"<w:r><w:rPr>{BOX_FONT}</w:rPr><w:t>{TICKED if ticked else UNTICKED}</w:t></w:r>"
    return _marked(path, alias, kind, box)


def _control(path: str, alias: str, kind: str, value: str, prompt: str, locked: bool) -> str:
    shown = run(value) if value else run(prompt, "PlaceholderText")
    kind = kind if value else f"<w:showingPlcHdr/>{kind}"
    return _marked(path, alias, kind, shown, locked)


def _marked(path: str, alias: str, kind: str, shown: str, locked: bool = False) -> str:
    """A control inside its bookmark, which outlives the control in some other word processors.

    Its number in the document follows from its path: a row of a form is written alike in each that is sent.
    """
    number = crc32(path.encode()) >> 1  # Word takes 31 bits
    lock = "sdtContentLocked" if locked else "sdtLocked"
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{bookmark(path)}"/>'
        f"<w:sdt><w:sdtPr><w:alias w:val={_quoted(alias[:64])}/><w:tag w:val={_quoted(path)}/>"
        f'<w:id w:val="{number}"/><w:lock w:val="{lock}"/>{kind}</w:sdtPr>'
        f'<w:sdtContent>{shown}</w:sdtContent></w:sdt><w:bookmarkEnd w:id="{number}"/>'
    )
