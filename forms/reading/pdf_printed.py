"""Printed and flattened copies of our own PDF: answers cut out where the boxes stood, found from the words beside them.

The same form is made again and laid beside the copy. The words that both print tell where each box has moved to, so
that a copy still reads when boxes grew, when the office's part is longer, or when the page was scaled.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nsmallest
from itertools import pairwise
from statistics import median
from typing import Any

from forms import Form, Stamp, pdf
from forms.editions import edition_of, newest
from forms.fields import Choice, Rows
from forms.form import definition, once_for_each
from forms.names import STAMP_FIELD, stamp_in
from forms.paper import fonts
from forms.pdf_boxes import LEADING, LINE_HEIGHT, PADDING

from .glyphs import EMPTY, TICKED
from .layout import CHECK_COPY, PRINTED_COPY, Layout, Numbering, Tagged
from .pdf_fields import Box, marks
from .pdf_words import Copy, Word

_ENOUGH = 0.5  # of the words we print; with fewer in common it is another document
_SAME_WIDTH, _MOSTLY = 0.02, 0.7
_ABOVE = 8.0  # points between a box and the label it stands under
_SLACK = 2.0
_NEAR = 20.0
OVERFULL = "Its box is full: what was typed beyond it is not in the print. Ask for the form itself."
UNPRINTABLE = "The print names signs in square brackets that its typeface has no picture of."


@dataclass(frozen=True)
class _Place:
    """Where a box of our form must stand in a copy, in points."""

    box: Box
    page: int
    left: float
    right: float
    top: float
    low: float

    @property
    def width(self) -> float:
        return self.right - self.left

    def is_filled_by(self, words: Sequence[Word]) -> bool:
        """Say whether these words fill the box as it is sent out empty, were the last line cut by its edge."""
        if not words:
            return False
        height = self.box.top - self.box.bottom
        if height < LINE_HEIGHT + LEADING / 2:
            return max(word.right for word in words) > self.right - PADDING
        return -LEADING / 2 < min(word.low for word in words) - (self.top - height) < LEADING

    def holds(self, word: Word) -> bool:
        return (
            word.page == self.page
            and self.left - _SLACK <= word.left <= self.right
            and self.low <= word.middle <= self.top + _SLACK
        )


def read(copy: Copy, stamp: Stamp) -> Layout | None:
    """Return the layout of a copy of the form that `stamp` names, or None when it does not look like one."""
    form = edition_of(stamp.kind, stamp.edition) or newest(stamp.kind)
    sent = _as_sent(form, _rows_shown(form, copy.words))
    stamp = _whole_stamp(copy, stamp)
    met = _met(form, sent.words, copy.words)
    if len(met) < _ENOUGH * len(sent.words) or not _set_alike(sent.words, copy.words, met):
        return None
    printed = set(met.values()) | {
        number
        for number, word in enumerate(copy.words)
        if sent.is_running(word, stamp) or _is_code(word, stamp)
    }
    placed = list(_places(sent, copy.words, met))
    return _layout(copy, list(_bounded(placed, [copy.words[number] for number in printed])), printed, stamp)


def _is_code(word: Word, stamp: Stamp) -> bool:
    """Say whether a word is the form's code, or the second line of it."""
    return stamp_in(word.text) is not None or word.text == stamp.identifier != ""


def _whole_stamp(copy: Copy, stamp: Stamp) -> Stamp:
    """Return the stamp as the page shows it: where words run together, more of it may have been read than there is."""
    shown = [one for word in copy.words if (one := stamp_in(word.text)) and one.kind == stamp.kind]
    return max(shown, key=lambda one: len(one.identifier), default=stamp)


@dataclass(frozen=True)
class _Sent:
    """Our form as it was sent: the words it prints, those at the head and foot of each page, and its boxes."""

    words: tuple[Word, ...]
    running: tuple[Word, ...]
    boxes: tuple[Box, ...]

    def is_running(self, word: Word, stamp: Stamp) -> bool:
        """Say whether a word of a copy stands at the head or foot of its page because we print it there."""
        said = _letters(word.text.replace(stamp.reference, "") if stamp.reference else word.text)
        return any(
            said == _letters(ours.text) and abs(ours.middle - word.middle) < _NEAR for ours in self.running
        )


def _rows_shown(form: type[Form], words: Sequence[Word]) -> tuple[int, ...]:
    """Return how many rows of each group a copy prints, told by their headings: "Person 1", "Person 2".

    With too many, what follows the last row would be met behind one that the copy has not.
    """
    groups, runs, headings = _groups(form), dict[str, list[int]](), _headings(form)
    for one, number in (headings[words[n].text] for n in _heads(form, words)):
        if number == 1:
            runs.setdefault(one, []).append(1)  # the first of the next group whose rows are called so
        elif one in runs and number == runs[one][-1] + 1:
            runs[one][-1] = number
    return tuple(runs[one.one].pop(0) if runs.get(one.one) else one.blanks + 1 for one in groups)


@once_for_each
def _headings(form: type[Form]) -> dict[str, tuple[str, int]]:
    """Return the heading of every row that a form can print -> what a row of its group is called, and its number."""
    return {one.called(at): (one.one, at + 1) for one in _groups(form) for at in range(one.most)}


def _heads(form: type[Form], words: Sequence[Word]) -> list[int]:
    """Return which words are the headings of rows: they stand at the edge, "Person 4" typed into a box does not."""
    found = [n for n, word in enumerate(words) if word.text in _headings(form)]
    edge = min((words[n].left for n in found), default=0.0)
    return [n for n in found if words[n].left < edge + _SLACK]


def _groups(form: type[Form]) -> list[Rows]:
    """Return the groups of a form in the order they are printed."""
    asked = (definition(form)[name] for topic in form.topics for name in topic.names)
    return [one for one in asked if isinstance(one, Rows)]


@once_for_each
def _as_sent(form: type[Form], rows: tuple[int, ...]) -> _Sent:
    """Return our form with the office's part included, and so many rows of each group."""
    known: dict[str, Any] = {
        group.short_name: [{group.entries[0].questions[0].short_name: "x"}]
        * (shown - 1)  # one more is printed
        for group, shown in zip(_groups(form), rows, strict=True)
    }
    given = form.given.names if form.given else ()
    known |= {name: _any_answer(definition(form)[name]) for name in given}
    content = pdf.blank(form, {**known, **form.fullest}, Stamp(form.kind, form.edition))
    found, words = marks(content), Copy(content).words
    places = Counter((_letters(word.text), round(word.middle)) for word in words)
    pages = words[-1].page  # the labels of many rows stand in the same place on most of them
    running = {word for word in words if places[_letters(word.text), round(word.middle)] >= pages}
    return _Sent(
        tuple(word for word in words if word not in running),
        tuple(running),
        tuple(box for box in found.boxes if box.name != STAMP_FIELD) if found else (),
    )


def _letters(text: str, wanted: Callable[[str], bool] = str.isalpha) -> str:
    """Return the letters of a text; some printers spoil quotation marks, and pages are numbered anew."""
    return "".join(filter(wanted, text.casefold())) or text.strip()


def _any_answer(question: Any) -> Any:
    return next(iter(question.options)) if isinstance(question, Choice) else "x"


def _met(form: type[Form], ours: Sequence[Word], theirs: Sequence[Word]) -> dict[int, int]:
    """Return number of a word of ours -> number of the same word in the copy, row by row where both have the same rows.

    Rows ask the same in the same words: by those alone one may be met in the place of another.
    """
    cuts = [_heads(form, words) for words in (ours, theirs)]
    if [ours[n].text for n in cuts[0]] != [theirs[n].text for n in cuts[1]]:
        return _same(ours, theirs)
    parts = zip(pairwise([0, *cuts[0], len(ours)]), pairwise([0, *cuts[1], len(theirs)]), strict=True)
    return {
        a + here: b + there
        for (a, a_end), (b, b_end) in parts
        for here, there in _same(ours[a:a_end], theirs[b:b_end]).items()
    }


def _same(ours: Sequence[Word], theirs: Sequence[Word]) -> dict[int, int]:
    """Return number of a word of ours -> number of the same word in the copy, both in the order they are drawn."""
    said, copied = ([_letters(word.text, str.isalnum) for word in words] for words in (ours, theirs))
    matcher = SequenceMatcher(None, said, copied, autojunk=False)
    return {a + n: b + n for a, b, size in matcher.get_matching_blocks() for n in range(size)}


def _ratios(ours: Sequence[Word], theirs: Sequence[Word], met: dict[int, int]) -> list[float]:
    """Return how much wider or narrower each word is that both print; the shortest tell too little."""
    return [theirs[b].width / ours[a].width for a, b in met.items() if ours[a].width > _ABOVE] or [1.0]


def _set_alike(ours: Sequence[Word], theirs: Sequence[Word], met: dict[int, int]) -> bool:
    """Say whether the words are set in our typeface, as large or as small: our Word form, printed, says the same."""
    ratios = _ratios(ours, theirs, met)
    usual = median(ratios)
    return sum(abs(ratio / usual - 1) < _SAME_WIDTH for ratio in ratios) > _MOSTLY * len(ratios)


def _places(sent: _Sent, theirs: Sequence[Word], met: dict[int, int]) -> Iterator[_Place]:
    """Yield where each box stands in the copy, by the word beside it that both print."""
    ours = sent.words
    scale = median(_ratios(ours, theirs, met))
    by_page: dict[int, list[int]] = {}
    for number, word in enumerate(ours):
        by_page.setdefault(word.page, []).append(number)
    for box in sent.boxes:
        beside = nsmallest(2, by_page.get(box.page, ()), key=lambda number: _distance(box, ours[number]))
        near = next((number for number in beside if number in met), None)
        if near is None:
            continue
        here, there = ours[near], theirs[met[near]]
        left, top = there.left + (box.left - here.left) * scale, there.top + (box.top - here.top) * scale
        right, low = left + (box.right - box.left) * scale, top - (box.top - box.bottom) * scale
        yield _Place(box, there.page, left, right, top, low)


def _distance(box: Box, word: Word) -> tuple[int, float]:
    """Return how fit a printed word is to tell where a box is: the least fits best."""
    if box.is_tick:
        beside = word.left >= box.right and abs(word.middle - (box.top + box.bottom) / 2) < _ABOVE
        return (0, word.left - box.right) if beside else (3, abs(word.middle - box.top))
    over = word.left < box.right and word.right > box.left and word.low >= box.top - _SLACK
    if over and word.low - box.top <= _ABOVE:
        return 0, word.low - box.top
    if word.right <= box.left + _SLACK and abs(word.top - box.top) < 3 * _ABOVE:
        return 1, abs(word.top - box.top) + (box.left - word.right) / 10
    return (2, word.low - box.top) if over else (3, abs(word.middle - box.top))


def _bounded(places: Sequence[_Place], printed: Sequence[Word]) -> Iterator[_Place]:
    """Yield each place reaching down to what stands below it: a box that was filled in before it was sent has grown."""
    standing: list[_Place | Word] = [*places, *printed]
    for one in places:
        below = [
            other.top
            for other in standing
            if other.page == one.page and other.left < one.right and other.right > one.left
            if other.top < one.top - _ABOVE
        ]
        low = one.low if one.box.is_tick or not below else max(below)
        yield _Place(one.box, one.page, one.left, one.right, one.top, min(low, one.low))


def _layout(copy: Copy, places: Sequence[_Place], printed: set[int], stamp: Stamp) -> Layout:
    """Return the copy with what stands in each place as the answer to its question."""
    numbering = Numbering()
    lines = [numbering.line(word.text, f"page {word.page}") for word in copy.words]
    inside: dict[str, list[int]] = {place.box.name: [] for place in places}
    for number, place in _homes(copy.words, places, printed):
        inside[place.box.name].append(number)
    boxes = [([copy.words[number] for number in inside[place.box.name]], place.width) for place in places]
    keeps_spaces = copy.keeps_spaces(boxes)
    answers = [_answer(copy, place, inside[place.box.name], keeps_spaces) for place in places]
    label = "\n".join(copy.words[number].text for number in sorted(printed))
    ours = Tagged(STAMP_FIELD, "", "", PRINTED_COPY, tuple(sorted(printed)), label)
    about = {"identifier": stamp.identifier, "subject": stamp.subject}
    return Layout("pdf", tuple(lines), (ours, *answers), notes=(CHECK_COPY,), **about)


def _homes(
    words: Sequence[Word], places: Sequence[_Place], printed: set[int]
) -> Iterator[tuple[int, _Place]]:
    """Yield each word that somebody wrote, and the box it was written in.

    What stands in one picture with it was written there too, were it so long that it overflows the next box.
    """
    held: dict[tuple[int, int], _Place] = {}
    printed_in = {(words[number].page, words[number].drawing) for number in printed}
    for number, word in enumerate(words):
        if number in printed:
            continue
        drawn_in = word.page, word.drawing
        place = held.get(drawn_in) or next((place for place in places if place.holds(word)), None)
        if place and not place.box.is_tick:
            yield number, place
            if word.drawing and drawn_in not in printed_in:
                held[drawn_in] = place


def _answer(copy: Copy, place: _Place, numbers: Sequence[int], keeps_spaces: bool) -> Tagged:
    name, where = place.box.name, f"page {place.page}"
    if place.box.is_tick:
        inked = copy.is_inked(place.page, place.left, place.low, place.right, place.top)
        return Tagged(name, TICKED if inked else EMPTY, where, PRINTED_COPY)
    words = [copy.words[number] for number in numbers]
    text = copy.written(words, place.width, keeps_spaces)
    doubt = OVERFULL if place.is_filled_by(words) else UNPRINTABLE if fonts.STAND_IN.search(text) else ""
    return Tagged(name, text, where, PRINTED_COPY, tuple(numbers), doubt=doubt)
