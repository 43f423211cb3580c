"""Answers a Word document names itself: content controls by their tag, and bookmarks called f_<name>."""

from collections.abc import Iterator, Mapping, Sequence, Set

from lxml import etree

from forms.names import BOOKMARK, BOOKMARK_ROOM, bookmark

from . import glyphs
from .docx_names import (
    CELL,
    CONTROL,
    OF_CONTROL,
    OF_RUN,
    PARAGRAPH,
    ROW,
    RUN,
    TEXT,
    W,
    first,
    value,
)
from .docx_runs import Named, properties
from .docx_styles import PLACEHOLDER
from .layout import Line, Tagged
from .placeholders import is_prompt

_START, _END, _FIELD = W + "bookmarkStart", W + "bookmarkEnd", W + "fldChar"
_SIGNS = {W + "br": "\n", W + "cr": "\n", W + "tab": "\t", W + "noBreakHyphen": "-"}
Placed = Mapping[etree._Element, Sequence[Line]]
Controls = Mapping[etree._Element, Named]
LeftOut = Mapping[etree._Element, Sequence[Tagged]]


def tagged(root: etree._Element, placed: Placed, named: Controls, left_out: LeftOut) -> Iterator[Tagged]:
    """Yield each named answer once: by its control, or by its bookmark when the control is gone.

    `placed` are the lines of each paragraph, `named` the controls within paragraphs, `left_out` the answers in rows
    that were met before.
    """
    met: set[str] = set()
    for element in root.iter(CONTROL, ROW) if left_out else root.iter(CONTROL):
        if element.tag == ROW:
            found: Sequence[Tagged] = left_out.get(element, ())
        elif element in named:
            found = [_in_paragraph(named[element], placed)]
        else:
            found = [_round_paragraphs(element, placed)]
        for one in found:
            if one.name:
                met.add(bookmark(one.name))
                yield one
    yield from _bookmarks(root, placed, met)


def in_paragraphs(row: etree._Element, placed: Placed, named: Controls) -> list[Tagged]:
    """Return the named answers of a row whose controls stand within paragraphs."""
    return [_in_paragraph(named[control], placed) for control in row.iter(CONTROL) if control in named]


def _in_paragraph(found: Named, placed: Placed) -> Tagged:
    return _tagged(found.name, found.text, "control", placed.get(found.paragraph, ()))


def _round_paragraphs(control: etree._Element, placed: Placed) -> Tagged:
    """Return the answer in a control that stands round whole paragraphs; without a name when it bears none."""
    says = properties(first(control, OF_CONTROL))
    lines = [line for paragraph in control.iter(PARAGRAPH) for line in placed.get(paragraph, ())]
    text = says.ticked or "\n".join(line.text for line in lines).strip()
    if says.shows_prompt and not says.ticked and _is_prompt(control, text):
        text = ""
    return _tagged(says.name, text, "control", lines)


def _is_prompt(control: etree._Element, text: str) -> bool:
    styles = {value(run, OF_RUN, W + "rStyle") for run in control.iter(RUN)}
    return styles == {PLACEHOLDER} or is_prompt(text)


def _tagged(name: str, text: str, how: str, lines: Sequence[Line]) -> Tagged:
    """Return the answer with the lines it fills; a line it shares with other words is left to later stages."""
    filled = [line.number for line in lines if (words := line.text.strip()) and words in text]
    where = lines[0].where if lines else ""
    return Tagged(name, text, where, how, tuple(filled))


def _bookmarks(root: etree._Element, placed: Placed, met: Set[str]) -> Iterator[Tagged]:
    """Yield the text between the ends of each bookmark not `met` before; they outlive controls in LibreOffice."""
    names = {mark.get(W + "name") or "" for mark in root.iter(_START)}
    wanted = {name for name in names if name.startswith(BOOKMARK) and name[:BOOKMARK_ROOM] not in met}
    if wanted:
        yield from _between(root, placed, wanted)


def _between(root: etree._Element, placed: Placed, wanted: Set[str]) -> Iterator[Tagged]:
    """Yield what stands between the ends of bookmarks; where LibreOffice lost an end, as far as the cell reaches."""
    opened: dict[str | None, str] = {}
    cells: dict[str, etree._Element | None] = {}
    texts: dict[str, list[str]] = {}
    lines: dict[str, list[Line]] = {}
    for element in root.iter(_START, _END, PARAGRAPH, TEXT, *_SIGNS):
        if element.tag == _START:
            name = element.get(W + "name") or ""
            if name in wanted and name not in texts:
                opened[element.get(W + "id")] = name
                texts[name], around = [], next(element.iterancestors(PARAGRAPH), None)
                lines[name] = list(placed.get(around, ())) if around is not None else []
                cells[name] = next(element.iterancestors(CELL), None)
        elif element.tag == _END:
            opened.pop(element.get(W + "id"), None)
        else:
            if element.tag == PARAGRAPH and opened:
                reached = {None, *element.iterancestors(CELL)}
                opened = {number: name for number, name in opened.items() if cells[name] in reached}
            for name in opened.values():
                texts[name].append(_shown(element))
                if element.tag == PARAGRAPH:
                    lines[name] += placed.get(element, ())
    for name, pieces in texts.items():
        text = glyphs.plain("".join(pieces)).strip()
        yield _tagged(name.removeprefix(BOOKMARK), "" if is_prompt(text) else text, "bookmark", lines[name])


def _shown(element: etree._Element) -> str:
    """Return what an element between two bookmarks shows, leaving out hidden and deleted text."""
    if element.tag == PARAGRAPH:
        return "" if _only_ends_a_field(element) else "\n"
    run = element.getparent()
    look = first(run, OF_RUN)
    if run is None or run.tag != RUN or first(look, W + "vanish") is not None:
        return ""  # a tab of a paragraph's settings is a stop, not a sign
    return _SIGNS.get(str(element.tag)) or element.text or ""


def _only_ends_a_field(paragraph: etree._Element) -> bool:
    """Say whether a paragraph holds the end of a field alone: a .doc of LibreOffice breaks the line before it."""
    marks = [mark.get(W + "fldCharType") for mark in paragraph.iter(_FIELD)]
    return marks == ["end"] and next(paragraph.iter(TEXT, *_SIGNS), None) is None
