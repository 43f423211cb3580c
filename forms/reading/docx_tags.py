"""Answers a Word document names itself: content controls by their tag, and bookmarks called f_<name>."""

from collections.abc import Iterator, Mapping, Sequence, Set

from lxml import etree

from . import glyphs
from .docx_names import NS, W, value
from .docx_runs import Styles, control_text
from .layout import Line, Tagged
from .placeholders import is_prompt

_BOOKMARK = "f_"
Placed = Mapping[etree._Element, Sequence[Line]]


def tagged(root: etree._Element, styles: Styles, placed: Placed) -> Iterator[Tagged]:
    """Yield each named answer once: by its control, or by its bookmark when the control is gone."""
    met: set[str] = set()
    for control in root.iter(W + "sdt"):
        name = value(control.find(W + "sdtPr"), "w:tag")
        if name:
            met.add(name.replace(".", "__"))
            text = control_text(control, styles)
            lines = [line for paragraph in _paragraphs(control) for line in placed.get(paragraph, ())]
            yield _tagged(name, text, "control", lines)
    yield from _bookmarks(root, placed, met)


def _paragraphs(control: etree._Element) -> list[etree._Element]:
    around = next(control.iterancestors(W + "p"), None)
    return [around] if around is not None else list(control.iter(W + "p"))


def _tagged(name: str, text: str, how: str, lines: Sequence[Line]) -> Tagged:
    """Return the answer with the lines it fills; a line it shares with other words is left to later stages."""
    filled = [line for line in lines if line.text.strip() and line.text.strip() in text]
    where = lines[0].where if lines else ""
    return Tagged(name, text, where, how, tuple(line.number for line in filled))


def _bookmarks(root: etree._Element, placed: Placed, met: Set[str]) -> Iterator[Tagged]:
    """Yield the text between the ends of each bookmark not `met` before; they outlive controls in LibreOffice."""
    opened: dict[str, str] = {}
    texts: dict[str, list[str]] = {}
    lines: dict[str, list[Line]] = {}
    for element in root.iter(W + "bookmarkStart", W + "bookmarkEnd", W + "p", W + "br", W + "t"):
        if element.tag == W + "bookmarkStart":
            name = element.get(W + "name") or ""
            if name.startswith(_BOOKMARK) and name.removeprefix(_BOOKMARK) not in met:
                opened[element.get(W + "id") or ""] = name
                texts[name], around = [], next(element.iterancestors(W + "p"), None)
                lines[name] = list(placed.get(around, ())) if around is not None else []
        elif element.tag == W + "bookmarkEnd":
            opened.pop(element.get(W + "id") or "", None)
        else:
            for name in opened.values():
                texts[name].append(_shown(element))
                if element.tag == W + "p":
                    lines[name] += placed.get(element, ())
    for name, pieces in texts.items():
        text = glyphs.plain("".join(pieces)).strip()
        yield _tagged(name.removeprefix(_BOOKMARK), "" if is_prompt(text) else text, "bookmark", lines[name])


def _shown(element: etree._Element) -> str:
    """Return what an element between two bookmarks shows, leaving out hidden and deleted text and prompts."""
    if element.tag != W + "t":
        return "\n"
    run = element.getparent()
    if (
        run is None
        or run.find("w:rPr/w:vanish", NS) is not None
        or value(run, "w:rPr/w:rStyle") == "PlaceholderText"
    ):
        return ""
    return element.text or ""
