"""Plain text and HTML mail bodies as a layout, with quoted mail, signatures and mail headings set aside."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from .formats import decode
from .glyphs import broken, plain
from .layout import Cell, Layout, Line, Numbering, Table
from .limits import Refused

_QUOTED = re.compile(r"^\s*>")
_HISTORY = re.compile(
    r"^\s*(on .{5,120}\bwrote:|-{2,}\s*(original message|forwarded message)\s*-{0,}|_{20,}"
    r"|begin forwarded message:"
    r"|from:\s.+@.+)\s*$",
    re.I,
)
_HEADING = re.compile(
    r"^(from|to|cc|bcc|date|sent|subject|reply-to|message-id|importance|attachments?):\s", re.I
)
_SIGNATURE = re.compile(r"^\s*(--\s*|_{2,5}\s*)$")
_FAREWELL = re.compile(
    r"^\s*(kind|best|warm|many)?\s*(regards|wishes|thanks|thank you|yours (sincerely|faithfully)"
    r"|sincerely)\s*[,.!]?\s*$",
    re.I,
)
_BLOCKS = frozenset({
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "table", "ul", "ol", "blockquote",
    "section", "article", "header", "footer", "pre", "hr", "dt", "dd",
})  # fmt: skip
MAX_LINES = 20_000


def read_text(content: bytes) -> Layout:
    """Return the layout of a plain text, such as the body of an e-mail."""
    return layout_of(decode(content))


def layout_of(text: str) -> Layout:
    """Return the layout of text already decoded."""
    source = plain(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(source) > MAX_LINES:
        raise Refused("it has too many lines")
    numbering = Numbering()
    blocks: list[Line | Table] = []
    rows: list[tuple[Cell, ...]] = []
    for at, (text_line, aside) in enumerate(_aside(source), start=1):
        cells = f"{text_line} ".split(" | ") if " | " in f"{text_line} " and not aside else []
        if cells:
            rows.append(
                tuple(_cell(numbering, cell, f"line {at}, column {c}") for c, cell in enumerate(cells, 1))
            )
            continue
        if rows:
            blocks.append(Table(numbering.table(), tuple(rows)))
            rows = []
        blocks += [numbering.line(line, f"line {at}", aside=aside) for line in broken(text_line)]
    if rows:
        blocks.append(Table(numbering.table(), tuple(rows)))
    return Layout("text", tuple(blocks))


def _cell(numbering: Numbering, text: str, where: str) -> Cell:
    return Cell(tuple(numbering.line(line.strip(), where) for line in broken(text)))


def _aside(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each line with the reason it is set aside, if it is."""
    reason = "message heading" if lines and _HEADING.match(lines[0]) else ""
    for line in lines:
        if reason == "message heading" and not _HEADING.match(line):
            reason = ""
        if _QUOTED.match(line):
            yield line, "quoted mail"
            continue
        if reason != "message heading" and _HISTORY.match(line):
            reason = "quoted mail"
        elif (reason == "" and _SIGNATURE.match(line)) or (reason == "" and _FAREWELL.match(line)):
            reason = "signature"
        yield line, reason


def read_html(content: bytes) -> Layout:
    """Return the layout of an HTML mail body: its tables as tables, its blocks as lines."""
    try:
        root = lxml_html.document_fromstring(
            decode(content), parser=lxml_html.HTMLParser(no_network=True, huge_tree=False)
        )
    except (ValueError, etree.ParserError, etree.XMLSyntaxError) as error:
        raise Refused("its text is not well formed") from error
    for gone in root.xpath("//script|//style|//head|//template|//noscript|//comment()"):
        gone.drop_tree()
    return layout_of(_as_text(root))


def _as_text(root: lxml_html.HtmlElement) -> str:
    """Return the text of an HTML tree: one line a block, cells parted with a bar, quotations marked."""
    pieces: list[str] = []

    def walk(element: lxml_html.HtmlElement) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _BLOCKS and tag not in ("td", "th"):
            pieces.append("\n")
        if tag == "br":
            pieces.append("\n")
        pieces.append(" ".join((element.text or "").split()) if tag != "pre" else element.text or "")
        for child in element:
            walk(child)
            pieces.append(_tail(child))
        if tag in ("td", "th") and element.getnext() is not None:
            pieces.append(" | ")
        elif tag in _BLOCKS and tag not in ("td", "th"):
            pieces.append("\n")

    walk(root)
    return re.sub(r"\n{2,}", "\n", "".join(pieces))


def _tail(child: lxml_html.HtmlElement) -> str:
    tail = child.tail or ""
    words = " ".join(tail.split())
    return (
        f"{' ' if tail[:1].isspace() and words else ''}{words}{' ' if tail[-1:].isspace() and words else ''}"
    )
