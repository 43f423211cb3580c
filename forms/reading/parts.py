"""The parts of a form that several people fill in one after another, and which of them nobody has filled in yet."""

import re
from collections.abc import Sequence

from .layout import Layout, Line
from .pairs import Pair, Pairs
from .placeholders import state_of

_BEGINS = re.compile(
    r"\W*(?:section|part|form|stage|appendix|annex)\s+(?:\d{1,2}|[a-z]|[ivx]{1,4})\b(?!.*\.\s*$)", re.I
)
_LONGEST = 110
_WRITERS = ("referrer_", "author_", "agency_name")


def parts_of(layout: Layout) -> tuple[range, ...]:
    """Return the line numbers of each part, from its heading to the next."""
    lines = [line for line in layout.lines() if not line.aside]
    starts = [line.number for line in lines if _begins(line)]
    ends = [*starts[1:], lines[-1].number + 1] if starts else []
    return tuple(map(range, starts, ends))


def left_blank(parts: Sequence[range], pairs: Pairs) -> frozenset[int]:
    """Return the numbers of the lines of those parts that ask who writes and that nobody has written in.

    A form that goes from hand to hand comes with the parts of others blank: what they ask says nothing of what
    this copy is. A part without a writer is never left out, since a nil return leaves most of its questions empty.
    """
    blank = [part for part in parts if _is_blank(part, pairs.pairs)]
    return frozenset(number for part in blank for number in part) if len(blank) < len(parts) else frozenset()


def _begins(line: Line) -> bool:
    return len(line.text) <= _LONGEST and bool(_BEGINS.match(line.text))


def _is_blank(part: range, pairs: Sequence[Pair]) -> bool:
    inside = [pair for pair in pairs if pair.lines and pair.lines[0] in part]
    signs = any(name.startswith(_WRITERS) for pair in inside if pair.match for name in pair.match.names)
    return signs and not any(state_of(pair.answer) == "answer" or pair.marked for pair in inside)
