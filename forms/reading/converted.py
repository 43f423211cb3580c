"""The reading of a .doc, .odt or .rtf file, made into a Word file before it is read."""

from collections.abc import Callable
from dataclasses import replace

from . import conversion
from .formats import CONVERTED
from .result import Reading


def read_converted(content: bytes, sort: str, read_docx: Callable[[bytes], Reading]) -> Reading:
    """Return the reading of a .doc, .odt or .rtf file, made into a Word file first; raises Refused."""
    if not conversion.is_possible():
        return Reading(kind="other", problems=[CONVERTED[sort]])
    reading = read_docx(conversion.to_docx(content, sort))
    return replace(
        reading, notes=[*reading.notes, f"Converted from .{sort} by LibreOffice before it was read."]
    )
