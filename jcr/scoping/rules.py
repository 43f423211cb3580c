"""When returns are due and the rapid review meets: dates suggested, dates refused, days late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from jcr.cases.model import Case, Route
from jcr.cases.rules import (
    Calendar,
    CalendarEnds,
    Due,
    add_working_days,
    last_working_day_to,
    meet_by,
    return_for_meeting,
    scoping_return_by,
    working_days_before,
    working_days_between,
)
from jcr.wording import local_day, long_date

DAYS_TO_ANSWER = 2  # local: the least an agency needs to search its records
UNNOTIFIED = "the agencies are asked (no serious incident notification is recorded)"


@dataclass(frozen=True)
class Dates:
    """What goes out together (ToR 7.ii): the return date and the meeting; with the period to search."""

    return_by: date
    meeting_at: datetime
    place: str
    period_from: date | None = None
    period_to: date | None = None


@dataclass(frozen=True)
class Suggestion:
    """Dates to offer, each with its reason; `warning` where a deadline leaves too little time."""

    return_by: Due
    meeting: Due
    warning: str = ""


def suggested(case: Case, today: date, calendar: Calendar) -> Suggestion | None:
    """Dates for this case if it went out today: the tightest of its routes. None past the known calendar."""
    try:
        return _suggested(case, today, calendar)
    except CalendarEnds:
        return None


def _suggested(case: Case, today: date, calendar: Calendar) -> Suggestion:
    routes = case.route_names or [Route.ADULT]
    event = "" if case.incident_notified_on else UNNOTIFIED
    meetings = [meet_by(route, _start(case, route, today), calendar, event=event) for route in routes]
    meeting = min(meetings, key=_day)
    earliest = return_for_meeting_day(add_working_days(today, DAYS_TO_ANSWER, calendar), calendar)
    warning = ""
    if meeting.on < earliest:
        warning = (
            f"The meeting is due by {long_date(meeting.on)} ({meeting.because.rstrip('.')}), which leaves "
            f"agencies too little time. The earliest workable day is {long_date(earliest)}; say why in the "
            "minutes."
        )
        meeting = Due(earliest, "local", "The earliest day that leaves agencies time.", meeting.source, today)
    elif not calendar.is_working_day(meeting.on):
        on = last_working_day_to(meeting.on, calendar)
        meeting = Due(on, meeting.authority, meeting.because, meeting.source, meeting.start)
    returns = [
        scoping_return_by(route, _start_of_request(case, route, today), calendar, event=event)
        for route in routes
    ]
    in_time = [due for due in returns if due.on > today]
    return_by = min([*in_time, return_for_meeting(meeting.on, calendar)], key=_day)
    return Suggestion(return_by, meeting, warning)


def return_for_meeting_day(return_by: date, calendar: Calendar) -> date:
    """The first day a meeting can be held on returns due that day."""
    day = return_by
    while return_for_meeting(day, calendar).on < return_by:
        day = add_working_days(day, 1, calendar)
    return day


def _day(due: Due) -> date:
    return due.on


def _start(case: Case, route: Route, today: date) -> date:
    """Day 0 of a route's clock. A child's clock that has not started is counted as if it started today."""
    if route is Route.CHILD:
        return case.incident_notified_on or today
    return case.received_on or today


def _start_of_request(case: Case, route: Route, today: date) -> date:
    return _start(case, route, today) if route is Route.CHILD else today


def faults(dates: Dates, today: date, calendar: Calendar) -> list[tuple[str, str]]:
    """What is wrong with the dates: (name of the answer, sentence saying what to do)."""
    meeting_on = local_day(dates.meeting_at)
    return [
        *day_faults("return_by", "The return date", dates.return_by, today, calendar),
        *day_faults("meeting_on", "The meeting", meeting_on, today, calendar),
        *_order_faults(dates, meeting_on, today),
    ]


def day_faults(name: str, what: str, day: date, today: date, calendar: Calendar) -> Iterator[tuple[str, str]]:
    """What is wrong with a day that something is due on: passed, not worked, or past the known calendar."""
    if day <= today:
        yield name, f"{what} must be after today; {long_date(day)} is not"
        return
    if wrong := not_worked(what, day, calendar):
        yield name, wrong


def not_worked(what: str, day: date, calendar: Calendar) -> str:
    """The sentence about a day that is no working day, with the nearest, or lies past the known calendar."""
    try:
        why_not = calendar.why_not(day)
    except CalendarEnds as ends:
        return str(ends)
    if not why_not:
        return ""
    before, after = last_working_day_to(day, calendar), add_working_days(day, 1, calendar)
    return (
        f"{what} must be a working day; {long_date(day)} is not ({why_not}). "
        f"The nearest are {long_date(before)} and {long_date(after)}"
    )


def _order_faults(dates: Dates, meeting_on: date, today: date) -> Iterator[tuple[str, str]]:
    if dates.return_by >= meeting_on:
        yield "return_by", f"The return date must be before the meeting on {long_date(meeting_on)}"
    if not dates.place.strip():
        yield "place", "Enter where the meeting is held, or its link"
    if dates.period_from and dates.period_to and dates.period_to < dates.period_from:
        yield "period_to", "The period under review must end on or after the day it begins"
    if dates.period_from and dates.period_from > today:
        yield "period_from", "The period under review must begin today or in the past"


def completed_by(return_by: date, meeting_on: date, today: date, calendar: Calendar) -> date:
    """When a return that is sent back is due: by its date where that leaves time, else in two working days,
    and before the meeting where there is a working day before it."""
    soonest = add_working_days(today, DAYS_TO_ANSWER, calendar)
    if return_by >= soonest:
        return return_by
    before = working_days_before(meeting_on, 1, calendar)
    return min(soonest, before) if before > today else soonest


def days_late(return_by: date, on: date, calendar: Calendar) -> int:
    """Working days after the return date; 0 while there is time."""
    if on <= return_by:
        return 0
    try:
        return working_days_between(return_by, on, calendar)
    except CalendarEnds:
        return (on - return_by).days


def sentences(found: Iterable[tuple[str, str]]) -> str:
    """Faults as one text, for a page that cannot show them beside their boxes."""
    return " ".join(f"{sentence.rstrip('.')}." for _, sentence in found)
