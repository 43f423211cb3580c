"""Prompts that ask to say more of the answer before them: "If yes, give details", "Details" after a bare yes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from . import options
from .labels import plain
from .meaning import Match
from .pairs import Pair
from .placeholders import is_blank
from .prompts import GOES_ON
from .values import YES_NO

_BY_CONTEXT = 0.8
_ASKED = re.compile(
    r"if (?:yes|no|so|not|applicable)(?: please)?(?: (?:give|provide|state|specify|add|explain|describe))?"
    r"(?: (?:the|any|brief|full|further|more|your|relevant))*(?: (?:details?|information|reasons?|why(?: not)?))?"
)
_BARE = re.compile(
    r"(?:please )?(?:give|provide|specify|add)? ?(?:any |brief |further |full )?(?:details?|comments?)"
)


def asks_details(label: str) -> bool:
    """Say whether a label only asks to say more of the yes or no before it."""
    return bool(_ASKED.fullmatch(plain(label)))


def further(pairs: Sequence[Pair], label: str) -> Match | None:
    """Return what a label asks more of the question answered before it, where our forms keep that apart."""
    before = pairs[-1] if pairs else None
    name = YES_NO.get(before.match.name) if before and before.match and _follows(before, label) else ""
    return Match((name,), _BY_CONTEXT) if name else None


def join(pairs: list[Pair], label: str, answer: str, lines: tuple[int, ...]) -> bool:
    """Add the details asked for under a bare yes to the pair before; False when there is nothing to add them to."""
    before = pairs[-1] if pairs else None
    if before is None or before.match is None or before.match.name not in GOES_ON or is_blank(answer):
        return False
    if before.match.name in YES_NO or not _follows(before, label) or not _is_bare(before):
        return False
    told = f"{before.answer.strip()}\n{answer.strip()}"
    pairs[-1] = replace(before, label=f"{before.label}\n{label}", answer=told, lines=(*before.lines, *lines))
    return True


def _follows(before: Pair, label: str) -> bool:
    return asks_details(label) or (bool(_BARE.fullmatch(plain(label))) and _is_bare(before))


def _is_bare(pair: Pair) -> bool:
    """Say whether an answer is yes or no and nothing more."""
    meant = options.yes_no(pair.answer, pair.marked)
    ticked = options.chosen(pair.answer) is not None
    return bool(meant) and (ticked or len(pair.answer.split()) == 1)
