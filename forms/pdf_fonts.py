"""The house typeface inside the boxes of a PDF form: cut to what people type, or to any letters filled in."""

import io
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFontMaker, TTFontParser

from forms.paper import fonts

WINDOWS = [bytes([code]).decode("cp1252", "replace") for code in range(32, 256)]
TYPED = frozenset(WINDOWS) - {"\ufffd"}
KEPT_TABLES = ("OS/2", "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post", "prep")
TYPED_NAME, OTHER_NAME = "/FORMAA+FiraGO-Regular", "/FORMAB+FiraGO-Regular"


@dataclass
class Typefaces:
    """The house typeface inside one document: one for what people will type, one for any other letters."""

    document: pikepdf.Pdf
    typed: Any = None
    other: Any = None
    codes: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.typed = _simple_font(self.document)

    def take(self, texts: Iterable[list[str]]) -> None:
        """Make the second typeface ready for all lines that the first has no letters for."""
        lines = [line for lines in texts if not _typed_only(lines) for line in lines]
        if lines:
            letters = frozenset("".join(map(_seen, lines)))
            self.other, self.codes = _composite_font(self.document, letters)

    def show(self, lines: list[str]) -> tuple[Any, list[bytes]]:
        """The font for these lines, and each line as the operand that shows it."""
        if _typed_only(lines):
            return self.typed, [_operand(line.encode("cp1252")) for line in lines]
        return self.other, [_operand(b"".join(map(self.codes.__getitem__, _seen(line)))) for line in lines]


def _typed_only(lines: list[str]) -> bool:
    return TYPED.issuperset("".join(lines))


def _seen(line: str) -> str:
    """A line as its letters stand from left to right."""
    return fonts.RIGHT_TO_LEFT.sub(lambda run: fonts.visual(run[0]), line)


def _operand(text: bytes) -> bytes:
    return b"<" + text.hex().encode() + b">"


def _face() -> Any:
    fonts.register()
    return pdfmetrics.getFont(fonts.BODY).face


def _numbered(letters: Iterable[str]) -> dict[str, int]:
    """Letter -> number of its glyph in the typeface cut to these letters: in order, equal glyphs once."""
    glyphs, numbers = _face().charToGlyph, {0: 0}
    return {
        letter: numbers.setdefault(glyphs.get(ord(letter), 0), len(numbers)) for letter in sorted(letters)
    }


@cache
def _cut_down(letters: frozenset[str]) -> bytes:
    """The typeface cut to some letters, which programs find by their Unicode numbers."""
    numbers = _numbered(letters)
    cut_file = _face().makeSubset([ord(letter) for letter in sorted(letters)])
    cut = TTFontParser(io.BytesIO(cut_file), validate=0)
    made = TTFontMaker()
    for name in KEPT_TABLES:
        if name in cut.table:
            made.add(name, cut.get_table(name))
    made.add("cmap", _character_map({ord(letter): number for letter, number in numbers.items()}))
    return bytes(made.makeStream())


def _character_map(numbers: dict[int, int]) -> bytes:
    """The table from Unicode to glyphs: Windows platform, format 4 (OpenType, cmap)."""
    runs = [*_runs(numbers), (0xFFFF, 0xFFFF, 1)]
    count = len(runs)
    power = 1 << (count.bit_length() - 1)
    ends, starts, deltas = ([run[part] for run in runs] for part in (1, 0, 2))
    arrays = [*ends, 0, *starts, *deltas, *([0] * count)]
    sizes = (4, 16 + count * 8, 0, count * 2, power * 2, power.bit_length() - 1, (count - power) * 2)
    return struct.pack(">HHHHL", 0, 1, 3, 1, 12) + struct.pack(f">{7 + len(arrays)}H", *sizes, *arrays)


def _runs(numbers: dict[int, int]) -> Iterator[tuple[int, int, int]]:
    """First, last and the amount to add, for each run of codes whose glyphs follow each other too."""
    codes = sorted(code for code in numbers if code < 0xFFFF)
    start = codes[0]
    for code, following in pairwise([*codes, -1]):
        if following != code + 1 or numbers[following] != numbers[code] + 1:
            yield start, code, (numbers[start] - start) % 0x10000
            start = following


def _width(letter: str) -> int:
    face = _face()
    return round(face.charWidths.get(ord(letter), face.defaultWidth))


def _descriptor(document: pikepdf.Pdf, letters: frozenset[str], name: str) -> Any:
    """What a document must know of the typeface, with its file."""
    face, content = _face(), _cut_down(letters)
    file = Stream(document, content)
    file.Length1 = len(content)
    return document.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor, FontName=Name(name), Flags=32, ItalicAngle=0, StemV=80,
            Ascent=round(face.ascent), Descent=round(face.descent), CapHeight=round(face.capHeight),
            FontBBox=Array([round(side) for side in face.bbox]), FontFile2=document.make_indirect(file),
        )
    )  # fmt: skip


def _simple_font(document: pikepdf.Pdf) -> Any:
    """A TrueType font with the Windows encoding, which every program that fills forms can type in."""
    widths = [_width(letter) if letter in TYPED else 0 for letter in WINDOWS]
    return document.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name(TYPED_NAME), FirstChar=32, LastChar=255,
            Widths=Array(widths), Encoding=Name.WinAnsiEncoding,
            FontDescriptor=_descriptor(document, TYPED, TYPED_NAME),
            ToUnicode=document.make_indirect(Stream(document, _typed_map())),
        )
    )  # fmt: skip


@cache
def _typed_map() -> bytes:
    """The map of the Windows encoding: a copy that Ghostscript printed is read by it, quotation marks and all."""
    return _unicode_map({letter: code for code, letter in enumerate(WINDOWS, start=32) if letter in TYPED}, 1)


def _composite_font(document: pikepdf.Pdf, letters: frozenset[str]) -> tuple[Any, dict[str, bytes]]:
    """A font of any letters, and the two bytes that show each of them."""
    numbers = _numbered(letters)
    widths: list[Any] = []
    for number, letter in sorted((number, letter) for letter, number in numbers.items()):
        widths += [number, Array([_width(letter)])]
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(OTHER_NAME), W=Array(widths),
        CIDToGIDMap=Name.Identity, FontDescriptor=_descriptor(document, letters, OTHER_NAME),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(OTHER_NAME), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([document.make_indirect(descendant)]),
        ToUnicode=document.make_indirect(Stream(document, _unicode_map(numbers))),
    )  # fmt: skip
    codes = {letter: number.to_bytes(2, "big") for letter, number in numbers.items()}
    return document.make_indirect(font), codes


def _unicode_map(numbers: dict[str, int], size: int = 2) -> bytes:
    """The map from codes of one or two bytes back to letters, by which text is copied and read aloud."""
    digits = 2 * size
    lines = [
        f"<{number:0{digits}x}> <{letter.encode('utf-16-be').hex()}>" for letter, number in numbers.items()
    ]
    blocks = (lines[start : start + 100] for start in range(0, len(lines), 100))
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /House def /CMapType 2 def\n"
        f"1 begincodespacerange <{'0' * digits}> <{'f' * digits}> endcodespacerange\n"
        f"{body}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()
