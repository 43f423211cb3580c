"""The boxes of a fillable PDF with what is written in them, and the remarks somebody put onto its pages.

They are read with qpdf, ten times as fast as with pypdf. It has no limits of its own: the tree of pages is walked no
further than needed, and documents from outside are read in the child process, whose limits end what runs away.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from . import glyphs
from .limits import Refused

MAX_PAGES = 500
MOST = 20_000
_DEEPEST = 20
_RADIO = 1 << 15
_CUT_EMOJI = re.compile("[\uf300-\uf6ff]")  # Chrome keeps only the lower 16 bits of what is typed into a box


@dataclass(frozen=True)
class Box:
    """One box of a form: its full name, what is in it (☒ or ☐ for a tick box), its page and place in points."""

    name: str
    text: str
    page: int
    left: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    is_tick: bool = False
    right: float = 0.0


@dataclass(frozen=True)
class Remark:
    """A text box or note that a PDF program put onto a page."""

    text: str
    page: int


@dataclass(frozen=True)
class Marks:
    """What a PDF holds besides its pages' text: boxes, remarks, what it says about itself."""

    boxes: tuple[Box, ...] = ()
    remarks: tuple[Remark, ...] = ()
    title: str = ""
    subject: str = ""
    keywords: str = ""
    has_script: bool = False
    is_locked: bool = False  # encrypted, if only against printing


def marks(content: bytes) -> Marks | None:
    """Return the marks of a PDF in the order of its pages, or None when qpdf cannot make it out.

    Raises Refused when it is protected with a password or has too many pages or boxes.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            return _marks(document)
    except pikepdf.PasswordError as error:
        raise Refused("it is protected with a password") from error
    except Refused:
        raise
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError):
        return None


def unlocked(content: bytes) -> bytes:
    """Return a PDF without its encryption where that asks for no password, any other as it is."""
    if b"/Encrypt" not in content:
        return content
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            document.save(plain := io.BytesIO())
        return plain.getvalue()
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return content


def _marks(document: pikepdf.Pdf) -> Marks:
    boxes: list[Box] = []
    remarks: list[Remark] = []
    for number, page in enumerate(_pages(document.Root.get("/Pages"), 0), start=1):
        if number > MAX_PAGES:
            raise Refused(f"it has more than {MAX_PAGES} pages")
        for mark in _list(page.get("/Annots")):
            subtype = str(mark.get("/Subtype", ""))
            if subtype == "/Widget" and (box := _box(mark, number)):
                boxes.append(box)
            elif subtype in ("/FreeText", "/Text") and "/Contents" in mark:
                remarks.append(Remark(glyphs.plain(str(mark["/Contents"])), number))
            if len(boxes) + len(remarks) > MOST:
                raise Refused("it has too many boxes")
    boxes += _elsewhere(document, {box.name for box in boxes})
    scripted = _has_script(document.Root)
    return Marks(tuple(boxes), tuple(remarks), *_about(document), scripted, document.is_encrypted)


def _pages(node: Any, depth: int) -> Iterator[Any]:
    """Yield the pages below a node of the tree of pages, none of it read before it is needed."""
    if not isinstance(node, pikepdf.Dictionary) or depth > _DEEPEST:
        return
    if "/Kids" not in node:
        yield node
    for kid in _list(node.get("/Kids")):
        yield from _pages(kid, depth + 1)


def _about(document: pikepdf.Pdf) -> tuple[str, str, str]:
    about = document.trailer.get("/Info")
    if not isinstance(about, pikepdf.Dictionary):
        return "", "", ""
    return str(about.get("/Title", "")), str(about.get("/Subject", "")), str(about.get("/Keywords", ""))


def _has_script(root: Any) -> bool:
    names, opening = root.get("/Names"), root.get("/OpenAction")  # which may only say at which page to open
    acts = isinstance(opening, pikepdf.Dictionary) and opening.get("/S") != "/GoTo"
    return acts or (isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names)


def _list(found: Any) -> Iterator[Any]:
    for one in found if isinstance(found, pikepdf.Array) else ():
        if isinstance(one, pikepdf.Dictionary):
            yield one


def _elsewhere(document: pikepdf.Pdf, met: set[str]) -> Iterator[Box]:
    """Yield the filled fields that stand on no page."""
    form = document.Root.get("/AcroForm")
    for field in _list(form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None):
        name = str(field.get("/T", ""))
        if name and name not in met and "/V" in field and "/Kids" not in field:
            yield Box(name, _text(field["/V"]), 0)


def _box(mark: Any, page: int) -> Box | None:
    """Return the box of one place on a page; what the place does not say itself, the field above it says."""
    names: list[str] = []
    kind = value = None
    flags = 0
    field, depth = mark, 0
    while isinstance(field, pikepdf.Dictionary) and depth < _DEEPEST:
        names += [str(field["/T"])] if "/T" in field else []
        kind = kind if kind is not None else field.get("/FT")
        value = value if value is not None else field.get("/V")
        flags = flags or int(field.get("/Ff", 0))
        field, depth = field.get("/Parent"), depth + 1
    if not names or (kind == "/Sig"):
        return None
    left, bottom, right, top = _place(mark)
    is_tick = kind == "/Btn"
    text = _tick(mark, value, flags) if is_tick else _text(value)
    return Box(".".join(reversed(names)), text, page, left, top, bottom, is_tick, right)


def _place(mark: Any) -> tuple[float, float, float, float]:
    numbers = [float(number) for number in mark.get("/Rect", (0, 0, 0, 0))]
    if len(numbers) != 4:
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = numbers
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _tick(mark: Any, value: Any, flags: int) -> str:
    """Return whether a tick box is ticked: by the field's value, of a group of radio buttons by its own state."""
    state = mark.get("/AS") if flags & _RADIO or value is None else value
    return glyphs.EMPTY if state is None or str(state) in ("/Off", "") else glyphs.TICKED


def _text(value: Any) -> str:
    if isinstance(value, pikepdf.Array):  # some programs hand back a choice as a list of one
        value = value[0] if len(value) else None
    written = str(value).replace("\r\n", "\n").replace("\r", "\n") if value is not None else ""
    text = glyphs.plain(_CUT_EMOJI.sub(lambda cut: chr(ord(cut[0]) + 0x10000), written))
    return text.rstrip() if text.strip() else ""
