"""The letters that the attendance rule asks for (ToR 6): found after each meeting, written once the chair says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager

from jcr.correspondence import service as correspondence
from jcr.correspondence import wording
from jcr.correspondence.model import Kind as LetterKind
from jcr.correspondence.model import Letter
from jcr.correspondence.service import Letterhead
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import record
from jcr.meetings import rules
from jcr.meetings.attendance import WINDOW, Breach
from jcr.meetings.chairs_model import ChairsWord
from jcr.meetings.interest_model import Declaration
from jcr.meetings.model import Attendance, Kind, Meeting, Presence
from jcr.people.model import OFFICE_NAMES, Office, Person
from jcr.people.service import holders
from jcr.permissions import Permission, allows
from jcr.roles import Actor
from jcr.wording import local_day, long_date

EVER = datetime(2000, 1, 1, tzinfo=UTC)
COUNTED = (Kind.BUSINESS, Kind.RAPID_REVIEW)  # a panel has members of its own
Place = tuple[int, int | None]  # a member, and the agency they sat for


@dataclass(frozen=True)
class Owed:
    """A letter that waits for the chair's word. `places` are the member's last meetings, `missed` the latest one;
    `first` is the chair's word on the first letter where this is the second."""

    missed: Attendance
    breach: Breach
    places: tuple[Attendance, ...]
    first: ChairsWord | None

    @property
    def person(self) -> Person:
        return self.missed.person

    @property
    def is_second(self) -> bool:
        return self.breach.stage == 2

    @property
    def kind(self) -> LetterKind:
        return LetterKind.ATTENDANCE_ESCALATION if self.is_second else LetterKind.ATTENDANCE_REMINDER

    @property
    def meetings(self) -> list[str]:
        """How it stood at each meeting, in words."""
        return [_told(place) for place in self.places]


@dataclass(frozen=True)
class BoardChair:
    """Somebody a second letter may be written to, by the office they hold."""

    office: Office
    person: Person

    @property
    def name(self) -> str:
        return OFFICE_NAMES[self.office]


def owed(
    session: Session, now: datetime, kinds: Collection[Kind] = COUNTED, since: datetime = EVER
) -> list[Owed]:
    """The letters that wait for the chair's word, the earliest first; of one member, only the first."""
    places = _counting(session, now, kinds, since)
    words = {word.attendance_id: word for word in session.scalars(select(ChairsWord))}
    found: dict[Place, Owed] = {}
    for breach in _breaches(places, words):
        mine = _record_of(places, breach)
        if mine[-1].id not in words and mine[-1].person.active:
            first = _first_word(mine, words) if breach.stage == 2 else None
            found.setdefault(_who(mine[-1]), Owed(mine[-1], breach, tuple(mine[-WINDOW:]), first))
    return list(found.values())


def by_place(session: Session, attendance_id: int, now: datetime, kinds: Collection[Kind]) -> Owed | None:
    """The letter owed after this meeting was missed; None where the chair has said a word already."""
    return next((one for one in owed(session, now, kinds) if one.missed.id == attendance_id), None)


def words(session: Session) -> Sequence[ChairsWord]:
    """What the chair decided so far, the latest first."""
    return session.scalars(select(ChairsWord).order_by(ChairsWord.decided_at.desc(), ChairsWord.id)).all()


def board_chairs(session: Session, now: datetime) -> list[BoardChair]:
    """Whom a second letter may go to: those who hold an office of a board or partnership today."""
    today = local_day(now)
    return [BoardChair(office, person) for office in Office for person in holders(session, office, today)]


def _counting(session: Session, now: datetime, kinds: Collection[Kind], since: datetime) -> list[Attendance]:
    """Where members stood at meetings held. A place nobody recorded counts once the minutes say *absent*."""
    conflicted = select(Declaration.id).where(
        Declaration.meeting_id == Meeting.id,
        Declaration.person_id == Attendance.person_id,
        Declaration.conflicted,
        Declaration.of_deputy.is_(False),
    )
    held = (
        select(Attendance)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Meeting.starts_at > since, Meeting.starts_at <= now)
        .where(Meeting.cancelled_at.is_(None), Meeting.kind.in_(kinds))
        .where(Attendance.in_attendance.is_(False))
        .where(or_(Attendance.state != Presence.INVITED, Meeting.minutes_approved_at.is_not(None)))
        .where(~conflicted.exists())  # whoever must not take part has missed nothing
        .order_by(Meeting.starts_at, Meeting.id)
        .options(contains_eager(Attendance.meeting))
    )
    return list(session.scalars(held))


def _breaches(places: Iterable[Attendance], words: dict[int, ChairsWord]) -> Sequence[Breach]:
    answered = {_found(word.attendance): word for word in words.values()}
    return rules.attendance_breaches(
        [rules.Attendance(*_found(place), _outcome(place)) for place in places],
        let_off={found for found, word in answered.items() if not word.sent},
        told_on={found: local_day(word.decided_at) for found, word in answered.items() if word.sent},
    )


def _found(place: Attendance) -> tuple[str, str, Any]:
    return (str(place.person_id), str(place.agency_id or ""), local_day(place.meeting.starts_at))


def _outcome(place: Attendance) -> Any:
    return Presence.ABSENT.value if place.state is Presence.INVITED else place.state.value


def _who(place: Attendance) -> Place:
    return place.person_id, place.agency_id


def _record_of(places: Iterable[Attendance], breach: Breach) -> list[Attendance]:
    """The member's own meetings, up to the one after which the breach was found."""
    return [
        place for place in places
        if _found(place)[:2] == (breach.member, breach.agency) and _found(place)[2] <= breach.found_on
    ]  # fmt: skip


def _first_word(record: Sequence[Attendance], words: dict[int, ChairsWord]) -> ChairsWord | None:
    before = [words[place.id] for place in record[:-1] if place.id in words]
    return next((word for word in reversed(before) if word.sent and word.stage == 1), None)


def _told(place: Attendance) -> str:
    day = long_date(local_day(place.meeting.starts_at))
    if place.state is Presence.PRESENT:
        how = "present"
    elif place.state is Presence.DEPUTY:
        how = "a deputy came"
    else:
        how = f"{'apologies' if place.state is Presence.APOLOGIES else 'absent'}, no deputy"
    return f"{place.meeting.kind.shown}, {day}: {how}"


def preview(
    session: Session, head: Letterhead, one: Owed, actor: Actor, now: datetime, to: BoardChair | None = None
) -> wording.Written:
    """The letter as it would go out now, word for word."""
    return wording.written(session, one.kind, correspondence.known_to(head, "", now, _facts(one, to)))


def _facts(one: Owed, to: BoardChair | None) -> dict[str, Any]:
    return {
        "member": one.person.name,
        "agency": one.missed.agency.name if one.missed.agency else "your organisation",
        "meetings": wording.points(one.meetings),
        "board_chair": to.person.name if to else "colleague",
        "written_on": local_day(one.first.decided_at) if one.first else "",
    }


def send(
    session: Session, head: Letterhead, one: Owed, actor: Actor, now: datetime, to: BoardChair | None = None
) -> list[Letter]:
    """The chair has it written: to the member or, the second time, to a board chair; each time to the agency's board
    representative as well. Raises NotAllowed, NotNow, or Incomplete when there is nobody to write to."""
    _must_be_chairs(one, actor)
    if one.is_second and one.first is None:
        raise NotNow("The first letter has not been written, so the matter cannot be said to continue.")
    if one.is_second and to is None:
        raise Incomplete("Choose the chair of the board or partnership to write to.")
    agency = one.missed.agency
    if agency is None or "@" not in agency.board_email:
        raise Incomplete(
            f"There is no board representative on record for {agency.name if agency else 'this member'}. "
            "Ask the Partnership Team to add one under “Agencies”, then send the letter."
        )
    addressed = [to.person.name, to.name] if to else [one.person.name, one.person.post, agency.name]
    _say(session, one, True, "", actor, now)
    recipients = (to.person.email if to else one.person.email, agency.board_email)
    return [
        correspondence.write(
            session, head, one.kind, f"attendance-{one.missed.id}-{number}", recipient, _facts(one, to), actor, now,
            agency=agency,
            recipient_lines=[line for line in addressed if line],
            signature_lines=head.signed(actor.name, f"{actor.role.shown}, Joint Case Review sub group"),
        )
        for number, recipient in enumerate(dict.fromkeys(recipients), 1)
    ]  # fmt: skip


def let_off(session: Session, one: Owed, why: str, actor: Actor, now: datetime) -> None:
    """The chair has it not written, for a reason that is kept. Raises Incomplete without one, NotAllowed."""
    _must_be_chairs(one, actor)
    if not why.strip():
        raise Incomplete("Say why no letter is written: the terms of reference ask for one.")
    _say(session, one, False, why.strip(), actor, now)


def _must_be_chairs(one: Owed, actor: Actor) -> None:
    if not allows(Permission.SEND_ATTENDANCE_LETTERS, actor):
        raise NotAllowed("Letters about attendance go out on the chair’s word.")
    if not allows(Permission.SEND_ATTENDANCE_LETTERS, actor, one):
        raise NotAllowed("This letter is about your own attendance. The other chair decides about it.")


def _say(session: Session, one: Owed, sent: bool, why: str, actor: Actor, now: datetime) -> None:
    said = ChairsWord(
        attendance_id=one.missed.id, attendance=one.missed, stage=one.breach.stage, sent=sent, why=why,
        decided_at=now, decided_by=actor.name,
    )  # fmt: skip
    session.add(said)
    session.flush()
    act = "had a letter written about" if sent else "let off"
    record(
        session, None, actor, now, f"{act} missed meetings, letter {one.breach.stage}",
        why or one.breach.because, attendance=one.missed.id,
    )  # fmt: skip
