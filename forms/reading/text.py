"""Plain text and HTML mail bodies as a layout, with quoted mail, signatures and mail headings set aside."""

import re
from collections.abc import Iterator
from itertools import groupby

from lxml import etree
from lxml import html as lxml_html

from .formats import decode
from .glyphs import broken, plain
from .layout import Cell, Layout, Line, Numbering, Table
from .limits import Refused

_QUOTED = re.compile(r"^\s*>")
_QUOTES = re.compile(r"^(?:\s*>)+ ?")
_FEWEST_ANSWERS = 2  # between lines of the mail that was answered
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
_BEGINS_HISTORY = frozenset("oOfF")  # "On ... wrote:", "From:"
_SIGNATURE = re.compile(r"^\s*(--\s*|_{2,5}\s*)$")
_FAREWELL = re.compile(
    r"^\s*(?:(?:kind|best|warm|many)\s*)?(regards|wishes|thanks|thank you|yours (sincerely|faithfully)"
    r"|sincerely|diolch(?: yn fawr)?|cofion(?: gorau| cynnes)?)\s*[,.!]?\s*$",
    re.I,
)
_BLOCKS = frozenset({
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "table", "ul", "ol", "blockquote",
    "section", "article", "header", "footer", "pre", "hr", "dt", "dd",
})  # fmt: skip
_STRUCK, _BOLD = ("\x02", "\x03"), ("\x0e", "\x0f")  # signs no text holds, round words set so in HTML
_STRUCK_WORDS = re.compile("\x02([^\x02\x03]*)\x03")
_BOLD_WORDS = re.compile("\x0e[^\x0e\x0f]*\x0f")
_SIGNS = re.compile("[\x02\x03\x0e\x0f]")
_STRIKES = frozenset({"s", "strike", "del"})
_BOLDENS = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"})
_QUOTING = frozenset({"gmail_quote", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix"})
_TABS = 2  # in the row of a table
MAX_LINES = 20_000


def read_text(content: bytes) -> Layout:
    """Return the layout of a plain text, such as the body of an e-mail."""
    return layout_of(decode(content))


def layout_of(text: str) -> Layout:
    """Return the layout of text already decoded."""
    text = plain(text).replace("\r\n", "\n").replace("\r", "\n")
    source = text.split("\n")
    if len(source) > MAX_LINES:
        raise Refused("it has too many lines")
    source, begun = _answered_between(source)
    numbering = Numbering()
    blocks: list[Line | Table] = []
    rows: list[tuple[Cell, ...]] = []
    sign = " | "
    reasons = _aside([_SIGNS.sub("", line) for line in source], begun)
    for at, (text_line, aside) in enumerate(zip(source, reasons, strict=True), start=1):
        cells = f"{text_line} ".split(" | ") if " | " in f"{text_line} " and not aside else []
        if text_line.count("\t") >= _TABS and not aside and _same_tabs(source, at):
            cells = text_line.split("\t")
        if cells:
            sign = "\t" if "\t" in text_line else " | "
            rows.append(
                tuple(_cell(numbering, cell, f"line {at}, column {c}") for c, cell in enumerate(cells, 1))
            )
            continue
        if rows:
            blocks.append(Table(numbering.table(), tuple(rows), sign))
            rows = []
        blocks += [_line(numbering, line, f"line {at}", aside) for line in broken(text_line)]
    if rows:
        blocks.append(Table(numbering.table(), tuple(rows), sign))
    return Layout("text", tuple(blocks))


def _answered_between(lines: list[str]) -> tuple[list[str], int]:
    """Return the lines of a mail answered between its quoted questions with these unquoted, and where they begin.

    Of what was quoted before the first answer only the question right above it is one; what follows the last answer
    stays quoted.
    """
    parts = [
        (quoted, list(part))
        for quoted, part in groupby(
            (at for at, line in enumerate(lines) if line.strip()), lambda at: bool(_QUOTED.match(lines[at]))
        )
    ]
    told = [not quoted and not any(_begins_history(lines, at) for at in part) for quoted, part in parts]
    asked = [part for (quoted, part), answered in zip(parts, told[1:], strict=False) if quoted and answered]
    if len(asked) <= _FEWEST_ANSWERS:
        return lines, len(lines)
    first, last = _last_paragraph(lines, asked[0]), asked[-1][-1]
    shown = [_QUOTES.sub("", line) if first <= at <= last else line for at, line in enumerate(lines)]
    return shown, first


def _last_paragraph(lines: list[str], quoted: list[int]) -> int:
    """Return which line begins the last paragraph of some quoted lines."""
    written = [at for at in quoted if _QUOTES.sub("", lines[at]).strip()]
    begin = len(written) - 1
    while begin > 0 and written[begin - 1] == written[begin] - 1:
        begin -= 1
    return written[begin] if written else quoted[-1]


def _same_tabs(source: list[str], at: int) -> bool:
    """Say whether the line above or below line `at`, counted from one, has as many tabs: rows of a table, pasted."""
    near = source[max(at - 2, 0) : at - 1] + source[at : at + 1]
    return any(line.count("\t") == source[at - 1].count("\t") for line in near)


def _cell(numbering: Numbering, text: str, where: str) -> Cell:
    return Cell(tuple(_line(numbering, line.strip(), where) for line in broken(text)))


def _line(numbering: Numbering, text: str, where: str, aside: str = "") -> Line:
    """Return a line of text, with what HTML showed struck out kept apart from it."""
    if not _SIGNS.search(text):
        return numbering.line(text, where, aside=aside)
    struck = tuple(words.strip() for words in _STRUCK_WORDS.findall(_BOLD_WORDS.sub(_bare, text)))
    shown = _STRUCK_WORDS.sub(" ", text)
    bold = not re.search(r"\w", _BOLD_WORDS.sub("", shown))
    words = " ".join(_SIGNS.sub("", shown).split()) if struck else _SIGNS.sub("", shown)
    return numbering.line(words, where, aside=aside, bold=bold and bool(words.strip()), struck=struck)


def _bare(words: re.Match[str]) -> str:
    return words[0][1:-1]


def _aside(lines: list[str], begun: int) -> Iterator[str]:
    """Yield of each line the reason why it is set aside, or nothing; from line `begun` on the form is filled in."""
    first = next((at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")), 0)
    reason = "message heading" if lines and _HEADING.match(lines[first]) else ""
    for at, line in enumerate(lines):
        if reason == "message heading" and at >= first and not _HEADING.match(line):
            reason = ""
        if at == begun:
            reason = ""
        if _QUOTED.match(line):
            yield "quoted mail"
            continue
        if reason != "message heading" and _begins_history(lines, at):
            reason = "quoted mail"
        elif not reason and (_SIGNATURE.match(line) or _FAREWELL.match(line) or _DISCLAIMER.match(line)):
            reason = "signature"
        yield reason


def _begins_history(lines: list[str], at: int) -> bool:
    """Say whether the mail that was answered begins here: its heading may run over lines, and need not be marked."""
    line = lines[at]
    if _HISTORY.match(line):
        return True
    if line.lstrip()[:1] not in _BEGINS_HISTORY:
        return False
    following = lines[at + 1 : at + 3]
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
    """Return the layout of an HTML mail body: its tables as tables, its blocks as lines.

    Raises RecursionError where it is nested too deeply: a parser with limits would leave out the rest without a word.
    """
    try:
        root = lxml_html.document_fromstring(
            decode(content), parser=lxml_html.HTMLParser(no_network=True, huge_tree=True)
        )
    except (ValueError, etree.ParserError, etree.XMLSyntaxError) as error:
        raise Refused("its text is not well formed") from error
    # What a gateway or a mail program puts after </html> stands beside the page
    pages = [root, *root.itersiblings(etree.Element)]
    for page in pages:
        for gone in page.xpath(".//script|.//style|.//head|.//template|.//noscript|.//comment()"):
            gone.drop_tree()
    return layout_of("\n".join(map(_as_text, pages)))


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
    signs = _STRUCK if _is_struck(element, tag) else _BOLD if tag in _BOLDENS else ()
    if signs and inner.strip():
        inner = _signed(inner, *signs)
    if tag in ("td", "th") and element.find(".//table") is None:
        return _in_one_line(inner) + (" | " if element.getnext() is not None else "")
    if _is_quotation(element):
        inner = "\n".join(f"> {line}" if line.strip() else "" for line in inner.split("\n"))
    return f"\n{inner}\n" if tag in _BLOCKS else inner


def _is_struck(element: lxml_html.HtmlElement, tag: str) -> bool:
    return tag in _STRIKES or "line-through" in (element.get("style") or "")


def _signed(inner: str, begin: str, end: str) -> str:
    """Return a text with signs round the words of each of its lines."""
    return "\n".join(f"{begin}{line}{end}" if line.strip() else line for line in inner.split("\n"))


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
