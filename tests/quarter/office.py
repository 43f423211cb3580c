"""An office at work for a quarter: cases come, agencies answer as they will, reviews are held, letters go."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.rules import england
from jcr.correspondence.posting import post_ready
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.decisions.model import Answered, Outcome
from jcr.decisions.offices import needed
from jcr.decisions.service import notify_referrer, ratify, recommend
from jcr.errors import NotNow
from jcr.meetings import service as meetings
from jcr.meetings.model import Presence
from jcr.people.model import Office, Person
from jcr.referrals.model import SignOffHow
from jcr.referrals.service import Arrival, confirm, open_from_reading
from jcr.roles import WORKER
from jcr.scoping.chasing import chase
from jcr.scoping.model import Request
from jcr.scoping.service import Asked, Dates
from tests.cases import made
from tests.quarter.agencies import answer_by_mail, answer_by_web
from tests.quarter.post import Post

# Working days by hand, not by the product's calendar: no Saturday, no Sunday, none of the days of this winter
BANK_HOLIDAYS = {
    date(2026, 12, 25),
    date(2026, 12, 28),
    date(2027, 1, 1),
    date(2027, 3, 26),
    date(2027, 3, 29),
}
CALENDAR = england()
ASKED = ("police", "housing", "wvt", "hwhct", "asc", "fire")
# How an agency behaves: the working day after the return date on which it answers, and by which ways
BEHAVIOURS: dict[str, tuple[int | None, tuple[str, ...]]] = {
    "early": (-5, ("web",)),
    "on the day": (0, ("mail",)),
    "late": (3, ("mail",)),
    "after the board was told": (6, ("web",)),
    "twice": (-1, ("web", "mail")),
    "never": (None, ()),
}
ROUTES = {
    "adult": (made.ADULT, Outcome.SAR_DISCRETIONARY),
    "child": (made.CHILD | {"review_type_requested": ["child"]}, Outcome.NO_FURTHER_ACTION),
}
HOLDERS = {
    Office.PARTNER_COUNCIL: "council_partner",
    Office.PARTNER_ICB: "icb_partner",
    Office.PARTNER_POLICE: "police_partner",
    Office.HSAB_CHAIR: "hsab_chair",
}


def is_worked(day: date) -> bool:
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def working_day(start: date, number: int) -> date:
    """The working day so many after a day; before it when negative."""
    day, step = start, timedelta(days=1 if number > 0 else -1)
    while number:
        day += step
        number -= is_worked(day) * (1 if step.days > 0 else -1)
    return day


@dataclass
class Quarter:
    """The office, day by day from `first` on; what is planned for a moment is done when it comes."""

    sessions: Sessions
    head: Letterhead
    app: Flask
    mailbox: Path
    partnership: Any
    first: date
    chance: random.Random
    behaviour: dict[int, str] = field(default_factory=dict)
    plans: list[tuple[datetime, Callable[[datetime], None]]] = field(default_factory=list)
    refused: int = 0  # decision letters that were asked for too early

    def __post_init__(self) -> None:
        self.post = Post(self.first)

    def work(self, cases: int) -> None:
        """Opens so many cases, one on each working day, and lives day by day until nothing is planned any more."""
        for number in range(cases):
            opened = at(working_day(self.first, number), 10)
            route = "child" if number % 4 == 3 else "adult"
            self._plan(opened, lambda session, now, route=route: self._refer(session, now, route))
        day = self.first
        while self.plans:
            self._live(day)
            day += timedelta(days=1)

    def _live(self, day: date) -> None:
        self.post.today = day
        for hour in (7, 9, 12, 15):
            now = at(day, hour)
            for plan in self._due(now):
                plan(now)
            with self.sessions.transaction() as session:
                chase(session, self.head, now, CALENDAR)
            post_ready(self.sessions, self.post, self.head, now)

    def _plan(self, when: datetime, act: Callable[[Session, datetime], None]) -> None:
        """An act of the office, in a transaction of its own."""

        def done(now: datetime) -> None:
            with self.sessions.transaction() as session:
                act(session, now)

        self.plans.append((when, done))

    def _due(self, now: datetime) -> Iterator[Callable[[datetime], None]]:
        while due := [plan for plan in self.plans if plan[0] <= now]:
            for plan in due:
                self.plans.remove(plan)
                yield plan[1]

    def _refer(self, session: Session, now: datetime, route: str) -> None:
        officer, today = self.partnership.officer.as_actor(), now.date()
        answers, _ = ROUTES[route]
        arrival = Arrival("p.strickland@wyevalley.example", now)
        referral = open_from_reading(
            session, self.head, CALENDAR, answers, {"edition": 1}, arrival, WORKER, now
        )
        confirm(session, self.head, CALENDAR, referral, answers, SignOffHow.ON_FORM, "", officer, now)
        if route == "child":
            referral.case.incident_notified_on = today
        # On the ninth an adult's case is recommended on before the board member is told of what is missing
        after = 11 if route == "child" else self.chance.choice((9, 16))
        meeting = at(working_day(today, after), 14)
        dates = Dates(working_day(today, 7), meeting, "Council offices, room 2")
        agencies = [session.merge(getattr(self.partnership, code)) for code in self.chance.sample(ASKED, 3)]
        asked = [Asked(one, "The lead", one.contact_email, "Named in the referral.") for one in agencies]
        meetings.call_rapid_review(session, self.head, referral.case, asked, dates, officer, now)
        session.flush()
        for request in session.scalars(
            select(Request).where(Request.agency_id.in_([one.id for one in agencies]))
        ):
            if request.round.case_id == referral.case.id:
                self._foresee(request, dates.return_by)
        id = referral.case.id
        self._plan(meeting, lambda session, now: self._review(session, now, id, route))

    def _foresee(self, request: Request, return_by: date) -> None:
        self.behaviour[request.id] = how = self.chance.choice(list(BEHAVIOURS))
        after, ways = BEHAVIOURS[how]
        for later, way in enumerate(ways):
            assert after is not None
            when = at(working_day(return_by, after + later), self.chance.choice((9, 12, 15)))
            self.plans.append((when, lambda now, id=request.id, way=way: self._answer(now, id, way)))

    def _answer(self, now: datetime, id: int, way: str) -> None:
        if way == "web":
            answer_by_web(self.app, self.sessions, self.head, self.post, id, now)
        else:
            answer_by_mail(self.sessions, self.head, self.mailbox, id, now)

    def _review(self, session: Session, now: datetime, id: int, route: str) -> None:
        case, officer = session.get_one(Case, id), self.partnership.officer.as_actor()
        meeting = meetings.rapid_review_of(session, case)
        assert meeting is not None
        for key in ("chair", "vice_chair", "member"):
            who = session.merge(getattr(self.partnership, key))
            meetings.note_attendance(session, meeting, who, Presence.PRESENT)
        meetings.take_chair(session, meeting, session.merge(self.partnership.chair), officer, now)
        meetings.open_rapid_review(session, meeting, officer, now)
        said = replace(made.SAID, outcome=ROUTES[route][1])
        recommend(session, self.head, CALENDAR, case, meeting, said, officer, now)
        try:
            notify_referrer(session, self.head, CALENDAR, case, officer, now)
        except NotNow:
            self.refused += 1
        self._plan_ratification(now, case)

    def _plan_ratification(self, now: datetime, case: Case) -> None:
        days, id = 1, case.id
        for office in needed(case.route_names):
            when = at(working_day(now.date(), days), 9)
            self._plan(when, lambda session, now, office=office: self._ratify(session, now, id, office))
            days += self.chance.choice((0, 1, 2))
        told_at = at(working_day(now.date(), days + 1), 12)
        self._plan(told_at, lambda session, now: self._tell(session, now, id))

    def _ratify(self, session: Session, now: datetime, id: int, office: Office) -> None:
        holder = session.get_one(Person, getattr(self.partnership, HOLDERS[office]).id)
        case = session.get_one(Case, id)
        ratify(session, case, office, Answered.ACCEPT, "The reasons are sound.", holder, now)

    def _tell(self, session: Session, now: datetime, id: int) -> None:
        case = session.get_one(Case, id)
        notify_referrer(session, self.head, CALENDAR, case, self.partnership.officer.as_actor(), now)


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)
