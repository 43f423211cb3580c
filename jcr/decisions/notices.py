"""Who outside has to be told of a ratified recommendation, by route; the receipt of each, and the Panel's reply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Route, Status
from jcr.cases.workflow import perform
from jcr.decisions.model import Body, Notice, Ratification, Recommendation, Reply
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import record
from jcr.permissions import Permission, Somebody, allows
from jcr.roles import Actor
from jcr.wording import local_day, long_date

STANDING = select(Notice).where(Notice.lapsed_at.is_(None))
RATIFIED = select(func.max(Ratification.at)).where(
    Ratification.recommendation_id == bindparam("recommendation_id")
)
OF_CASE = STANDING.where(Notice.case_id == bindparam("case_id")).order_by(Notice.id)


@dataclass(frozen=True)
class Owed:
    """One body to be told: on which route, what is to be done, and the paragraph it rests on."""

    body: Body
    route: Route
    task: str
    source: str


# Bodies change their names, and the Panel may become part of another: they are told here and nowhere else.
NAMES = {
    Body.PANEL: "Child Safeguarding Practice Review Panel",
    Body.HOME_OFFICE: "Home Office",
    Body.FAMILY: "Family",
    Body.HSCP: "Children’s safeguarding partnership",
    Body.HSAB: "Safeguarding Adults Board",
    Body.CSP: "Community Safety Partnership",
}
OWED = (
    Owed(Body.PANEL, Route.CHILD, "Send the rapid review to the Panel", "Working Together; ToR 1"),
    Owed(Body.HSCP, Route.CHILD, "Report the outcome to the children’s partnership", "ToR 7.vi"),
    Owed(Body.HSAB, Route.ADULT, "Report the outcome to the adults board", "ToR 7.vi"),
    Owed(Body.HOME_OFFICE, Route.DOMESTIC, "Tell the Home Office whether a review is held",
         "Domestic homicide review statutory guidance 2016"),
    Owed(Body.FAMILY, Route.DOMESTIC, "Tell the family in writing, with leaflet and advocacy",
         "Domestic homicide review statutory guidance 2016; to be confirmed"),
    Owed(Body.CSP, Route.DOMESTIC, "Report the outcome to the Community Safety Partnership", "ToR 7.vi"),
)  # fmt: skip
BY_BODY = {one.body: one for one in OWED}


def owed(case: Case, routes: Sequence[Route]) -> Iterator[Owed]:
    """Who has to be told of a decision on these routes; the Panel only of what was notified to it."""
    for one in OWED:
        if one.route in routes and (one.body is not Body.PANEL or case.incident_notified_on):
            yield one


def owe(session: Session, recommendation: Recommendation) -> None:
    """Notes who has to be told, in the act that ratifies."""
    case = recommendation.case
    before = select(Notice).where(Notice.recommendation_id == recommendation.id)
    known = {notice.body: notice for notice in session.scalars(before)}
    for one in owed(case, recommendation.route_names):
        if one.body in known:  # ratified a second time, after an answer was withdrawn
            known[one.body].lapsed_at = None
            continue
        session.add(Notice(case_id=case.id, recommendation_id=recommendation.id, body=one.body))
    session.flush()


def lapse(session: Session, case: Case, now: datetime) -> None:
    """The decision is opened again: what was not told yet of it is not to be told."""
    for notice in session.scalars(standing().where(Notice.case_id == case.id, Notice.told_on.is_(None))):
        notice.lapsed_at = now


def standing() -> Select[Notice]:
    return STANDING


def of_case(session: Session, case: Case) -> Sequence[Notice]:
    """Whom to tell and who was told, in the order they were noted."""
    return session.scalars(OF_CASE, {"case_id": case.id}).all()


def confirm(
    session: Session, notice: Notice, told_on: date, told_by: str, receipt: str, actor: Actor, now: datetime
) -> None:
    """Records that a body was told: when, by whom, and the reference that proves it. Told again, it replaces that."""
    _must_be_team(notice, actor)
    if told_on > local_day(now):
        raise Incomplete("It cannot have been told in the future. Check the date.")
    ratified = session.scalar(RATIFIED, {"recommendation_id": notice.recommendation_id})
    if ratified and told_on < local_day(ratified):
        day = long_date(local_day(ratified))
        raise Incomplete(f"The recommendation was ratified on {day}, after this day. Check the date.")
    if not told_by.strip():
        raise Incomplete("Say who told it: it is part of the receipt.")
    if notice.replied_on and told_on > notice.replied_on:
        raise Incomplete(f"It replied on {long_date(notice.replied_on)}, before this day. Check the date.")
    before = _receipt(notice)
    notice.told_on, notice.told_by, notice.receipt = told_on, told_by.strip(), receipt.strip()
    act = "recorded that it was told" if not before else "corrected the receipt"
    why = _receipt(notice) + (f" Before: {before}" if before else "")
    record(session, notice.case_id, actor, now, f"{act}: {NAMES[notice.body]}", why)


def answer(
    session: Session,
    notice: Notice,
    reply: Reply,
    replied_on: date,
    said: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Records what the Panel replied. Raises NotNow before it was sent anything, Incomplete without its words."""
    _must_be_team(notice, actor)
    if notice.body is not Body.PANEL or notice.told_on is None:
        raise NotNow("Record first that the rapid review was sent to the Panel.")
    if not notice.told_on <= replied_on <= local_day(now):
        raise Incomplete(f"The reply came after {long_date(notice.told_on)} and not in the future.")
    if reply is not Reply.AGREES and not said.strip():
        raise Incomplete("Write what the Panel says: whoever takes the case up again needs it.")
    notice.reply, notice.replied_on, notice.said = reply, replied_on, said.strip()
    act = f"recorded the reply of the {NAMES[notice.body]}: {reply.shown.lower()}"
    record(session, notice.case_id, actor, now, act, notice.said)


def reopen(session: Session, notice: Notice, why: str, actor: Actor, now: datetime) -> None:
    """After a reply that does not agree, the rapid review takes the case up again (manager or chairs)."""
    if notice.reply in (None, Reply.AGREES):
        raise NotNow("The Panel has not disagreed or asked for more, so there is nothing to take up again.")
    perform(session, notice.case, "review_again", actor, now, why)
    lapse(session, notice.case, now)


def may_reopen(notice: Notice, who: Somebody) -> bool:
    """Whether they may take the case up again because of this reply."""
    settled = notice.case.status in (Status.DECIDED, Status.CLOSED)
    return (
        notice.reply not in (None, Reply.AGREES) and settled and allows(Permission.REOPEN, who, notice.case)
    )


def _receipt(notice: Notice) -> str:
    if notice.told_on is None:
        return ""
    reference = f", reference {notice.receipt}" if notice.receipt else ""
    return f"{long_date(notice.told_on)}, by {notice.told_by}{reference}."


def _must_be_team(notice: Notice, actor: Actor) -> None:
    if not allows(Permission.KEEP_NOTICES, actor, notice.case):
        raise NotAllowed("Who was told is recorded by the Partnership Team, without a conflict on the case.")
