"""HTML turned into text that keeps the lines and table cells a person would see."""

import re
from collections.abc import Iterator

from lxml import etree

LONGEST_HTML = 5_000_000
UNSEEN = frozenset({"script", "style", "head", "title", "template", "object", "svg", "noscript"})
CELLS = frozenset({"td", "th"})
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset"}
    | {"footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre"}
    | {"section", "table", "tbody", "tfoot", "thead", "tr", "ul"}
)
TAG = re.compile(r"<[^>]{0,2000}>")


def text_of_html(html: str) -> str:
    """The visible words of an HTML body, one line a paragraph, cells apart by a tab. Never raises."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True)
    try:
        root = etree.fromstring(html[:LONGEST_HTML].encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        root = None
    gave_up = any(
        error.level == etree.ErrorLevels.FATAL for error in parser.error_log
    )  # such as 2,048 levels deep
    if root is None or gave_up:
        return _squeezed(TAG.sub(" ", html[:LONGEST_HTML]))
    # What a gateway or a program puts after </html> stands beside the page
    pages = (root, *root.itersiblings(etree.Element))
    return _squeezed("".join(word for page in pages for word in _words(page)))


def _words(root: etree._Element) -> Iterator[str]:
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += tag in UNSEEN
            yield _before(tag, element, hidden)
        else:
            hidden -= tag in UNSEEN
            yield "\t" if tag in CELLS else "\n" if tag in BLOCKS else ""
            yield "" if hidden else _flowed(element.tail)


def _before(tag: str, element: etree._Element, hidden: int) -> str:
    lead = "\n" if tag == "br" or tag in BLOCKS else ""
    return lead if hidden else lead + _flowed(element.text)


def _flowed(text: str | None) -> str:
    # Line ends in HTML source are blanks on the page
    return re.sub(r"[ \t\r\n]+", " ", text) if text else ""


def _squeezed(text: str) -> str:
    lines = [re.sub(r"[ \xa0]+", " ", line).strip(" ") for line in text.split("\n")]
    lines = [line.strip("\t") if not line.strip() else line.rstrip("\t ") for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
