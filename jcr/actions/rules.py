"""The ladder of an action: who is asked for an update before and after the day it is due."""

from __future__ import annotations

from datetime import date

from jcr.cases.rules import Calendar, Rung, add_working_days, last_working_day_to, working_days_before
from jcr.figures import FIGURES, Figures
from jcr.wording import count, long_date


def ladder(due_on: date, calendar: Calendar, figures: Figures = FIGURES) -> tuple[Rung, ...]:
    """What goes out for an action that is not done, rung by rung, always on working days (ToR 4, 8)."""
    before, lead, board = (
        figures.action_reminder_before,
        figures.action_lead_told_after,
        figures.action_board_told_after,
    )
    early = count(before, "working day")
    return (
        Rung(
            working_days_before(due_on, before, calendar), "reminder", "the owner", f"{early} before it is due"
        ),
        Rung(
            last_working_day_to(due_on, calendar), "due_today", "the owner", f"It is due on {long_date(due_on)}"
        ),
        Rung(add_working_days(due_on, lead, calendar), "agency_lead", "the agency's contact",
             f"{count(lead, 'working day')} after it was due"),
        Rung(add_working_days(due_on, board, calendar), "board_member", "the Board or Partnership member",
             f"{count(board, 'working day')} after it was due"),
    )  # fmt: skip
