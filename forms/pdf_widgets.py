"""The fields behind the boxes of a fillable PDF, in PDF's own words; boxes of one size share one picture.

ReportLab can make such fields too, but takes as long for them as for all the rest of a form.
"""

from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFObjectReference, PDFStream

from forms.paper import style

FONT, FONT_SIZE = "Helv", 10  # under this name every program that fills forms looks for the typeface
SEVERAL_LINES, SHUT, OPENS = 1 << 12, 1, 1 << 17  # field flags (ISO 32000-1, tables 221, 228 and 230)
TICKED = "Yes"  # the state of a box that is ticked
EDGE = "0.42 0.467 0.502"  # 4.5:1 on white
EDGE_WIDTH = 0.7
INK = f"{style.INK.red:.3f} {style.INK.green:.3f} {style.INK.blue:.3f}"
LOOK = f"/MK << /BC [{EDGE}] /BG [1 1 1] >> /BS << /W {EDGE_WIDTH} /S /S >>"
TYPING = f"/DA (/{FONT} {FONT_SIZE} Tf {INK} rg)"
TICK_LOOK = LOOK.replace("/MK <<", "/MK << /CA (8)")  # a cross, for programs that draw it themselves


class Widget(PDFDictionary):  # type: ignore[misc]  # ReportLab is not typed
    """A field and its place on a page: entries as they are written, and the objects it refers to."""

    def __init__(self, entries: str, references: dict[str, Any]) -> None:
        super().__init__({"Subtype": "/Widget"})  # the canvas adds its place in the structure
        self.entries, self.references = entries, references

    def format(self, document: Any, *_: Any) -> bytes:
        """The dictionary as it stands in the file."""
        found = {name: one.format(document).decode() for name, one in self.references.items()}
        added = " ".join(f"/{name} {value}" for name, value in self.dict.items())
        return f"<< /Type /Annot {added} {self.entries.format(**found)} >>".encode("ascii")


def text_field(canvas: Any, name: str, spoken: str, size: tuple[float, float], flags: int) -> None:
    """A field to write in, empty, at the canvas's present origin; size in points."""
    frame = _picture(canvas, "frame", size, frame_of(*size))
    entries = f"/FT /Tx /Ff {flags} /V () /DV () {TYPING} {LOOK} /AP << /N {{frame}} >>"
    _add(canvas, name, spoken, size, entries, {"frame": frame})


def choice_field(
    canvas: Any, name: str, spoken: str, size: tuple[float, float], options: Sequence[str]
) -> None:
    """A list that opens, with its first option chosen."""
    frame = _picture(canvas, "frame", size, frame_of(*size))
    offered = " ".join(map(spelt, options))
    chosen = spelt(options[0])
    entries = f"/FT /Ch /Ff {OPENS} /Opt [{offered}] /V {chosen} /DV {chosen} /I [0] {TYPING} {LOOK}"
    _add(canvas, name, spoken, size, f"{entries} /AP << /N {{frame}} >>", {"frame": frame})


def tick_field(canvas: Any, name: str, spoken: str, size: float, at: float) -> None:
    """A box to tick, empty, `at` points above the present origin."""
    square = (size, size)
    pictures = {
        "off": _picture(canvas, "off", square, frame_of(*square)),
        "yes": _picture(canvas, "yes", square, frame_of(*square) + _cross(size)),
    }
    entries = (
        f"/FT /Btn /Ff 0 /V /Off /AS /Off /H /N {TICK_LOOK} /AP << /N << /{TICKED} {{yes}} /Off {{off}} >> >>"
    )
    _add(canvas, name, spoken, square, entries, pictures, at)


def spelt(text: str) -> str:
    """Any text as a string of PDF."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


def frame_of(width: float, height: float) -> str:
    """The drawing of an empty box: white with an edge."""
    inner = f"{width - EDGE_WIDTH:.2f} {height - EDGE_WIDTH:.2f}"
    return (
        f"1 1 1 rg 0 0 {width:.2f} {height:.2f} re f {EDGE} RG {EDGE_WIDTH} w "
        f"{EDGE_WIDTH / 2} {EDGE_WIDTH / 2} {inner} re s\n"
    )


def _cross(size: float) -> str:
    near, far = size * 0.25, size * 0.75
    return f"{INK} RG 1.6 w 1 J {near} {near} m {far} {far} l S {near} {far} m {far} {near} l S\n"


def _picture(canvas: Any, kind: str, size: tuple[float, float], drawing: str) -> PDFObjectReference:
    """A reference to the picture of a box, made once for boxes of its kind and size."""
    document, (width, height) = canvas._doc, size
    name = f"{kind}-{width:.2f}-{height:.2f}"
    if name not in document.idToObject:
        entries = PDFDictionary({"Type": "/XObject", "Subtype": "/Form"})
        entries["BBox"] = f"[0 0 {width:.2f} {height:.2f}]"
        document.Reference(PDFStream(entries, drawing), name)
    return PDFObjectReference(name)


def _add(
    canvas: Any,
    name: str,
    spoken: str,
    size: tuple[float, float],
    entries: str,
    references: dict[str, Any],
    at: float = 0,
) -> None:
    left, bottom = canvas.absolutePosition(0, at)
    place = f"[{left:.2f} {bottom:.2f} {left + size[0]:.2f} {bottom + size[1]:.2f}]"
    named = f"/T {spelt(name)} /TU {spelt(spoken)} /Rect {place} /P {{page}}"
    widget = Widget(f"{named} {entries}", {**references, "page": canvas._doc.thisPageRef()})
    canvas._addAnnotation(widget)
    canvas.acroForm.fields.append(canvas._doc.Reference(widget))
