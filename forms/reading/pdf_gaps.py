"""Words that one step of a PDF's drawing sets far apart, as LibreOffice does round a tick of another typeface."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pypdf.generic import ArrayObject, ContentStream, FloatObject, NameObject, StreamObject

from .pdf_pen import ANEW, Pen

_FAR = 650  # thousandths of the letters' size: a box is wider, a space between words is not
_BY_LINE = {b"Td", b"TD", b"T*", b"'", b'"'}
_NOWHERE = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Step = tuple[Sequence[Any], bytes]


def part(page: Any, fonts: Mapping[str, Any]) -> None:
    """Part such words of a page into steps of their own, each set where it stood; other pages stay as they are."""
    drawn = page.get("/Contents")
    if drawn is None or not isinstance(drawn.get_object(), ArrayObject | StreamObject):
        return
    content = ContentStream(drawn.get_object(), page.pdf, "bytes")
    if any(operator == b"TJ" and _leaps(operands) for operands, operator in content.operations):
        content.operations = list(_parted(content.operations, Pen(fonts)))
    page[NameObject("/Contents")] = content  # so that its steps are not read a second time


def _leaps(operands: Sequence[Any]) -> bool:
    shown = operands[0] if operands else None
    return isinstance(shown, ArrayObject) and any(
        isinstance(one, int | float) and one < -_FAR for one in shown
    )


def _parted(steps: Sequence[Step], pen: Pen) -> Iterator[Step]:
    """Yield the steps with a move before whatever stands behind a leap, and one back before a new line."""
    moved, typeface = 0.0, None
    for operands, operator in steps:
        if operator == b"Tf":
            typeface = operands
        if moved and operator in _BY_LINE:
            yield _move(-moved)
        moved = 0.0 if operator in ANEW else moved
        if operator != b"TJ" or typeface is None or not pen.measures or not _leaps(operands):
            yield operands, operator
            pen.take(operator, operands, _NOWHERE, _NOWHERE)
            continue
        run: list[Any] = []
        for one in operands[0]:
            run.append(one)
            if isinstance(one, int | float) and one < -_FAR:
                yield [ArrayObject(run[:-1])], b"TJ"
                pen.take(b"TJ", [run], _NOWHERE, _NOWHERE)
                run = []
                yield typeface, b"Tf"
                yield _move(pen.gone - moved)
                moved = pen.gone
        yield [ArrayObject(run)], b"TJ"
        pen.take(b"TJ", [run], _NOWHERE, _NOWHERE)


def _move(across: float) -> Step:
    return [FloatObject(across), FloatObject(0)], b"Td"
