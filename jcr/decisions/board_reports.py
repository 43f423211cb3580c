"""What each board has not been told of yet, as one report (ToR 7.vi), and the receipt for all of it at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.service import sees
from jcr.correspondence.service import Letterhead
from jcr.decisions import notices
from jcr.decisions.model import Body, Notice, Recommendation
from jcr.decisions.offices import progress
from jcr.decisions.recommending import describe
from jcr.decisions.report import agreed_with
from jcr.documents import board_report as paper
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.people.model import Board, Person
from jcr.roles import Actor
from jcr.wording import count, local_day, long_date

BOARDS = (Body.HSCP, Body.HSAB, Body.CSP)


def board_called(session: Session, code: str) -> Board | None:
    """The board with this code, if outcomes are reported to it."""
    return session.scalar(select(Board).where(Board.code == code)) if code in BOARDS else None


def untold(session: Session, board: Board, person: Person) -> Sequence[Notice]:
    """The ratified outcomes this board was not told of, the oldest first, of the cases the person may see."""
    owed = notices.standing().where(Notice.body == Body(board.code), Notice.told_on.is_(None))
    return session.scalars(owed.where(sees(person, Notice.case_id)).order_by(Notice.id)).all()


def report(
    session: Session, head: Letterhead, board: Board, owed: Sequence[Notice], today: date
) -> paper.BoardReport:
    """The report of these outcomes. Subjects stand in it by initials, reasons as they were ratified."""
    return paper.BoardReport(
        organisation=head.partnership,
        marking=head.marking,
        board=board.name,
        date=long_date(today),
        outcomes=[_outcome(session, one, today) for one in owed],
        contact_lines=(head.contact,),
    )


def _outcome(session: Session, notice: Notice, today: date) -> paper.Outcome:
    case, found = notice.case, session.get_one(Recommendation, notice.recommendation_id)
    return paper.Outcome(
        reference=case.reference,
        subjects=case.initials,
        referred=long_date(case.received_on) if case.received_on else "",
        met=long_date(found.met_on),
        recommendation=describe(found),
        decided_by=[
            f"{place.name}, {long_date(local_day(place.answer.at))}"
            for place in progress(session, found, today).places
            if place.answer
        ],
        reasons=found.told,
        learning=found.learning,
        agreed=agreed_with(session, found),
    )


def took_out(session: Session, board: Board, owed: Sequence[Notice], actor: Actor, now: datetime) -> None:
    """Puts on record that the report was taken out, in the history of each case that it tells of."""
    for one in owed:
        record(session, one.case_id, actor, now, f"took out the report to the {board.name}")


def confirm(
    session: Session,
    owed: Sequence[Notice],
    shown: Collection[int],
    told_on: date,
    told_by: str,
    receipt: str,
    actor: Actor,
    now: datetime,
) -> str:
    """Records that the board was told of all that the report showed; returns how many in words.

    Raises NotNow where none of it is left to be told, Incomplete for a day on which one was not ratified yet.
    """
    told = [one for one in owed if one.id in shown]
    if not told:
        raise NotNow("The board has been told of all this already. Read the report again.")
    for one in told:
        try:
            notices.confirm(session, one, told_on, told_by, receipt, actor, now)
        except Incomplete as lacking:
            raise Incomplete(f"{one.case.reference}: {lacking}") from lacking
    return count(len(told), "outcome")
