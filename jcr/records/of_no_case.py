"""Retention of what belongs to no case: mail, drafts never sent, the log of requests. Two people decide, kind by kind.

As with a case, nothing is destroyed by itself: a manager marks what is old enough, somebody else agrees, and the
operator carries it out (`jcr destroy-old`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import FromClause, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from jcr.db import one_at_a_time
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import record
from jcr.intake.model import Message
from jcr.outsiders.model import OutsideLink, Purpose
from jcr.permissions import Permission, allows
from jcr.records.destroying import Destroyed, take_out
from jcr.records.inquiry_model import Inquiry
from jcr.records.keeping import Years
from jcr.records.model import LegalHold, OldMark
from jcr.records.rows import every_row_of
from jcr.records.rules import OF_NO_CASE, years_before
from jcr.referrals.model import Draft
from jcr.roles import Actor
from jcr.wording import LONDON, plain_date

HISTORY = frozenset({"entries", "history_links"})


def up_to(kind: str, years: Years, today: date) -> date:
    """The last day from which the years of this kind have passed."""
    return years_before(today, years[kind])


def old(kind: str, day: date) -> Select[int, datetime | date]:
    """Number and day of each row of this kind whose years are counted from `day` or before, the oldest first."""
    return OLD[kind](day)


def standing(session: Session, kind: str) -> OldMark | None:
    return session.scalar(select(OldMark).where(OldMark.kind == kind, OldMark.over_at.is_(None)))


def how_many(session: Session, kind: str, day: date) -> int:
    return session.scalar(select(func.count()).select_from(old(kind, day).subquery())) or 0


def oldest(session: Session, kind: str, day: date) -> date | None:
    """The day from which the years of the oldest are counted."""
    found = session.execute(old(kind, day).limit(1)).first()
    if found is None:
        return None
    return found.day.astimezone(LONDON).date() if isinstance(found.day, datetime) else found.day


def mark(session: Session, kind: str, day: date, why: str, actor: Actor, now: datetime) -> None:
    """Marks what is old by `day`. Raises NotAllowed for anybody but a manager, NotNow when a mark stands or nothing is
    old, Incomplete without a reason."""
    if not allows(Permission.MARK_FOR_DESTRUCTION, actor):
        raise NotAllowed("A manager marks records for destruction, and an officer or another manager agrees.")
    one_at_a_time(session, f"old {kind}")
    if standing(session, kind):
        raise NotNow("These are marked already.")
    if not how_many(session, kind, day):
        raise NotNow("Nothing of this kind is old enough.")
    _must_say(why)
    assert actor.person_id
    session.add(OldMark(kind=kind, up_to=day, why=why.strip(), at=now, by_id=actor.person_id))
    record(session, None, actor, now, f"marked for destruction: {_named(kind, day)}", why.strip())


def may_agree(found: OldMark, actor: Actor) -> bool:
    """Whether it waits for the word of this person, who is not the one who marked it."""
    allowed = allows(Permission.AGREE_DESTRUCTION, actor) and actor.person_id != found.by_id
    return allowed and found.agreed_by_id is None


def agree(session: Session, found: OldMark, why: str, actor: Actor, now: datetime) -> None:
    """Raises NotAllowed for whoever marked it, NotNow when somebody agreed already, Incomplete without a reason."""
    if found.agreed_by_id:
        raise NotNow("Somebody agreed already.")
    if not may_agree(found, actor):
        raise NotAllowed("Somebody else than who marked them has to agree: an officer or another manager.")
    _must_say(why)
    found.agreed_by_id, found.agreed_why = actor.person_id, why.strip()
    record(session, None, actor, now, f"agreed to destroy: {_named(found.kind, found.up_to)}", why.strip())


def take_back(session: Session, found: OldMark, why: str, actor: Actor, now: datetime) -> None:
    """The mark is gone and they are kept. Raises Incomplete without a reason."""
    _must_say(why)
    found.over_at = now
    record(
        session, None, actor, now, f"took the mark back from: {_named(found.kind, found.up_to)}", why.strip()
    )


def destroy(session: Session, kind: str, actor: Actor, now: datetime) -> Destroyed:
    """What was marked and agreed goes, and the history says what went. Raises NotNow unless two people decided so."""
    one_at_a_time(session, f"old {kind}")
    found = standing(session, kind)
    if found is None or found.agreed_by is None:
        raise NotNow("A manager has to mark these on the page Records, and somebody else to agree there.")
    numbers = [row.id for row in session.execute(old(kind, found.up_to))]
    gone = take_out(session, list(every_row_of(session, _with_links(session, kind, numbers), HISTORY)))
    found.over_at = now
    why = f"{found.by.name} marked them, {found.agreed_by.name} agreed."
    record(session, None, actor, now, f"destroyed: {_named(kind, found.up_to)}", why, **gone.told)
    return gone


def _named(kind: str, day: date) -> str:
    return f"{OF_NO_CASE[kind].lower()}, up to {plain_date(day)}"


def _must_say(why: str) -> None:
    if not why.strip():
        raise Incomplete("Give the reasons: they are part of the record.")


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def _old_mail(day: date) -> Select[int, datetime]:
    """Neither part of a case, a request or a form of the group nor tied to a message that is, waits or is newer."""
    tied = aliased(Message)
    ours, theirs = _belongs_or_waits(Message, day), _belongs_or_waits(tied, day)
    related = or_(
        *(key == Message.id for key in (tied.same_as_id, tied.part_of_id, tied.merged_into_id)),
        tied.id.in_((Message.same_as_id, Message.part_of_id, Message.merged_into_id)),
    )
    free = select(Message.id, _dealt_with(Message).label("day")).where(
        ~ours, ~select(tied.id).where(related, theirs).exists()
    )
    return free.order_by("day", Message.id)


def _dealt_with(message: type[Message]):  # type: ignore[no-untyped-def]  # a column expression
    return func.coalesce(message.resolved_at, message.arrived_at, type_=Message.arrived_at.type)


def _belongs_or_waits(message: type[Message], day: date):  # type: ignore[no-untyped-def]
    return or_(
        message.case_id.is_not(None),
        message.request_id.is_not(None),
        message.submission_id.is_not(None),
        message.waiting,
        message.outcome.is_(None),
        _dealt_with(message) >= _end_of(day),
    )


def _old_drafts(day: date) -> Select[int, datetime]:
    never_sent = Draft.sent_at.is_(None), Draft.case_id.is_(None)
    found = select(Draft.id, Draft.changed_at.label("day")).where(
        *never_sent, Draft.changed_at < _end_of(day)
    )
    return found.order_by("day", Draft.id)


def _old_requests(day: date) -> Select[int, date | None]:
    """Those about a case on legal hold are kept with it."""
    held = select(LegalHold.id).where(LegalHold.case_id == Inquiry.case_id, LegalHold.lifted_at.is_(None))
    found = select(Inquiry.id, Inquiry.answered_on.label("day")).where(
        Inquiry.answered_on <= day, ~held.exists()
    )
    return found.order_by("day", Inquiry.id)


def _with_links(session: Session, kind: str, numbers: Sequence[int]) -> dict[FromClause, Sequence[int]]:
    """With a draft go the links that open it."""
    wanted: dict[FromClause, Sequence[int]] = {TABLES[kind].__table__: numbers}
    if kind == "drafts":
        keys = select(Draft.token_hash).where(Draft.id.in_(numbers))
        opens = select(OutsideLink.id).where(
            OutsideLink.opens.in_(keys), OutsideLink.purpose == Purpose.REFERRAL
        )
        wanted[OutsideLink.__table__] = session.scalars(opens).all()
    return wanted


OLD: dict[str, Callable[[date], Select]] = {
    "mail": _old_mail,
    "drafts": _old_drafts,
    "requests": _old_requests,
}  # type: ignore[type-arg]
TABLES = {"mail": Message, "drafts": Draft, "requests": Inquiry}
