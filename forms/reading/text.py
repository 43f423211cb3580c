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
_REPLY_TO = re.compile(r"^\s*on\s.{5,200}\bwrote:\s*$", re.I)
_DISCLAIMER = re.compile(
    r"^\W*(sent from (my|outlook|yahoo|mail)\b"
    r"|(this|the information in this) (e-?mail|message)\b.*\b(confidential|intended|privileged|virus))",
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
_QUOTING = frozenset({"gmail_quote", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix"})
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
    first = next((at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")), 0)
    reason = "message heading" if lines and _HEADING.match(lines[first]) else ""
    for at, line in enumerate(lines):
        if reason == "message heading" and at >= first and not _HEADING.match(line):
            reason = ""
        if _QUOTED.match(line):
            yield line, "quoted mail"
            continue
        if reason != "message heading" and _begins_history(lines, at):
            reason = "quoted mail"
        elif reason == "" and any(ends.match(line) for ends in (_SIGNATURE, _FAREWELL, _DISCLAIMER)):
            reason = "signature"
        yield line, reason


def _begins_history(lines: list[str], at: int) -> bool:
    """Say whether the mail that was answered begins here: its heading may run over lines, and need not be marked."""
    line, following = lines[at], lines[at + 1 : at + 3]
    if _HISTORY.match(line):
        return True
    if line.lower().lstrip().startswith("on ") and _REPLY_TO.match(" ".join([line, *following[:1]])):
        return True
    heading = _HEADING.match(line)
    return (
        heading is not None
        and heading[1].lower() == "from"
        and len(following) == 2
        and _is_heading(following)
    )


def _is_heading(lines: list[str]) -> bool:
    names = [found[1].lower() for line in lines if (found := _HEADING.match(line))]
    return len(names) == len(lines) and bool({"sent", "date", "to"} & set(names))


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
    return re.sub(r"\n(?: *\n)+", "\n", _walk(root))


def _walk(element: lxml_html.HtmlElement) -> str:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag == "br":
        return "\n"
    first = element.text or ""
    inner = (first if tag == "pre" else _spaced(first)) + "".join(
        _walk(child) + _spaced(child.tail or "") for child in element
    )
    if tag in ("td", "th") and element.find(".//table") is None:
        return _in_one_line(inner) + (" | " if element.getnext() is not None else "")
    if _is_quotation(element):
        inner = "\n".join(f"> {line}" if line.strip() else "" for line in inner.split("\n"))
    return f"\n{inner}\n" if tag in _BLOCKS else inner


def _in_one_line(cell: str) -> str:
    """Return a cell's lines with return signs between, so that its row stays one line."""
    return " ⏎ ".join(line.strip() for line in cell.split("\n") if line.strip())


def _is_quotation(element: lxml_html.HtmlElement) -> bool:
    """Say whether a mail program marked this as the mail that was answered; a plain blockquote may only indent."""
    classes = set((element.get("class") or "").split())
    return element.get("type") == "cite" or bool(classes & _QUOTING)


def _spaced(text: str) -> str:
    """Return a text as a browser shows it: white space folded, kept at the ends."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return f"{' ' if text[:1].isspace() else ''}{words}{' ' if text[-1:].isspace() else ''}"
