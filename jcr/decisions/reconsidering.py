"""A referrer asks once for a decision to be looked at again, in time; another than those who decided answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, Route, Status
from jcr.cases.naming import given_away
from jcr.cases.rules import Calendar, Due, reconsideration_by, reconsideration_reply_by
from jcr.cases.workflow import perform
from jcr.correspondence import service as correspondence
from jcr.correspondence.model import Delivery, Kind, Letter
from jcr.correspondence.service import Letterhead
from jcr.correspondence.wording import only
from jcr.decisions import notices
from jcr.decisions.model import Ground, Looked, Recommendation, Reconsideration
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.model import Entry
from jcr.history.service import record
from jcr.meetings.model import Presence
from jcr.people.model import Person
from jcr.permissions import Permission, allows, roles_with
from jcr.referrals import service as referrals
from jcr.referrals.letters import about
from jcr.roles import Actor
from jcr.wording import local_day, long_date

OF_CASE = (
    select(Reconsideration)
    .where(Reconsideration.case_id == bindparam("case_id"))
    .order_by(Reconsideration.id.desc())
)
SETTLED = (Status.DECLINED, Status.DECIDED, Status.CLOSED)
OTHER_WAYS = (
    "They may still use their organisation’s policy on professional disagreement or make a complaint; "
    "write to tell them so."
)


@dataclass(frozen=True)
class Asked:
    """What the referrer wrote: on which ground, in which words, and the day it reached the office."""

    ground: Ground
    what: str
    on: date


def decision_letter(session: Session, case: Case) -> Letter | None:
    """The letter that told the referrer of the decision that stands."""
    letters = select(Letter).where(Letter.case_id == case.id, Letter.kind.in_((Kind.DECLINED, Kind.DECISION)))
    return session.scalar(letters.order_by(Letter.id.desc()).limit(1))


def last_day(letter: Letter, calendar: Calendar) -> Due:
    """Counted from the day the letter went, or was written while it waits to go."""
    return reconsideration_by(local_day(letter.sent_at or letter.written_at), calendar)


def of_letter(session: Session, letter: Letter) -> Reconsideration | None:
    """The request to look again at the decision that this letter told of."""
    return session.scalar(select(Reconsideration).where(Reconsideration.letter_id == letter.id))


def of_case(session: Session, case: Case) -> Sequence[Reconsideration]:
    """Every request on a case, the last first."""
    return session.scalars(OF_CASE, {"case_id": case.id}).all()


def ask(
    session: Session,
    head: Letterhead,
    calendar: Calendar,
    case: Case,
    asked: Asked,
    actor: Actor,
    now: datetime,
) -> Reconsideration:
    """Records the referrer's request and tells them by when it is answered.

    Raises NotNow when there is no decision to look at, or the request is late or the second; Incomplete when
    it is not said what is asked, or the day cannot be right.
    """
    _must_be_of(case, actor)
    letter = _letter_to_look_at(session, case)
    _must_be_right(asked, letter, local_day(now))
    _must_be_in_time(asked, last_day(letter, calendar))
    found = Reconsideration(
        case=case, letter=letter, ground=asked.ground, what=asked.what.strip(), asked_on=asked.on,
        recorded_by=actor.name, recorded_at=now,
    )  # fmt: skip
    session.add(found)
    session.flush()
    said = f"recorded the referrer’s request to look at the decision again, of {long_date(asked.on)}"
    record(session, case.id, actor, now, said, f"{asked.ground.shown}: {found.what}")
    due = reconsideration_reply_by(asked.on, calendar)
    _write(session, head, found, Kind.RECONSIDERATION_RECEIVED, {"answer_by": due.on}, actor, now)
    return found


def answer(
    session: Session,
    head: Letterhead,
    found: Reconsideration,
    outcome: Looked,
    reason: str,
    person: Person,
    now: datetime,
) -> Reconsideration:
    """Upholds the decision, or opens the case again where it was decided, and writes to the referrer.

    Raises NotAllowed for whoever had a part in the decision, NotNow when it is answered already, Incomplete
    without a reason or when it names a subject.
    """
    case, actor = found.case, person.as_actor()
    session.refresh(found, with_for_update={"of": Reconsideration})
    if found.outcome:
        raise NotNow("This request was answered already.")
    if person.id not in {one.id for one in who_may_answer(session, found)}:
        raise NotAllowed(
            "You had a part in this decision, or declared a conflict on the case, or are neither chair, vice "
            "chair nor manager. Somebody else has to answer the request."
        )
    if not reason.strip():
        raise Incomplete("Give the reasons: the referrer is told them, and they are part of the record.")
    if named := given_away(case, reason):
        raise Incomplete(
            f"The reasons go to the referrer and name a subject or a date of birth (“{named}”). Write initials."
        )
    found.outcome, found.reason, found.answered_at, found.answered_by = outcome, reason.strip(), now, person
    if outcome is Looked.REOPENED:
        act = "triage_again" if found.letter.kind is Kind.DECLINED else "review_again"
        perform(session, case, act, actor, now, reason)
        notices.lapse(session, case, now)
    else:
        record(session, case.id, actor, now, "upheld the decision after looking at it again", reason)
    facts = {
        "reasons": found.reason,
        "asked_on": found.asked_on,
        "ground": found.ground.shown,
        "answered_by": f"{person.name}, {person.post or person.role.shown.lower()}",
        "only_upheld": only(outcome is Looked.UPHELD),
        "only_reopened": only(outcome is Looked.REOPENED),
        "only_domestic": only(outcome is Looked.UPHELD and Route.DOMESTIC in case.route_names),
    }
    _write(session, head, found, Kind.RECONSIDERATION, facts, actor, now)
    return found


def who_may_answer(session: Session, found: Reconsideration) -> list[Person]:
    """The chairs and the manager, without whoever decided or declared a conflict.

    Whoever was a member of the meeting that recommended answers only where nobody else is free to.
    """
    decided = who_decided(session, found)
    answering = Person.role.in_(roles_with(Permission.ANSWER_RECONSIDERATION))
    people = select(Person).where(Person.active, answering).order_by(Person.role, Person.name)
    free = [
        person
        for person in session.scalars(people)
        if person.id not in decided and allows(Permission.ANSWER_RECONSIDERATION, person, found.case)
    ]
    met = _who_met(session, found)
    return [person for person in free if person.id not in met] or free


def who_decided(session: Session, found: Reconsideration) -> set[int]:
    """Everybody with a part in the decision: who declined and agreed, or who chaired and ratified."""
    if found.letter.kind is Kind.DECLINED:
        return _who_declined(session, found.case)
    recommendation = _recommendation(session, found)
    if recommendation is None:
        return set()
    return {recommendation.chaired_by_id, *(one.person_id for one in recommendation.ratifications)}


def _who_met(session: Session, found: Reconsideration) -> set[int]:
    """The members of the group who were at the meeting that recommended what was decided."""
    recommendation = _recommendation(session, found)
    places = recommendation.meeting.attendances if recommendation else []
    return {one.person_id for one in places if one.state is Presence.PRESENT and not one.in_attendance}


def _recommendation(session: Session, found: Reconsideration) -> Recommendation | None:
    """What was recommended before the letter was written; none where the referral was declined."""
    if found.letter.kind is Kind.DECLINED:
        return None
    made = select(Recommendation).where(
        Recommendation.case_id == found.case_id, Recommendation.made_at <= found.letter.written_at
    )
    return session.scalar(made.order_by(Recommendation.number.desc()).limit(1))


def _who_declined(session: Session, case: Case) -> set[int]:
    declined = select(Entry).where(Entry.case_id == case.id, Entry.to_status == Status.DECLINED.value)
    entry = session.scalar(declined.order_by(Entry.id.desc()).limit(1))
    if entry is None:
        return set()
    part = (entry.actor_id, entry.details.get("agreed_by_id"))
    return {one for one in part if one}


def _letter_to_look_at(session: Session, case: Case) -> Letter:
    letter = decision_letter(session, case)
    if letter is None or case.status not in SETTLED:
        raise NotNow(
            f"This case is at the stage “{case.status.shown}”: there is no decision to look at again. The "
            "referrer may ask once the decision letter has gone."
        )
    if letter.delivery is Delivery.BOUNCED:
        raise NotNow("The decision letter came back: see first that the referrer gets it.")
    if before := of_letter(session, letter):
        raise NotNow(
            f"The referrer asked already, on {long_date(before.asked_on)}, and may ask once. {OTHER_WAYS}"
        )
    return letter


def _must_be_right(asked: Asked, letter: Letter, today: date) -> None:
    if not asked.what.strip():
        raise Incomplete("Write what the referrer asks, in their words: it is what will be looked at.")
    if asked.on > today:
        raise Incomplete("The request cannot have come in the future. Check the date.")
    if asked.on < local_day(letter.written_at):
        raise Incomplete(
            f"The decision letter was written on {long_date(local_day(letter.written_at))}, after this day. "
            "Check the date."
        )


def _must_be_in_time(asked: Asked, last: Due) -> None:
    if asked.on > last.on:
        raise NotNow(
            f"The request came on {long_date(asked.on)}, and the last day to ask was {long_date(last.on)}: "
            f"{last.because} {OTHER_WAYS}"
        )


def _must_be_of(case: Case, actor: Actor) -> None:
    if not allows(Permission.TAKE_RECONSIDERATION, actor, case):
        raise NotAllowed(
            "A request to look again is recorded by the Partnership Team or a chair without a conflict."
        )


def _write(
    session: Session,
    head: Letterhead,
    found: Reconsideration,
    kind: Kind,
    facts: dict[str, object],
    actor: Actor,
    now: datetime,
) -> Letter:
    referral = referrals.of_case(session, found.case)
    if referral is None:
        raise NotNow("This case has no referral to answer.")
    known = {**about(referral, actor), "decided_on": local_day(found.letter.written_at), **facts}
    return correspondence.write(
        session, head, kind, f"{kind.value}:{found.id}", referral.referrer_email, known, actor, now,
        case=found.case,
        recipient_lines=referral.addressed,
        signature_lines=head.signed(actor.name, "Joint Case Review sub group"),
    )  # fmt: skip
