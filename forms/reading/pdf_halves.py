"""Pages set in two columns of running text, as a newspaper is: the left column is read to its end before the right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .labels import ends_as_label
from .pdf_pieces import Piece
from .pdf_strips import GAP, rows

_FEWEST = 3  # lines of each sort in a column
_MIDDLE = (0.3, 0.7)  # of the width of the text, where the space between two columns stands
_SPACE = 6.0  # points between two columns, at least


@dataclass(frozen=True)
class _Stretch:
    """Pieces of one line with no more than the space of words between them."""

    pieces: tuple[Piece, ...]

    @property
    def x(self) -> float:
        return self.pieces[0].x

    @property
    def end(self) -> float:
        return max(piece.end for piece in self.pieces)

    @property
    def y(self) -> float:
        return self.pieces[0].y

    @property
    def prompts(self) -> bool:
        """Whether it looks like a prompt: set in bold, or ending as labels do."""
        text = self.pieces[-1].text.strip()
        return all(piece.bold for piece in self.pieces if piece.text.strip()) or ends_as_label(text)


def in_reading_order(pieces: Sequence[Piece]) -> list[Sequence[Piece]]:
    """Return the pieces of a page in one lot; of one in two columns as what is above, left, right and below."""
    stretches = [stretch for row in rows(pieces) for stretch in _stretches(row)]
    gutter = _gutter(stretches)
    if gutter is None:
        return [pieces]
    across = [one for one in stretches if one.x < gutter < one.end]
    columns = [one for one in stretches if one not in across]
    left, right = [one for one in columns if one.end <= gutter], [one for one in columns if one.x >= gutter]
    top, bottom = max(one.y for one in columns), min(one.y for one in columns)
    if not (_is_column(left) and _is_column(right)) or any(bottom <= one.y <= top for one in across):
        return [pieces]
    above, below = [one for one in across if one.y > top], [one for one in across if one.y < bottom]
    return [_pieces(lot) for lot in (above, left, right, below) if lot]


def _stretches(row: Sequence[Piece]) -> Iterator[_Stretch]:
    stretch = [row[0]]
    for piece in row[1:]:
        if piece.x - max(one.end for one in stretch) > GAP * piece.size:
            yield _Stretch(tuple(stretch))
            stretch = []
        stretch.append(piece)
    yield _Stretch(tuple(stretch))


def _gutter(stretches: Sequence[_Stretch]) -> float | None:
    """Return where the space between two columns is, in the middle of the text; None where there is none."""
    if len(stretches) < 4 * _FEWEST:
        return None
    left, right = min(one.x for one in stretches), max(one.end for one in stretches)
    width = right - left
    narrow = sorted((one.x, one.end) for one in stretches if one.end - one.x < _MIDDLE[1] * width)
    reached, widest = left, (0.0, 0.0)
    for x, end in narrow:
        middle = (reached + x) / 2
        if x - reached > widest[0] and _MIDDLE[0] < (middle - left) / width < _MIDDLE[1]:
            widest = (x - reached, middle)
        reached = max(reached, end)
    return widest[1] if widest[0] >= _SPACE else None


def _is_column(stretches: Sequence[_Stretch]) -> bool:
    """Say whether prompts and answers stand under one another, each on lines of their own."""
    lines: dict[float, list[_Stretch]] = {}
    for one in stretches:
        lines.setdefault(round(one.y), []).append(one)
    alone = [line[0] for line in lines.values() if len(line) == 1]
    prompts = sum(one.prompts for one in alone)
    return len(alone) == len(lines) and prompts >= _FEWEST and len(alone) - prompts >= _FEWEST


def _pieces(stretches: Sequence[_Stretch]) -> list[Piece]:
    return [piece for one in stretches for piece in one.pieces]
