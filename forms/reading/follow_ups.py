"""Prompts that ask to say more of the answer before them: "If yes, give details", "Details" after a bare yes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from . import options
from .happening import asked_after, asked_by_boxes
from .labels import plain
from .meaning import Match
from .pairs import Pair
from .placeholders import is_blank
from .prompts import GOES_ON
from .values import YES_NO, Taken

_BY_CONTEXT = 0.8
_OF_DEATH = ("subject_date_of_death", "subject_time_of_death")
_ASKED = re.compile(
    r"if (?:yes|no|so|not|applicable)(?: please)?(?: (?:give|provide|state|specify|add|explain|describe))?"
    r"(?: (?:the|any|brief|full|further|more|your|relevant))*(?: (?:details?|information|reasons?|why(?: not)?))?"
)
_CONTINUED = re.compile(r"\bcont(?:inued|inuation|['’]?d|\.)(?:\b|(?<=\.))|\bcont\b", re.I)
_LEARNING = re.compile(r"\b(?:learn\w*|lessons?|findings?|recommend\w*)\b", re.I)
_BARE = re.compile(
    r"please (?:describe|specify|explain|state)"
    r"|(?:please )?(?:give|provide|specify|add)? ?(?:any |brief |further |full )?(?:details?|comments?)"
)


def asks_details(label: str) -> bool:
    """Say whether a label only asks to say more of the yes or no before it."""
    return bool(_ASKED.fullmatch(plain(label)))


def meant(pairs: Sequence[Pair], label: str, answer: str) -> Match | None:
    """Return what an unknown label means by the question before it, or by the boxes printed beside it."""
    before = pairs[-1].match if pairs else None
    name = (asked_after(before.name, label) if before else "") or asked_by_boxes(answer)
    return Match((name,), _BY_CONTEXT) if name else None


def taken_up(pairs: list[Pair], label: str, answer: str, lines: tuple[int, ...], match: Match | None) -> bool:
    """Add an answer to the one before that it says more of or goes on with; False when it stands by itself."""
    return _joined(pairs, label, answer, lines) or _gone_on(pairs, label, answer, lines, match)


def _gone_on(pairs: list[Pair], label: str, answer: str, lines: tuple[int, ...], match: Match | None) -> bool:
    """Add what stands under "Description of incident (continued)" to the answer it goes on with."""
    if match is None or not _CONTINUED.search(label) or is_blank(answer):
        return False
    for at, pair in enumerate(pairs):
        if pair.match and pair.match.names == match.names and not is_blank(pair.answer):
            told = f"{pair.answer.strip()}\n{answer.strip()}"
            pairs[at] = replace(
                pair, label=f"{pair.label}\n{label}", answer=told, lines=(*pair.lines, *lines)
            )
            return True
    return False


def further(pairs: Sequence[Pair], label: str) -> Match | None:
    """Return what a label asks more of the question answered before it, where our forms keep that apart."""
    before = pairs[-1] if pairs else None
    name = YES_NO.get(before.match.name) if before and before.match and _follows(before, label) else ""
    if before and before.match and before.match.name.startswith(("incident_", *_OF_DEATH)):
        name = asked_after(before.match.name, label)
    return Match((name,), _BY_CONTEXT) if name else None


def _joined(pairs: list[Pair], label: str, answer: str, lines: tuple[int, ...]) -> bool:
    """Add the details asked for under a bare yes to the pair before; False when there is nothing to add them to."""
    before = pairs[-1] if pairs else None
    if before is None or before.match is None or before.match.name not in GOES_ON or is_blank(answer):
        return False
    if before.match.name in YES_NO or not _follows(before, label) or not is_bare(before):
        return False
    told = f"{before.answer.strip()}\n{answer.strip()}"
    pairs[-1] = replace(before, label=f"{before.label}\n{label}", answer=told, lines=(*before.lines, *lines))
    return True


def _follows(before: Pair, label: str) -> bool:
    return asks_details(label) or (bool(_BARE.fullmatch(plain(label))) and is_bare(before))


def without_learning(taken: Taken, pair: Pair) -> Taken:
    """Return what was told of an investigation, without what was looked into where nothing speaks of learning."""
    if "formal_investigation" in taken.values and not _LEARNING.search(f"{pair.label} {pair.answer}"):
        taken.values.pop("learning_identified", None)
    return taken


def is_bare(pair: Pair) -> bool:
    """Say whether an answer is yes or no and nothing more."""
    meant = options.yes_no(pair.answer, pair.marked)
    ticked = options.chosen(pair.answer) is not None
    return bool(meant) and (ticked or len(pair.answer.split()) == 1)
