"""Fills the boxes of a PDF form in the house typeface, with letters of any alphabet it has."""

import io
from collections.abc import Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from forms.form import Stamp
from forms.paper import fonts
from forms.pdf_boxes import LEADING, PADDING, wrapped
from forms.pdf_fonts import Typefaces
from forms.pdf_widgets import FONT, FONT_SIZE, INK, SEVERAL_LINES, TICKED, frame_of


def fill(content: bytes, values: dict[str, str], stamp: Stamp, anew: Mapping[str, str]) -> bytes:
    """The form with its values written in, its typeface embedded, and the stamp in its properties.

    `anew` are words in its print and those to be set in their stead, both of letters that stand for themselves.
    """
    with pikepdf.open(io.BytesIO(content)) as document:
        _set_anew(document, anew)
        typefaces = Typefaces(document)
        _offer(document, typefaces.typed)
        known = ((box, values.get(str(box.T))) for box in document.Root.AcroForm.Fields)
        given = [(box, value) for box, value in known if value]
        ticked = [box for box, _ in given if Name.Btn == box.FT]
        for box in ticked:
            box.V = box.AS = Name(f"/{TICKED}")
        written = [(box, value, _lines(box, value)) for box, value in given if box not in ticked]
        typefaces.take(lines for _, _, lines in written)
        for box, value, lines in written:
            _write(box, value, lines, typefaces)
        document.docinfo["/Subject"] = stamp.subject
        if stamp.identifier:
            document.docinfo["/Keywords"] = stamp.identifier
        file = io.BytesIO()
        document.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return file.getvalue()


def _set_anew(document: pikepdf.Pdf, anew: Mapping[str, str]) -> None:
    for page in document.pages if anew else ():
        print_ = page.Contents.read_bytes()
        for before, now in anew.items():
            print_ = print_.replace(before.encode("ascii"), now.encode("ascii"))
        page.Contents.write(print_)


def _offer(document: pikepdf.Pdf, typeface: Any) -> None:
    """Let programs type in the house typeface, which is embedded, as PDF/UA wants it."""
    document.Root.AcroForm.DR = Dictionary({"/Font": Dictionary({f"/{FONT}": typeface})})
    document.Root.AcroForm.DA = String(f"/{FONT} 0 Tf 0 g")


def _write(box: Any, value: str, lines: list[str], typefaces: Typefaces) -> None:
    """Give a box its value and the picture of it."""
    box.V = box.DV = String(value)
    if "/Opt" in box:
        options = [str(option) for option in box.Opt]
        if value in options:
            box.I = Array([options.index(value)])
    width, height = _size(box)
    font, shown = typefaces.show(lines)
    begin = (
        f"{frame_of(width, height)}/Tx BMC\nq 1 1 {width - 2:.2f} {height - 2:.2f} re W n\n"
        f"BT /F {FONT_SIZE} Tf {INK} rg {LEADING} TL "
        f"1 0 0 1 {PADDING} {height - FONT_SIZE - PADDING:.2f} Tm\n"
    )
    drawn = b" T*\n".join(line + b" Tj" for line in shown)
    picture = Stream(typefaces.document, begin.encode() + drawn + b"\nET Q\nEMC\n")
    picture.Type, picture.Subtype = Name.XObject, Name.Form
    picture.BBox = Array([0, 0, width, height])
    picture.Resources = Dictionary(Font=Dictionary(F=font))
    box.AP.N = typefaces.document.make_indirect(picture)


def _lines(box: Any, value: str) -> list[str]:
    """An answer as the lines its box shows."""
    if int(box.get("/Ff", 0)) & SEVERAL_LINES:
        return wrapped(fonts.printable(value), _size(box)[0])
    return [fonts.printable(value)]


def _size(box: Any) -> tuple[float, float]:
    left, bottom, right, top = (float(side) for side in box.Rect)
    return right - left, top - bottom
