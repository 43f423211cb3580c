"""Lines of a page from its pieces of text: columns, sentences the page broke, running titles."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .glyphs import EMPTY, TICKED
from .pdf_pieces import Piece, width_of

LEADING = 1.45  # sizes of a letter between two lines of one paragraph
_LINE_TOLERANCE = 3.0  # points within which two pieces of text stand on one line
GAP = 1.3  # the space between two columns, in sizes of a letter
_NEAR = 0.6  # the same, where columns of other lines begin
_SEVERAL = 2
_ABOUT = 1.3  # since how wide words are may only be guessed
_SPACE, _SPACE_MEASURED = 0.2, 0.12  # the space between two words, in sizes of a letter: guessed, or measured
_LINE = 1.17  # sizes of a letter between two lines of the commonest typefaces
_BLANK = 1.8  # usual steps between two lines: with more, a line was left out
_SAME_EDGE = 4.0
_NUMBER = re.compile(r"\d+")
_BULLET = re.compile(r"[•▪◦‣·–-]")
_INDENT = 4.0  # from a bullet to its words, in sizes of a letter
_ITEM = re.compile(r"\s*(?:[•▪◦‣☐☒*–-]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s)", re.I)
_LEADER, _LEADER_END = re.compile(r"\W*(?:_{3}|\.{4}|…)"), re.compile(r"(?:_{3}|\.{4}|…)\W*$")
_LABELLED = re.compile(r"[A-Z][^:.,;]{1,40}:\s")
_STOPS = (".", "!")
_SHORT = 3.0  # sizes of a letter by which a line falls short of the edge


@dataclass(frozen=True)
class Strip:
    """One line of a page: its height, its letters' size, its columns as where they begin -> text, its end."""

    y: float
    size: float
    columns: tuple[tuple[float, str], ...]
    end: float = 0.0
    runs_on: bool = False
    broad: float = 1.0
    bold: bool = False
    begins_bold: bool = False

    def width(self, text: str) -> float:
        """Return about how wide a text would be on this line, in points."""
        return width_of(text) * self.size * self.broad

    @property
    def text(self) -> str:
        return " ".join(text for _, text in self.columns)


def strips(pieces: Iterable[Piece], edges: Collection[int] = ()) -> Iterator[Strip]:
    """Yield each line of a page, or of a cell, from the top; at `edges` columns begin however near the words end."""
    for row in rows(pieces):
        first = min(row, key=lambda piece: (-piece.y, piece.x))
        level, size = first.y, first.size
        columns = tuple((x, text) for x, text in _columns(row, edges) if text)
        if columns:
            bold = all(piece.bold for piece in row if piece.text.strip() not in (TICKED, EMPTY))
            yield Strip(level, size, columns, row[-1].end, row[-1].runs_on, row[-1].broad, bold, row[0].bold)


def rows(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces that stand on one line, from the left, line by line from the top."""
    waiting = sorted(pieces, key=lambda piece: (-piece.y, piece.x))
    while waiting:
        level = waiting[0].y
        yield sorted(
            (piece for piece in waiting if abs(piece.y - level) <= _LINE_TOLERANCE), key=lambda piece: piece.x
        )
        waiting = [piece for piece in waiting if abs(piece.y - level) > _LINE_TOLERANCE]


def edges_of(made: Iterable[Strip]) -> frozenset[int]:
    """Return where the further columns of several lines begin, in whole points."""
    counts = Counter(round(x) for strip in made for x, _ in strip.columns[1:])
    return frozenset(x for x, count in counts.items() if count >= _SEVERAL)


def _columns(row: Sequence[Piece], edges: Collection[int]) -> list[tuple[float, str]]:
    """Part one line into columns where the gap is wider than between words."""
    row = _boxes_in_place(row)
    columns = [(row[0].x, row[0].text.strip())]
    for before, piece in pairwise(row):
        gap = piece.x - before.end
        at_edge = round(piece.x) in edges and gap > _NEAR * piece.size
        bulleted = len(columns) == 1 and gap < _INDENT * piece.size and _BULLET.fullmatch(columns[0][1])
        if (gap > GAP * piece.size or at_edge) and not bulleted:
            columns.append((piece.x, piece.text.strip()))
            continue
        x, text = columns[-1]
        space = _SPACE if before.stop is None else _SPACE_MEASURED
        apart = bulleted or gap > space * piece.size or before.runs_on or piece.text[:1].isspace()
        columns[-1] = (x, f"{text}{' ' if apart else ''}{piece.text.strip()}")
    return columns


def _boxes_in_place(row: Sequence[Piece]) -> Sequence[Piece]:
    """Put tick boxes, drawn together in a font of their own, back between the words whose gaps they fill."""
    boxes = [piece for piece in row if set(piece.text) <= {TICKED, EMPTY, " "}]
    if not boxes or len(boxes) == len(row):
        return row
    for drawn in boxes:
        signs = drawn.text.split()
        for words in row:
            parts = [part for part in words.text.split("  ") if part.strip()]
            near = abs(words.x - drawn.x) <= max(_ABOUT * (words.end - words.x), 4 * drawn.size)
            if len(signs) > 1 and len(parts) == len(signs) + 1 and near and drawn.x > words.x:
                question, *parts = parts  # and before its boxes what they answer
                text = " ".join([question.strip(), *_each_with(signs, parts)])
                merged = replace(words, text=text, stop=max(words.end, drawn.end))
                return _boxes_in_place([merged if one is words else one for one in row if one is not drawn])
            if len(signs) > 1 and len(parts) == len(signs) and near and words not in boxes:
                pairs = (
                    zip(signs, parts, strict=True) if drawn.x < words.x else zip(parts, signs, strict=True)
                )
                text = " ".join(word.strip() for pair in pairs for word in pair)
                first = min(words, drawn, key=lambda piece: piece.x)
                merged = replace(words, x=first.x, text=text, stop=max(words.end, drawn.end))
                return _boxes_in_place([merged if one is words else one for one in row if one is not drawn])
    return row


def _each_with(signs: Sequence[str], words: Sequence[str]) -> list[str]:
    return [f"{sign} {word.strip()}" for sign, word in zip(signs, words, strict=True)]


@dataclass(frozen=True)
class Habit:
    """How lines are broken: where the text may begin and must end, and whether the program keeps the space."""

    keeps_space: bool = False
    edge: float = 0.0
    room: float = 0.0
    padding: float = 0.0  # of a cell, between its words and its line

    @classmethod
    def of(cls, made: Sequence[Strip]) -> "Habit":
        """Return the habit that the lines of a page show."""
        edge = max((strip.end for strip in made), default=0.0)
        begin = min((strip.columns[0][0] for strip in made), default=0.0)
        return cls(sum(strip.runs_on for strip in made) >= 2, edge, edge - begin)

    def goes_on(self, upper: Strip, lower: Strip) -> bool:
        """Say whether the page, and not the writer, broke the line between two strips one below the other."""
        if upper.y - lower.y > LEADING * upper.size or abs(upper.size - lower.size) > 1:
            return False
        if _ITEM.match(lower.text) or upper.text.endswith((":", "?")) or upper.bold != lower.begins_bold:
            return False
        if upper.runs_on or self._broken(upper, lower):
            return True
        if upper.bold and lower.text[:1].islower():
            return True  # a prompt that runs over its line
        if self._begins_anew(upper, lower):
            return False
        first = lower.text.split(" ", 1)[0]
        full = upper.end + upper.width(f" {first}") > self.edge - upper.size / 2
        return full and (not self.keeps_space or first[:1].islower() or self._is_brimful(upper))

    def _begins_anew(self, upper: Strip, lower: Strip) -> bool:
        """Say whether a full line ended with its sentence or leader and the next, a short one, begins like a label."""
        if _LEADER_END.search(upper.text):
            return not _LEADER.match(lower.text)
        if _LABELLED.match(lower.text) and _LABELLED.match(upper.text):
            return True
        short = lower.end < self.edge - _SHORT * lower.size and not lower.text.endswith(_STOPS)
        return short and upper.text.endswith(_STOPS) and lower.text[:1].isupper()

    def _is_brimful(self, strip: Strip) -> bool:
        """Say whether a line fills its cell so far that not even a space has a place behind it."""
        return self.padding > 0 and strip.end + strip.width(" ") > self.edge - self.padding

    def _broken(self, upper: Strip, lower: Strip) -> bool:
        """Say whether a word was broken that is too long for its line, or one with a hyphen at its hyphen."""
        head, tail = upper.text.rsplit(" ", 1)[-1], lower.text.split(" ", 1)[0]
        if upper.runs_on or not head or not tail or head.endswith(("'s", "’s")):
            return False
        hyphened = head.endswith("-") != tail.startswith("-") and len(head) > 1 and len(tail) > 1
        too_long = upper.width(head + tail) > self.room - upper.size / 2
        full = upper.end + upper.width(tail) > self.edge
        return (full and hyphened) or (too_long and head[-1:].isalnum())

    def join(self, upper: str, strip: Strip, lower: Strip) -> str:
        """Return two lines as one; a word the page broke is made whole."""
        return f"{upper}{'' if self._broken(strip, lower) else ' '}{lower.text}"


def paragraphs(made: Sequence[Strip], habit: Habit, blank_lines: bool = False) -> list[tuple[str, bool]]:
    """Return the lines of one cell with those put together that the page broke, and whether each is bold.

    With `blank_lines` also those left out between two, as lines without words.
    """
    usual = min(
        [upper.y - lower.y for upper, lower in pairwise(made)] + [_LINE * strip.size for strip in made[:1]],
        default=0.0,
    )
    lines: list[tuple[str, bool]] = []
    for at, strip in enumerate(made):
        if at and habit.goes_on(made[at - 1], strip):
            lines[-1] = (habit.join(lines[-1][0], made[at - 1], strip), strip.bold)
            continue
        if at and blank_lines and (gap := made[at - 1].y - strip.y) > _BLANK * usual:
            lines += [("", False)] * (round(gap / usual) - 1)
        lines.append((strip.text, strip.bold))
    return lines


def joined(made: Sequence[Strip], habit: Habit) -> Iterator[Strip]:
    """Yield the strips of a page, those of one column put together where the page broke a sentence."""
    waiting: Strip | None = None
    last: Strip | None = None
    for strip in made:
        if waiting and last and _same_column(last, strip) and habit.goes_on(last, strip):
            text = habit.join(waiting.text, last, strip)
            waiting = Strip(
                waiting.y,
                strip.size,
                ((waiting.columns[0][0], text),),
                strip.end,
                strip.runs_on,
                strip.broad,
                strip.bold,
            )
        else:
            if waiting:
                yield waiting
            waiting = strip
        last = strip
    if waiting:
        yield waiting


def _same_column(upper: Strip, lower: Strip) -> bool:
    alone = len(upper.columns) == len(lower.columns) == 1
    return alone and abs(upper.columns[0][0] - lower.columns[0][0]) <= _SAME_EDGE


def furniture(pages: Sequence[Sequence[Piece]]) -> set[str]:
    """Return the keys of lines that stand on most pages, such as a running title or "Page 3 of 7"."""
    if len(pages) < 2:
        return set()
    counts: Counter[str] = Counter()
    for pieces in pages:
        made = list(strips(pieces))
        counts.update({key(strip.text) for strip in (*made[:2], *made[-2:])})
    return {found for found, count in counts.items() if found and count >= max(2, len(pages) * 2 // 3)}


def key(text: str) -> str:
    """Return a line with its numbers made alike, however long: "Page 9 of 11" runs on in "Page 10 of 11"."""
    return _NUMBER.sub("#", text.casefold().strip())
