"""The print of a PDF form, drawn once for all that look alike; reference and form code are set in it anew."""

import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable, KeepTogether

from forms.form import Stamp
from forms.names import code_line
from forms.paper import fonts, style
from forms.paper.document import Furniture, render
from forms.paper.text import Text
from forms.pdf_boxes import GAP, Beside, Box

LETTERS = string.ascii_letters + string.digits + "-./_"  # a cut typeface keeps them under their own numbers
CODE_SHARE = 0.5  # of the width, for the form code in print
_SET = re.compile(rf"[{re.escape(LETTERS)}]+")
_ROOM = CODE_SHARE * (style.TEXT_WIDTH - GAP)
_KEPT = 16  # plates; one takes a quarter of a megabyte
_SHORTEST = "T0"  # what stands in for the letters that make a form code hard to guess
_PLATES: dict[bytes, bytes] = {}


class Letters(Flowable):
    """Nothing to see: it takes the letters of every stamp into the typefaces of the document."""

    def draw(self) -> None:
        """Let the document's cut of both typefaces have them."""
        for name in (fonts.BODY, fonts.BOLD):
            pdfmetrics.getFont(name).splitString(LETTERS, self.canv._doc)


def stand_in(stamp: Stamp) -> Stamp | None:
    """A stamp that is drawn instead, its code on as many lines; None where that cannot be set anew."""
    if not stamp.identifier:
        return stamp
    if not _SET.fullmatch(stamp.identifier) or fonts.width(stamp.identifier, style.SMALL.fontSize) > _ROOM:
        return None
    other = replace(stamp, reference=stamp.reference and "R0R", agency="A0A", token=_SHORTEST)
    while _fits(other) and not _fits(stamp):
        other = replace(other, token=f"{other.token}0")
    return other


def _fits(stamp: Stamp) -> bool:
    return fonts.width(code_line(stamp), style.SMALL.fontSize) <= _ROOM


def plate(story: Sequence[Flowable], title: str, furniture: Furniture) -> bytes:
    """The story as a PDF whose boxes are empty: drawn, or as one was drawn that looks the same."""
    looks = (title, furniture, *_looks(story, style.TEXT_WIDTH))
    sign = blake2b(repr(looks).encode()).digest()
    made = _PLATES.get(sign)
    if made is None:
        made = render(list(story), title, furniture)
        if len(_PLATES) >= _KEPT:
            _PLATES.clear()
        _PLATES[sign] = made
    return made


def _looks(story: Sequence[Flowable], width: float) -> Iterator[Any]:
    """Yield what each piece of a story looks like, set to this width."""
    for one in story:
        if isinstance(one, Beside):
            one.width = width
            columns = zip(one.columns, one.widths(), strict=True)
            yield (one.spaceAfter, one.level, [list(_looks(column, room)) for (_, column), room in columns])
        elif isinstance(one, KeepTogether):
            yield list(_looks(one._content, width))
        elif isinstance(one, Box):
            yield one.looks(width)
        elif isinstance(one, Text):
            yield (one.style.name, [(piece.text, hasattr(piece, "lineBreak")) for piece in one.frags])
        else:
            yield (type(one).__name__, one.height)  # room, or a page left where there is too little
