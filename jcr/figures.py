"""The figures the clocks of a case run on, each with its source; settings, not law."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Literal, get_args

ClockStart = Literal["sin_sent", "la_aware"]


@dataclass(frozen=True)
class Figures:
    """The figures the clocks run on: working days (months where the name says so), each with its source.

    They are settings: several could not be confirmed at the source, and some are the partnership's own.
    """

    acknowledge: int = 1  # local; other areas acknowledge the same day to 5 working days
    chase_referrer: int = 5  # local
    triage: int = 3  # local
    sin: int = 5  # Working Together: local authority to the Panel, from becoming aware
    rapid_review: int = 15  # Working Together; ToR 1
    rapid_review_clock: ClockStart = "sin_sent"  # Panel guidance; older texts count from becoming aware
    child_return: int = 8  # local, within the 15
    child_meeting: int = 11  # local, within the 15
    child_recommendation: int = 13  # local, within the 15
    child_ratification: int = 14  # local: before day 15, when the review goes to the Panel
    other_return: int = 10  # local, from the request
    adult_meeting: int = 20  # local, from the referral
    domestic_decision_months: int = 1  # DHR statutory guidance 2016 section 5; to be confirmed
    domestic_meeting_before: int = 5  # local: leaves the CSP chair time to decide within the month
    return_before_meeting: int = 3  # local: time to check the returns and send them round (ToR 3, 7.ii)
    # The ladder of chasing a return, by route, from its return date; local, ToR 7.iv gives no figure
    reminder_before_child: int = 2
    reminder_before_adult: int = 2
    reminder_before_domestic: int = 2
    due_told_after_child: int = 0
    due_told_after_adult: int = 0
    due_told_after_domestic: int = 0
    lead_told_after_child: int = 1
    lead_told_after_adult: int = 1
    lead_told_after_domestic: int = 1
    board_told_after_child: int = 2
    board_told_after_adult: int = 5
    board_told_after_domestic: int = 5
    action_reminder_before: int = 5  # local; ToR 4 and 8 ask that actions are followed up and give no figure
    action_lead_told_after: int = 5  # local
    action_board_told_after: int = 15  # local
    decision_letter: int = 5  # local; ToR 7.v gives no figure
    reconsideration: int = 20  # local
    reconsideration_reply: int = 15  # local
    notices: int = 5  # local, from the ratification; guidance says "on decision" and gives no figure
    board_told: int = 20  # local; ToR 7.vi gives no figure
    commissioning: int = 20  # local
    review_months: int = 6  # Care and support guidance ch.14; Working Together; to be confirmed
    panel_reply: int = 15  # expected, not owed: the Panel's own aim; to be confirmed
    panel_copy_before: int = 7  # ToR 4 says 7 days; working days are safer and to be confirmed


MOST = 120
# The steps of a child's rapid review, which end on the day it is owed to the Panel
IN_ORDER = ("child_return", "child_meeting", "child_recommendation", "child_ratification", "rapid_review")

ROUTES = ("child", "adult", "domestic")
RUNGS = ("due_told_after", "lead_told_after", "board_told_after")
# One name for a rung on several routes
SHORT = {rung: [f"{rung}_{route}" for route in ROUTES] for rung in ("reminder_before", *RUNGS)}
SHORT["board_told_after_other"] = ["board_told_after_adult", "board_told_after_domestic"]


def figures_of(changed: Mapping[str, Any]) -> Figures:
    """The figures as delivered but for those that are changed; `lead_told_after` alone is meant for every route.

    Raises ValueError with what to write instead.
    """
    changed = _each_route(changed)
    if unknown := sorted(changed.keys() - asdict(Figures()).keys()):
        raise ValueError(f"there is no figure called {', '.join(unknown)}")
    start = changed.get("rapid_review_clock", Figures.rapid_review_clock)
    if start not in get_args(ClockStart):
        raise ValueError(f"write {' or '.join(get_args(ClockStart))} for rapid_review_clock")
    numbers = {name: number for name, number in changed.items() if name != "rapid_review_clock"}
    wrong = [name for name, number in numbers.items() if type(number) is not int or not 0 <= number <= MOST]
    if wrong:
        raise ValueError(f"write a whole number from 0 to {MOST} for {', '.join(wrong)}")
    found = Figures(**changed)
    if any(getattr(found, one) > getattr(found, then) for one, then in pairwise(IN_ORDER)):
        raise ValueError(f"these follow one another: {', '.join(IN_ORDER)}")
    for route in ROUTES:
        names = [f"{rung}_{route}" for rung in RUNGS]
        if any(getattr(found, one) > getattr(found, then) for one, then in pairwise(names)):
            raise ValueError(f"these follow one another: {', '.join(names)}")
    return found


def _each_route(changed: Mapping[str, Any]) -> dict[str, Any]:
    """A figure under its own name counts before one that is meant for several routes."""
    found = {name: changed[short] for short, names in SHORT.items() if short in changed for name in names}
    return found | {name: number for name, number in changed.items() if name not in SHORT}


def _in_force(environment: Mapping[str, str]) -> Figures:
    """As JCR_FIGURES changes them; where that is wrong, `jcr.settings` says so and nothing starts."""
    try:
        return figures_of(json.loads(environment.get("JCR_FIGURES") or "{}"))
    except (ValueError, AttributeError):
        return Figures()


FIGURES = _in_force(os.environ)
