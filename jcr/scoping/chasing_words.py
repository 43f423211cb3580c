"""What a reminder or a letter to a board member says of the returns that are owed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from jcr.cases.model import Case, Route, Status
from jcr.cases.rules import (
    Calendar,
    CalendarEnds,
    add_working_days,
    domestic_decision_by,
    rapid_review_by,
)
from jcr.correspondence.model import Kind
from jcr.correspondence.wording import only
from jcr.scoping.model import Request, State
from jcr.scoping.rules import days_late
from jcr.wording import count, local_day, long_date, long_moment

REPLY_WITHIN = 2  # working days the board member is given; local


def facts_of(kind: Kind, requests: Sequence[Request], now: datetime, calendar: Calendar) -> dict[str, Any]:
    """The values of the letter's placeholders."""
    cases = {request.case.reference: request.case for request in requests}
    routes = {route for case in cases.values() for route in case.route_names}
    told, today = _owed_to_us if kind is Kind.SCOPING_REMINDER else _so_far, local_day(now)
    return {
        "cases": next(iter(cases)) if len(cases) == 1 else count(len(cases), "case"),
        "owed": "scoping return" if len(requests) == 1 else "scoping returns",
        "returns": "\n\n".join("\n".join(told(request, now, calendar)) for request in requests),
        "reply_by": _reply_by(requests, today, calendar),
        "only_child": only(Route.CHILD in routes),
        "only_adult": only(Route.ADULT in routes),
        "only_domestic": only(Route.DOMESTIC in routes),
    }


def _reply_by(requests: Sequence[Request], today: date, calendar: Calendar) -> date:
    """When the board member is to have seen to it: in good time, and not after a rapid review that is still ahead."""
    meetings = (local_day(request.round.meets_at) for request in requests if not request.round.has_begun)
    return min((add_working_days(today, REPLY_WITHIN, calendar), *(day for day in meetings if day >= today)))


def _owed_to_us(request: Request, now: datetime, calendar: Calendar) -> Iterator[str]:
    round, late = request.round, days_late(request.return_by, local_day(now), calendar)
    yield f"{request.case.reference}, {request.agency.name}"
    yield f"  Asked for on:  {long_date(local_day(round.opened_at))}"
    passed = f" ({count(late, 'working day')} late)" if late else ""
    yield f"  Return by:     {long_date(request.return_by)}{passed}"
    if request.state is State.SENT_BACK:
        yield "  Sent back:     your return was received; something in it is missing"
    yield f"  Rapid review:  {round.meets(now)} on {long_moment(round.meets_at)}"


def _so_far(request: Request, now: datetime, calendar: Calendar) -> Iterator[str]:
    round = request.round
    yield f"## {request.case.reference}, {request.agency.name}\n"
    yield f"- Asked for on {long_date(local_day(round.opened_at))}"
    if request.state is State.SENT_BACK:
        yield "- A return was received and went back to your agency for what is missing; that has not come"
    yield f"- Return date: {long_date(request.return_by)}"
    yield f"- Late by {count(days_late(request.return_by, local_day(now), calendar), 'working day')}"
    yield from (f"- Reminder on {long_date(nudge.sent_on)}" for nudge in request.nudges)
    when = f"{round.meets(now)} on {long_moment(round.meets_at)}"
    if round.has_begun:
        yield f"- The rapid review {when} without this return, and does not know what your agency knew"
    else:
        yield f"- The rapid review {when}, and without this return it will not know what your agency knew"
    yield from _at_risk(request.case, calendar)


def _at_risk(case: Case, calendar: Calendar) -> Iterator[str]:
    """The days owed by law or guidance that a missing return puts at risk, until the recommendation is made."""
    if case.status not in (Status.SCOPING, Status.RAPID_REVIEW):
        return
    with suppress(CalendarEnds):
        due = rapid_review_by(case.incident_notified_on, case.la_aware_on, calendar)
        if due and Route.CHILD in case.route_names:
            yield f"- At risk: the rapid review has to reach the national Panel by {long_date(due.on)}"
        if case.received_on and Route.DOMESTIC in case.route_names:
            by = domestic_decision_by(case.received_on, calendar)
            yield f"- At risk: the decision whether a review is held is owed by {long_date(by.on)}"
