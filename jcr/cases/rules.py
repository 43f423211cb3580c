"""The clocks of a case: every deadline with its authority, its reason and the paragraph it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jcr.cases.working_days import (
    Calendar,
    CalendarEnds,
    Counted,
    add_months,
    add_working_days,
    counted,
    dates_moved,
    england,
    holidays_passed,
    last_working_day_to,
    working_days_before,
    working_days_between,
)
from jcr.figures import FIGURES, ClockStart, Figures
from jcr.wording import count, long_date

__all__ = [
    "Authority",
    "Calendar",
    "CalendarEnds",
    "Counted",
    "Due",
    "Figures",
    "Rung",
    "acknowledge_by",
    "add_months",
    "add_working_days",
    "age_on",
    "board_member_told_on",
    "board_told_by",
    "chase_referrer_on",
    "chasing_ladder",
    "chasing_route",
    "commission_by",
    "counted",
    "dates_moved",
    "decision_letter_by",
    "domestic_decision_by",
    "england",
    "last_working_day_to",
    "meet_by",
    "panel_copy_by",
    "panel_reply_expected",
    "rapid_review_by",
    "rapid_review_clocks",
    "ratify_by",
    "recommend_by",
    "reconsideration_by",
    "reconsideration_reply_by",
    "return_for_meeting",
    "review_complete_by",
    "rung_due",
    "scoping_return_by",
    "sin_by",
    "tell_by",
    "triage_by",
    "working_days_before",
    "working_days_between",
]

Authority = Literal["statute", "ToR", "local"]
LOCAL = "Set by the partnership; neither the law nor the ToR gives a figure"


@dataclass(frozen=True)
class Due:
    """A date that explains itself.

    `start` and `working_days` let a page count it out with `counted`; `working_days` is None for a
    deadline in months and negative for one counted back. `warning` is for the officer, usually empty.
    """

    on: date
    authority: Authority
    because: str
    source: str
    start: date
    working_days: int | None = None
    warning: str = ""


@dataclass(frozen=True)
class Rung:
    """One step of chasing an agency: the day, what goes out, and to whom."""

    on: date
    what: Literal["reminder", "due_today", "agency_lead", "board_member"]
    to: str
    because: str


TO_THE_BOARD = "board_member"


def rung_due(rungs: Sequence[Rung], day: date, gone: Collection[str], since: date) -> Rung | None:
    """The highest rung reached by a day, unless it went out already or lay before chasing could begin, on `since`."""
    reached = [rung for rung in rungs if rung.on <= day]
    highest = reached[-1] if reached else None
    if highest is None or highest.what in gone:
        return None
    return highest if since < highest.on else None


def age_on(born: date, day: date) -> int:
    """Whole years lived on a day. Someone born on 29 February has the birthday on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def acknowledge_by(received_on: date, calendar: Calendar, figures: Figures = FIGURES) -> Due:
    """When the referrer must have the acknowledgement."""
    return _after(received_on, figures.acknowledge, calendar, "the referral was received")


def triage_by(received_on: date, calendar: Calendar, figures: Figures = FIGURES) -> Due:
    """When triage must be done."""
    return _after(received_on, figures.triage, calendar, "the referral was received")


def chase_referrer_on(returned_on: date, calendar: Calendar, figures: Figures = FIGURES) -> Due:
    """When to chase a referral that went back for sign-off or for more information."""
    return _after(returned_on, figures.chase_referrer, calendar, "the referral went back to the referrer")


def sin_by(
    la_aware_on: date, calendar: Calendar, figures: Figures = FIGURES, told_by: str = "the local authority"
) -> Due:
    """When the local authority must have sent the serious incident notification to the Panel, from becoming aware;
    `told_by` is whose day it is, where that of the local authority is not known."""
    source = "Children Act 2004 s.16C; Working Together"
    event = f"{told_by} became aware of the incident"
    return _after(la_aware_on, figures.sin, calendar, event, "statute", source)


def rapid_review_clocks(
    sin_sent_on: date | None, la_aware_on: date | None, calendar: Calendar, figures: Figures = FIGURES
) -> dict[ClockStart, Due]:
    """The child rapid review's deadline by each possible start that is known, so that both can be shown."""
    source = "Working Together; Panel guidance for safeguarding partners; ToR 1"
    clocks: dict[ClockStart, Due] = {}
    days: dict[ClockStart, date | None] = {"sin_sent": sin_sent_on, "la_aware": la_aware_on}
    for start, day in days.items():
        if day:
            event = _clock_event(start)
            clocks[start] = _after(day, figures.rapid_review, calendar, event, "statute", source)
    return clocks


def rapid_review_by(
    sin_sent_on: date | None, la_aware_on: date | None, calendar: Calendar, figures: Figures = FIGURES
) -> Due | None:
    """When the child rapid review must be with the Panel; None while its clock has not started.

    There is no rapid review without a notification, so a date counted from awareness is never put in
    the place of one counted from the notification, nor the other way round.
    """
    return rapid_review_clocks(sin_sent_on, la_aware_on, calendar, figures).get(figures.rapid_review_clock)


def scoping_return_by(
    route: str, start: date, calendar: Calendar, figures: Figures = FIGURES, event: str = ""
) -> Due:
    """When scoping returns are due: from the start of the clock for a child, else from the request.

    `event` is what happened on the first day, where no notification started a child's clock.
    """
    if route == "child":
        began = event or _clock_event(figures.rapid_review_clock)
        return _after(start, figures.child_return, calendar, began)
    return _after(start, figures.other_return, calendar, "the scoping request went out")


def return_for_meeting(meeting_on: date, calendar: Calendar, figures: Figures = FIGURES) -> Due:
    """The latest return date that still serves a rapid review on a given day (ToR 3)."""
    return _before(meeting_on, figures.return_before_meeting, calendar, "the rapid review meeting")


def meet_by(route: str, start: date, calendar: Calendar, figures: Figures = FIGURES, event: str = "") -> Due:
    """When the rapid review must meet; `event` as for the returns.

    The start is the start of the clock for a child, the receipt of the referral for an adult, and the
    day the Community Safety Partnership was told for a domestic death.
    """
    if route == "child":
        began = event or _clock_event(figures.rapid_review_clock)
        return _after(start, figures.child_meeting, calendar, began)
    if route == "adult":
        return _after(start, figures.adult_meeting, calendar, "the referral was received")
    decision = domestic_decision_by(start, calendar, figures)
    event = f"the CSP chair's decision is due on {long_date(decision.on)}"
    return _before(decision.on, figures.domestic_meeting_before, calendar, event)


def recommend_by(clock_start: date, calendar: Calendar, figures: Figures = FIGURES) -> Due:
    """When a child recommendation must be with the safeguarding partners."""
    event = _clock_event(figures.rapid_review_clock)
    return _after(clock_start, figures.child_recommendation, calendar, event)


def ratify_by(clock_start: date, calendar: Calendar, figures: Figures = FIGURES) -> Due:
    """When all three safeguarding partners must have signed, so that the review reaches the Panel in time."""
    return _after(clock_start, figures.child_ratification, calendar, _clock_event(figures.rapid_review_clock))


def panel_reply_expected(submitted_on: date, calendar: Calendar, figures: Figures = FIGURES) -> Due:
    """When to ask after the Panel's reply. Expected, not owed."""
    return _after(submitted_on, figures.panel_reply, calendar, "the rapid review went to the Panel")


def tell_by(ratified_on: date, calendar: Calendar, figures: Figures = FIGURES) -> Due:
    """When the Home Office and the family must have been told of a decision on a domestic death."""
    return _after(ratified_on, figures.notices, calendar, "the recommendation was ratified")


def board_told_by(ratified_on: date, calendar: Calendar, figures: Figures = FIGURES) -> Due:
    """When the strategic board must have been told of the outcome (ToR 7.vi)."""
    return _after(ratified_on, figures.board_told, calendar, "the recommendation was ratified")


def domestic_decision_by(notified_on: date, calendar: Calendar, figures: Figures = FIGURES) -> Due:
    """When the CSP chair must decide on a domestic homicide review."""
    source = "Domestic homicide review statutory guidance 2016, section 5"
    event = "the Community Safety Partnership was told of the death"
    return _months_after(notified_on, figures.domestic_decision_months, calendar, event, source)


def decision_letter_by(ratified_on: date, calendar: Calendar, figures: Figures = FIGURES) -> Due:
    """When the referrer must have the decision letter (ToR 7.v)."""
    return _after(ratified_on, figures.decision_letter, calendar, "the recommendation was ratified")


def reconsideration_by(letter_on: date, calendar: Calendar, figures: Figures = FIGURES) -> Due:
    """The last day a referrer may ask for the decision to be looked at again."""
    return _after(letter_on, figures.reconsideration, calendar, "the decision letter was sent")


def reconsideration_reply_by(asked_on: date, calendar: Calendar, figures: Figures = FIGURES) -> Due:
    """When a request for reconsideration must be answered, by someone other than the first chair."""
    return _after(asked_on, figures.reconsideration_reply, calendar, "reconsideration was asked for")


def commission_by(decided_on: date, calendar: Calendar, figures: Figures = FIGURES) -> Due:
    """When a reviewer must have been commissioned."""
    return _after(decided_on, figures.commissioning, calendar, "the decision to review was made")


def review_complete_by(initiated_on: date, calendar: Calendar, figures: Figures = FIGURES) -> Due:
    """When a review must be complete, unless an extension with its reason is on record."""
    source = "Care and support statutory guidance ch.14; Working Together; DHR guidance 2016"
    return _months_after(initiated_on, figures.review_months, calendar, "the review was initiated", source)


def panel_copy_by(publication_on: date, calendar: Calendar, figures: Figures = FIGURES) -> Due:
    """The last day to send a child review to the Panel before it is published (ToR 4, as working days)."""
    return _before(publication_on, figures.panel_copy_before, calendar, "publication", "ToR", "ToR 4")


def board_member_told_on(return_by: date, route: str, calendar: Calendar, figures: Figures = FIGURES) -> Due:
    """When a missing return goes to the Board or Partnership member (ToR 7.iv)."""
    return _after(return_by, getattr(figures, f"board_told_after_{route}"), calendar, "the return was due")


def chasing_route(routes: Iterable[str], figures: Figures = FIGURES) -> str:
    """By which route's ladder a case is chased: that which comes to the board member first; an adult's without any."""
    return min(routes, key=lambda route: int(getattr(figures, f"board_told_after_{route}")), default="adult")


def chasing_ladder(
    return_by: date, route: str, calendar: Calendar, figures: Figures = FIGURES
) -> tuple[Rung, ...]:
    """What goes out for a return that has not come, rung by rung, always on working days."""
    before, due, lead = (
        int(getattr(figures, f"{rung}_{route}"))
        for rung in ("reminder_before", "due_told_after", "lead_told_after")
    )
    due_day = add_working_days(last_working_day_to(return_by, calendar), due, calendar)
    board = board_member_told_on(return_by, route, calendar, figures)
    was = "is" if due == 0 else "was"
    return (
        Rung(
            working_days_before(return_by, before, calendar),
            "reminder",
            "the agency's contact",
            f"{count(before, 'working day')} before the return date",
        ),
        Rung(due_day, "due_today", "the agency's contact", f"The return {was} due on {long_date(return_by)}"),
        Rung(
            add_working_days(return_by, lead, calendar),
            "agency_lead",
            "the agency's safeguarding lead",
            f"{count(lead, 'working day')} after the return date",
        ),
        Rung(board.on, "board_member", "the Board or Partnership member", board.because),
    )


def _clock_event(start: ClockStart) -> str:
    if start == "sin_sent":
        return "the serious incident notification was sent"
    return "the local authority became aware of the incident"


def _after(
    start: date, n: int, calendar: Calendar, event: str, authority: Authority = "local", source: str = LOCAL
) -> Due:
    on = add_working_days(start, n, calendar)
    because = f"{count(n, 'working day')} after {event} on {long_date(start)}"
    return Due(on, authority, because + _passed(start, n, calendar), source, start, n)


def _before(
    day: date, n: int, calendar: Calendar, event: str, authority: Authority = "local", source: str = LOCAL
) -> Due:
    on = working_days_before(day, n, calendar)
    because = f"{count(n, 'working day')} before {event}"
    because += "" if long_date(day) in event else f" on {long_date(day)}"
    return Due(on, authority, because + _passed(day, -n, calendar), source, day, -n)


def _passed(start: date, n: int, calendar: Calendar) -> str:
    holidays = holidays_passed(start, n, calendar)
    return f"; passed over besides weekends: {holidays}." if holidays else "."


def _months_after(start: date, n: int, calendar: Calendar, event: str, source: str) -> Due:
    on = add_months(start, n)
    because = f"{count(n, 'calendar month')} after {event} on {long_date(start)}."
    return Due(on, "statute", because, source, start, None, not_a_working_day(on, calendar))


def not_a_working_day(on: date, calendar: Calendar) -> str:
    """That a date falls on no working day, with the last one before it; empty for one that does.

    A deadline in months, or one that was agreed, stays where it falls. A date past the last known year has nothing to
    be checked against, and stands without a warning.
    """
    if not calendar.first_year <= on.year <= calendar.last_year or calendar.is_working_day(on):
        return ""
    before = long_date(working_days_before(on, 1, calendar))
    return f"{long_date(on)} is not a working day; the last working day before it is {before}."
