"""The clocks of a case: what is due by which rule, what was done, what is late, what has not started."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial

from jcr.cases.model import Route, Status
from jcr.cases.rules import (
    Calendar,
    CalendarEnds,
    Due,
    acknowledge_by,
    board_told_by,
    chase_referrer_on,
    commission_by,
    decision_letter_by,
    domestic_decision_by,
    meet_by,
    not_a_working_day,
    panel_copy_by,
    panel_reply_expected,
    rapid_review_by,
    ratify_by,
    recommend_by,
    reconsideration_reply_by,
    review_complete_by,
    sin_by,
    tell_by,
    triage_by,
)
from jcr.decisions.model import Body
from jcr.decisions.notices import BY_BODY
from jcr.desk.clock import Clock, Dates, Later, State, Told
from jcr.figures import FIGURES, Figures

__all__ = ["AT_REST", "Clock", "Dates", "Later", "State", "clocks"]

LA = "the local authority"
AGENCY = "(as the local authority’s own day is not recorded) the referring agency"
PANEL_REPLY = "Reply of the Panel (expected)"
AT_REST = (Status.REDIRECTED, Status.DECLINED, Status.CLOSED)


def clocks(dates: Dates, today: date, calendar: Calendar, figures: Figures = FIGURES) -> list[Clock]:
    """Every clock of the case in the order of the work; at rest, only those that were met."""
    found = [_read(clock, dates, today, calendar) for clock in _clocks(dates, calendar, figures)]
    return [clock for clock in found if clock.done_on or clock.goes_on or dates.status not in AT_REST]


@dataclass(frozen=True)
class _Clock:
    """How one deadline is counted: `start` None means that it has not begun, and `waiting_for` says why."""

    label: str
    start: date | None
    count: Callable[[date], Due | None]
    done_on: date | None
    waiting_for: str = ""
    goes_on: bool = False


def _read(clock: _Clock, dates: Dates, today: date, calendar: Calendar) -> Clock:
    due, waiting_for = None, clock.waiting_for
    try:
        due = clock.count(clock.start) if clock.start else None
    except CalendarEnds as ends:
        waiting_for = str(ends)
    due, was = _extended(due, dates.later.get(clock.label, ()), calendar)
    state = _state(due, clock.done_on, today)
    return Clock(dates.reference, clock.label, state, due, clock.done_on, waiting_for, clock.goes_on, was)


def _extended(due: Due | None, later: Sequence[Later], calendar: Calendar) -> tuple[Due | None, date | None]:
    """The date with what was agreed last, and as it was counted; an agreed date the count has passed is overtaken."""
    if due is None or not later or later[-1].until <= due.on:
        return due, None
    told = " ".join((due.because, *(one.told for one in later)))
    until = later[-1].until
    return replace(due, on=until, because=told, warning=not_a_working_day(until, calendar)), due.on


def _state(due: Due | None, done_on: date | None, today: date) -> State:
    if done_on:
        return State.DONE
    if due is None:
        return State.WAITING
    return State.LATE if due.on < today else State.DUE


def _clocks(dates: Dates, calendar: Calendar, figures: Figures) -> Iterator[_Clock]:
    yield from _intake_clocks(dates, calendar, figures)
    if Route.CHILD in dates.routes and not dates.none_to_notify:
        yield from _child_clocks(dates, calendar, figures)
    yield from _scoping_clocks(dates)
    yield from _meeting_clocks(dates, calendar, figures)
    if Route.CHILD in dates.routes and dates.notified_on:
        yield from _child_decision_clocks(dates, calendar, figures)
    if Route.DOMESTIC in dates.routes:
        yield _Clock(
            "Decide on a domestic homicide review",
            dates.received_on,
            lambda start: _due(domestic_decision_by, start, calendar, figures),
            dates.ratified_on,
            "The Community Safety Partnership was told when the referral was received, which is not yet.",
        )
    if dates.ratified_on:
        yield _Clock(
            "Send the decision letter",
            dates.ratified_on,
            lambda start: _due(decision_letter_by, start, calendar, figures),
            dates.letter_on,
        )
    if dates.ratified_on and dates.review_held:
        yield from _review_clocks(dates, calendar, figures)
    yield from _notice_clocks(dates, calendar, figures)
    yield from _again_clocks(dates, calendar, figures)


def _review_clocks(dates: Dates, calendar: Calendar, figures: Figures) -> Iterator[_Clock]:
    """A review goes on when the decision is told and its case settled, until its report is done."""
    for label, rule, start, done_on in (
        ("Commission the reviewer", commission_by, dates.ratified_on, dates.commissioned_on),
        ("Complete the review", review_complete_by, dates.ratified_on, dates.reviewed_on),
    ):
        yield _Clock(label, start, partial(_by, rule, calendar, figures), done_on, goes_on=True)
    if Route.CHILD in dates.routes and dates.publish_on:
        copy = partial(_by, panel_copy_by, calendar, figures)
        yield _Clock(
            "Copy to the Panel before publication",
            dates.publish_on,
            copy,
            dates.panel_copied_on,
            goes_on=True,
        )


def _notice_clocks(dates: Dates, calendar: Calendar, figures: Figures) -> Iterator[_Clock]:
    """Telling those outside goes on when the case is settled, until each has been told."""
    for body, told in dates.told.items():
        label, start = BY_BODY[body].task, dates.ratified_on
        if body is Body.PANEL:
            yield _Clock(
                label, start, partial(_panel_by, dates, calendar, figures), told.told_on, goes_on=True
            )
            yield from _reply_clock(told, calendar, figures)
        else:
            rule = tell_by if body in (Body.HOME_OFFICE, Body.FAMILY) else board_told_by
            yield _Clock(label, start, partial(_by, rule, calendar, figures), told.told_on, goes_on=True)


def _reply_clock(told: Told, calendar: Calendar, figures: Figures) -> Iterator[_Clock]:
    if told.told_on:
        by = partial(_by, panel_reply_expected, calendar, figures)
        yield _Clock(PANEL_REPLY, told.told_on, by, told.replied_on, goes_on=True)


def _panel_by(dates: Dates, calendar: Calendar, figures: Figures, _: date) -> Due | None:
    return _due(rapid_review_by, dates.notified_on, dates.aware_on, calendar, figures)


def _by(rule: Callable[..., Due], calendar: Calendar, figures: Figures, start: date) -> Due | None:
    return _due(rule, start, calendar, figures)


def _again_clocks(dates: Dates, calendar: Calendar, figures: Figures) -> Iterator[_Clock]:
    """A request to look again never pauses another clock, and its own runs when the case is settled."""
    if dates.asked_again_on:
        yield _Clock(
            "Answer the request to look again",
            dates.asked_again_on,
            lambda start: _due(reconsideration_reply_by, start, calendar, figures),
            dates.answered_again_on,
            goes_on=True,
        )


def _intake_clocks(dates: Dates, calendar: Calendar, figures: Figures) -> Iterator[_Clock]:
    yield _Clock(
        "Acknowledge the referral",
        dates.opened_on,
        lambda start: _due(acknowledge_by, start, calendar, figures),
        dates.acknowledged_on,
    )
    if dates.sent_back_on:
        yield _Clock(
            "Chase the referrer",
            dates.sent_back_on,
            lambda start: _due(chase_referrer_on, start, calendar, figures),
            None,
        )
    yield _Clock(
        "Finish triage",
        dates.received_on,
        lambda start: _due(triage_by, start, calendar, figures),
        dates.triaged_on,
        "Counted from the day the safeguarding lead signs the referral off.",
    )


def _child_clocks(dates: Dates, calendar: Calendar, figures: Figures) -> Iterator[_Clock]:
    yield _Clock(
        "Serious incident notification by the local authority",
        dates.aware_on,
        lambda start: _due(sin_by, start, calendar, figures, LA if dates.la_is_told else AGENCY),
        dates.notified_on,
        "Neither the local authority nor the referral has said when they became aware of the incident.",
    )
    yield _Clock(
        "Rapid review finished and ready for the Panel",
        dates.notified_on if figures.rapid_review_clock == "sin_sent" else dates.aware_on,
        lambda _: _due(rapid_review_by, dates.notified_on, dates.aware_on, calendar, figures),
        dates.ratified_on,
        "Counted from the day the serious incident notification is sent, which is not recorded.",
    )


def _scoping_clocks(dates: Dates) -> Iterator[_Clock]:
    overtaken = dates.recommended_on and not dates.returned_on  # the group went ahead without
    if dates.return_by and dates.asked_on and not overtaken:
        given = Due(
            dates.return_by,
            "ToR",
            "The return date that the scoping requests gave to every agency, or a later one that all have whose return "
            "is missing.",
            "ToR 7.ii",
            dates.asked_on,
        )
        yield _Clock("Scoping returns", dates.asked_on, lambda _: given, dates.returned_on)


def _meeting_clocks(dates: Dates, calendar: Calendar, figures: Figures) -> Iterator[_Clock]:
    if dates.meeting_on:
        called = Due(
            dates.meeting_on,
            "ToR",
            "The day that was sent out with the scoping requests.",
            "ToR 7.ii",
            dates.meeting_on,
        )
        yield _Clock("Rapid review meeting", dates.meeting_on, lambda _: called, dates.met_on)
    for route in dates.routes:
        yield _Clock(
            f"Latest day for the rapid review ({route.value})",
            dates.notified_on if route is Route.CHILD else dates.received_on,
            partial(_meeting_by, route.value, calendar, figures),
            dates.met_on,
            "Counted from the serious incident notification."
            if route is Route.CHILD
            else "Counted from the day the referral is received.",
        )


def _meeting_by(route: str, calendar: Calendar, figures: Figures, start: date) -> Due | None:
    return _due(meet_by, route, start, calendar, figures)


@lru_cache(maxsize=4096)  # a desk asks for the same few days of many cases
def _due(rule: Callable[..., Due | None], *given: object) -> Due | None:
    return rule(*given)


def _child_decision_clocks(dates: Dates, calendar: Calendar, figures: Figures) -> Iterator[_Clock]:
    yield _Clock(
        "Recommendation to the safeguarding partners",
        dates.notified_on,
        lambda start: _due(recommend_by, start, calendar, figures),
        dates.recommended_on,
    )
    yield _Clock(
        "Ratification by all three safeguarding partners",
        dates.notified_on,
        lambda start: _due(ratify_by, start, calendar, figures),
        dates.ratified_on,
    )
