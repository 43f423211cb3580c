"""Terms of chair and vice chair (ToR 5): full members of a board, two years at least, reviewed after two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import record
from jcr.people.codes import free_code
from jcr.people.model import Board, ChairTerm, Person
from jcr.permissions import Permission, allows
from jcr.roles import CHAIRS, Actor, Role
from jcr.wording import local_day, long_date

TERM_YEARS = 2  # ToR 5: "no less than two years and reviewed after two years"
WARNED_AHEAD = timedelta(days=60)  # calendar days before the review is due; set by the office
MAY_BE_APPOINTED = (Role.MEMBER, *CHAIRS)


def review_due(term: ChairTerm) -> date:
    """When the term is to be reviewed: two years after it began or was last reviewed."""
    return _years_later(term.reviewed_on or term.since, TERM_YEARS)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, month=3, day=1)


def terms(session: Session) -> Sequence[ChairTerm]:
    """Every term on record, those that run on top."""
    in_order = (ChairTerm.until.is_not(None), ChairTerm.role, ChairTerm.since.desc(), ChairTerm.id)
    return session.scalars(select(ChairTerm).order_by(*in_order)).all()


def boards(session: Session) -> Sequence[Board]:
    return session.scalars(select(Board).order_by(Board.name)).all()


def add_board(session: Session, name: str, actor: Actor, now: datetime) -> Board:
    """A board or partnership that a chair may be a full member of. Raises Incomplete when it is there already."""
    _must_be_team(actor)
    if name.casefold() in {one.name.casefold() for one in boards(session)}:
        raise Incomplete("This board is there already")
    board = Board(code=free_code(session, Board, name), name=name)
    session.add(board)
    record(session, None, actor, now, f"added the board {name}")
    return board


def may_be_appointed(session: Session) -> Sequence[Person]:
    found = select(Person).where(Person.active, Person.role.in_(MAY_BE_APPOINTED))
    return session.scalars(found.order_by(Person.name)).all()


def reminders(session: Session, today: date) -> Iterator[str]:
    """What the office should see to about the chairs, in sentences."""
    running = {term.role: term for term in terms(session) if term.until is None}
    for role in CHAIRS:
        post, term = role.shown.lower(), running.get(role)
        if term is None:
            yield f"No term of the {post} is on record, nor which board they belong to (terms of reference, 5)."
        elif review_due(term) <= today + WARNED_AHEAD:
            verb, day = "was" if review_due(term) < today else "is", long_date(review_due(term))
            yield f"The term of the {post} {verb} to be reviewed by {day} (terms of reference, 5)."


def appoint(
    session: Session,
    person: Person,
    role: Role,
    board: Board | None,
    since: date,
    why_early: str,
    actor: Actor,
    now: datetime,
) -> ChairTerm:
    """A new chair or vice chair; whoever held the post is a member again from then on.

    Raises Incomplete when the person belongs to no board, or when the term before ends within two years without a
    reason; NotNow for somebody who holds one of the posts already, or a day before the term now running.
    """
    _must_be_team(actor)
    if board is None:
        raise Incomplete(
            "Choose the board the person is a full member of: the terms of reference (5) ask for it."
        )
    running = [term for term in terms(session) if term.until is None]
    before = next((term for term in running if term.role is role), None)
    if any(term.person_id == person.id for term in running):
        raise NotNow(
            f"{person.name} is chair or vice chair already. Appoint somebody else, or review the term."
        )
    if since > local_day(now):
        raise Incomplete("Record the appointment on the day it begins: rights change at once.")
    if before:
        _end(before, since - timedelta(days=1), why_early)
        before.person.role = Role.MEMBER
    else:
        _step_down(session, role)
    session.flush()
    term = ChairTerm(
        person_id=person.id, person=person, role=role, board_id=board.id, board=board, since=since
    )
    person.role = role
    session.add(term)
    session.flush()
    act = f"appointed {person.name} {role.shown.lower()} from {long_date(since)}"
    record(session, None, actor, now, act, f"Full member of {board.name}. {why_early}".strip())
    return term


def _step_down(session: Session, role: Role) -> None:
    """Those who had the role before terms were kept."""
    for earlier in session.scalars(select(Person).where(Person.role == role)):
        earlier.role = Role.MEMBER


def _end(term: ChairTerm, until: date, why: str) -> None:
    if until < term.since:
        raise NotNow(
            f"The present term began on {long_date(term.since)}. The new one must begin after that day."
        )
    if until < _years_later(term.since, TERM_YEARS) - timedelta(days=1) and not why.strip():
        raise Incomplete(
            f"The present term began on {long_date(term.since)} and is for two years at least (terms of reference, 5). "
            "Say why it ends early."
        )
    term.until, term.why_ended = until, why.strip()


def review(session: Session, term: ChairTerm, words: str, actor: Actor, now: datetime) -> None:
    """The term was reviewed and goes on; the next review is two years later."""
    _must_be_team(actor)
    if term.until is not None:
        raise NotNow("This term has ended.")
    if not words.strip():
        raise Incomplete("Say what the review found and who agreed.")
    term.reviewed_on, term.review = local_day(now), words.strip()
    record(
        session, None, actor, now, f"recorded the review of the term of the {term.role.shown.lower()}", words
    )


def _must_be_team(actor: Actor) -> None:
    if not allows(Permission.APPOINT_CHAIRS, actor):
        raise NotAllowed("Appointments of the chairs are for the Partnership Team to record.")
