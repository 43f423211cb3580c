"""The figures the clocks of a case run on, each with its source; settings, not law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
    reminder_before: int = 2  # local
    lead_told_after: int = 1  # local
    board_told_after_child: int = 2  # local (ToR 7.iv gives no figure)
    board_told_after_other: int = 5  # local (ToR 7.iv gives no figure)
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


FIGURES = Figures()
