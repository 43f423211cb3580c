"""Tables drawn with ruled lines: which lines belong together, and the cells between them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .pdf_pieces import Piece, Rule

_SAME = 3.0  # points within which two lines stand at the same place
MOST_LEVELS = 400


@dataclass
class Box:
    """One cell between ruled lines, with the pieces of text that stand in it."""

    left: float
    right: float
    span: int = 1
    continues: bool = False
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class Grid:
    """A ruled table: the heights of its lines from the top, the places of its columns, its rows of cells."""

    levels: tuple[float, ...]
    places: tuple[float, ...]
    rows: list[list[Box]]

    @property
    def top(self) -> float:
        return self.levels[0]

    @property
    def bottom(self) -> float:
        return self.levels[-1]

    def put(self, piece: Piece) -> bool:
        """Put a piece of text into the cell it stands in; False when it stands outside the table."""
        x, y = piece.x + 1, piece.y + piece.size * 0.3
        if not (self.places[0] - 1 <= x <= self.places[-1] and self.bottom <= y <= self.top):
            return False
        at = bisect_right([-level for level in self.levels], -y) - 1
        cell = self._cell(min(max(at, 0), len(self.rows) - 1), x)
        if cell is None:
            return False
        cell.pieces.append(piece)
        return True

    def _cell(self, at: int, x: float) -> Box | None:
        """Return the cell at a place of a row; of a cell merged downwards its uppermost part."""
        cell = next((cell for cell in self.rows[at] if cell.left - 1 <= x <= cell.right), None)
        if cell and cell.continues and at:
            return self._cell(at - 1, x)
        return cell


def grids(rules: Sequence[Rule], fewest: int = 2) -> list[Grid]:
    """Return the tables that ruled lines make on a page, from the top, those of at least so many cells."""
    made = [grid for together in _together(rules) if (grid := _grid(together, fewest))]
    return sorted(made, key=lambda grid: -grid.top)


def _together(rules: Sequence[Rule]) -> Iterable[list[Rule]]:
    """Yield the lines that touch one another, however many lead from one to the other."""
    groups: list[tuple[list[float], list[Rule]]] = []
    for rule in sorted(rules, key=lambda rule: -rule.to_y):
        touching = [group for group in groups if _touches(group[0], rule)]
        box = [rule.x, rule.y, rule.to_x, rule.to_y]
        members = [rule]
        for group in touching:
            box = [*map(min, box[:2], group[0][:2]), *map(max, box[2:], group[0][2:])]
            members += group[1]
            groups.remove(group)
        groups.append((box, members))
    return [members for _, members in groups]


def _touches(box: Sequence[float], rule: Rule) -> bool:
    return (
        box[0] - _SAME <= rule.to_x
        and rule.x <= box[2] + _SAME
        and box[1] - _SAME <= rule.to_y
        and rule.y <= box[3] + _SAME
    )


def _grid(rules: Sequence[Rule], fewest: int) -> Grid | None:
    """Return the table of some lines that touch, or None when they enclose too few cells."""
    across = [rule for rule in rules if rule.across]
    down = [rule for rule in rules if not rule.across]
    levels = _places([rule.y for rule in across])[::-1]
    places = _places([rule.x for rule in down])
    if len(levels) < 2 or len(places) < 2 or len(levels) > MOST_LEVELS:
        return None
    rows: list[list[Box]] = []
    for top, bottom in pairwise(levels):
        row = _row(places, [rule for rule in down if _covers(rule.y, rule.to_y, (top + bottom) / 2)])
        lines = [rule for rule in across if abs(rule.y - top) <= _SAME]
        for cell in row:
            middle = (cell.left + cell.right) / 2
            cell.continues = bool(rows) and not any(_covers(line.x, line.to_x, middle) for line in lines)
        if row:
            rows.append(row)
        elif rows:
            return None
    if len(rows) != len(levels) - 1 or sum(map(len, rows)) < fewest:
        return None
    return Grid(tuple(levels), tuple(places), rows)


def _row(places: Sequence[float], down: Sequence[Rule]) -> list[Box]:
    """Return the cells between the upright lines that pass through a row."""
    walls = [at for at, place in enumerate(places) if any(abs(rule.x - place) <= _SAME for rule in down)]
    return [Box(places[a], places[b], b - a) for a, b in pairwise(walls)]


def _covers(begin: float, end: float, point: float) -> bool:
    return begin - _SAME <= point <= end + _SAME


def _places(values: Iterable[float]) -> list[float]:
    """Return the places at which values lie, those close together as one, in rising order."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _SAME:
            places.append(value)
    return places
