"""Names of the XML elements that a Word document is made of."""

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

VAL = W + "val"
PARAGRAPH, RUN, TEXT, CONTROL, BOX = W + "p", W + "r", W + "t", W + "sdt", W + "txbxContent"
TABLE, ROW, CELL = W + "tbl", W + "tr", W + "tc"
OF_PARAGRAPH, OF_RUN, OF_ROW, OF_CELL, OF_CONTROL = (
    W + name for name in ("pPr", "rPr", "trPr", "tcPr", "sdtPr")
)
CONTROL_CONTENT = W + "sdtContent"

WRAPPERS = frozenset(W + name for name in ("ins", "moveTo", "customXml", "smartTag", "sdtContent"))
GONE = frozenset(
    W + name for name in ("del", "moveFrom", "pPr", "sdtPr", "txbxContent", "instrText", "delText")
)


def children(parent: etree._Element) -> list[etree._Element]:
    """Return the children of an element: a slice costs a third of lxml's iterator, and we ask many thousand times."""
    return parent[:]


def first(parent: etree._Element | None, *tags: str) -> etree._Element | None:
    """Return the first element down a path of tags, or None; several times faster than `find`."""
    found = parent
    for tag in tags:
        for child in children(found) if found is not None else ():
            if child.tag == tag:
                found = child
                break
        else:
            return None
    return found


def value(parent: etree._Element | None, *tags: str, missing: str = "") -> str:
    """Return the `w:val` of the element down a path of tags, or `missing`."""
    found = first(parent, *tags)
    return found.get(VAL, missing) if found is not None else missing


def is_on(parent: etree._Element | None, *tags: str) -> bool:
    """Say whether a switch such as `w:b` or `w:vanish` stands down a path of tags and is not turned off."""
    found = first(parent, *tags)
    return found is not None and found.get(VAL) not in ("0", "false", "off")
