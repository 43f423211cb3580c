"""The pile worked through by a person, and the ledger of every message; each decision is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select, tuple_, union_all
from sqlalchemy.orm import Session, defer, joinedload, lazyload, load_only, raiseload

from jcr.cases.model import Case
from jcr.cases.service import no_wall
from jcr.counting import MOST, Figure, counted_figures
from jcr.db import Moment
from jcr.errors import Incomplete
from jcr.history.service import record
from jcr.intake import filing, knowing
from jcr.intake.behind_walls import given, hidden
from jcr.intake.difference import differences
from jcr.intake.filing import Office
from jcr.intake.model import Message, Outcome, Resolution
from jcr.intake.parting import first_arrival, take_along
from jcr.intake.sorting import must_wait, need, note, resolve
from jcr.intake.storable import storable
from jcr.intake.taken_apart import mail_of
from jcr.people.model import Agency, Person
from jcr.people.service import agency_of_address
from jcr.permissions import Permission, allows
from jcr.roles import Actor
from jcr.scoping import service as scoping
from jcr.scoping.model import Request, Round, State
from jcr.statements import at_most, once_for_each, said
from jcr.submissions.model import Submission
from jcr.submissions.placing import Place
from mail_intake.documents import SUBMITTED, Read
from mail_intake.message import Message as Mail
from mail_intake.understanding import understand

MOST_OFFERED = 50  # the newest; an older one is reached by its case
A_DAY, MOST_OF_SENDER = timedelta(days=1), 5


@once_for_each
def visible_to(person: Person) -> Select[Message]:
    """The messages this person may see: the Partnership Team those of no case behind their wall, others none.

    Of those with no case yet `behind_walls` says which are hidden, and what value the statement must be given.
    """
    if not allows(Permission.SORT_MAIL, person):
        return select(Message).where(Message.id.is_(None))
    unfiled = Message.case_id.is_(None) & ~hidden(person)
    return select(Message).where(
        or_(unfiled, Message.case_id.is_not(None) & no_wall(person, Message.case_id))
    )


def waiting(person: Person) -> Select[Message]:
    """The pile that this person may see, the longest waiting first."""
    return visible_to(person).where(Message.waiting).order_by(Message.arrived_at, Message.id)


def how_many_wait(session: Session, person: Person, before: datetime) -> tuple[int, int]:
    """How many of the pile this person may see, and how many of these arrived before a moment; at most one more than
    `MOST`."""
    values = {"before": before, **given(session, person)}
    found, late = session.execute(_first_waiting(person, MOST), values).one()
    return found, late


@once_for_each
def _first_waiting(person: Person, most: int) -> Select[int, int]:
    first = waiting(person).with_only_columns(Message.arrived_at).limit(at_most(most + 1)).subquery()
    late = func.count().filter(first.c.arrived_at < bindparam("before", type_=Moment()))
    return select(func.count(), late).select_from(first)


@once_for_each
def listed(person: Person) -> Select[Message]:
    """The pile as a list names it: what was read and the file are fetched when asked for."""
    named = load_only(
        Message.subject, Message.sender, Message.arrived_at, Message.outcome, Message.because, Message.details
    )
    return waiting(person).options(named, lazyload(Message.file), lazyload(Message.case))


def to_sort(session: Session, person: Person, most: int | None = None) -> Sequence[Message]:
    """The messages of the pile, or the first so many of them."""
    return session.scalars(waiting(person).limit(at_most(most)), given(session, person)).all()


def next_to_sort(session: Session, person: Person, message: Message) -> Message | None:
    """The message of the pile that has waited longest after this one."""
    later = tuple_(Message.arrived_at, Message.id) > tuple_(message.arrived_at, message.id)
    return session.scalar(waiting(person).where(later).limit(at_most(1)), given(session, person))


def of_same_sender(session: Session, person: Person, message: Message) -> Sequence[Message]:
    """What else this sender wrote within a day: a form's password comes by a second e-mail."""
    if not message.sender:
        return ()
    about_then = Message.arrived_at.between(message.arrived_at - A_DAY, message.arrived_at + A_DAY)
    others = (
        visible_to(person)
        .where(
            func.lower(Message.sender) == message.sender.lower(),
            about_then,
            Message.id != message.id,
            Message.part_of_id.is_(None),
            Message.same_as_id.is_(None),
        )
        .options(
            load_only(Message.subject, Message.arrived_at), lazyload(Message.file), lazyload(Message.case)
        )
        .limit(MOST_OF_SENDER)
    )
    at, values = Message.arrived_at, given(session, person)
    earlier = others.where(at < message.arrived_at).order_by(at.desc(), Message.id.desc())
    before = session.scalars(earlier, values).all()
    after = session.scalars(others.where(at >= message.arrived_at).order_by(at, Message.id), values).all()
    nearest = sorted([*before, *after], key=lambda one: abs(one.arrived_at - message.arrived_at))
    return sorted(nearest[:MOST_OF_SENDER], key=lambda one: (one.arrived_at, one.id))


def by_id(session: Session, person: Person, id: int) -> Message | None:
    """One message, if the person may see it."""
    return session.scalar(visible_to(person).where(Message.id == id), given(session, person))


def of_case(session: Session, case: Case) -> Sequence[Message]:
    """The messages filed to a case, in the order in which they arrived."""
    return session.scalars(
        select(Message).where(Message.case_id == case.id).order_by(Message.arrived_at, Message.id)
    ).all()


def open_as_referral(
    session: Session, office: Office, message: Message, path: str, why: str, actor: Actor, now: datetime
) -> Case:
    """A person decides that this is a referral. `path` names the document read; empty for the words alone.

    Raises Incomplete without a reason, NotNow when the message was settled already.
    """
    must_wait(session, message, actor)
    need(why, "Say why this is a referral: the reason is part of the record.")
    mail = mail_of(message)
    read = _reading(message, path) or _unread(mail)
    arrived_at = first_arrival(session, message)
    case = filing.open_referral(session, office, message, mail, read, actor, now, arrived_at)
    resolve(message, Resolution.REFERRAL, why, actor, now)
    take_along(session, message, case, actor, now)
    record(
        session, case.id, actor, now, "opened the case from a message on the pile", why, message=message.id
    )
    return case


def file_to_case(
    session: Session, message: Message, case: Case, why: str, actor: Actor, now: datetime
) -> None:
    """Puts the message and its files with a case."""
    must_wait(session, message, actor)
    filing.keep_with_case(session, case, message, mail_of(message), actor, now)
    resolve(message, Resolution.CASE, why, actor, now)
    take_along(session, message, case, actor, now)
    note(session, message, actor, now, "filed a message from the pile to the case", why)


def land_on_request(
    session: Session,
    office: Office,
    message: Message,
    request: Request,
    path: str,
    why: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Puts a document of the message on a scoping request as the agency's return."""
    must_wait(session, message, actor)
    read = _reading(message, path)
    if read is None:
        raise Incomplete("Choose the document that is the return.")
    arrived_at = first_arrival(session, message)
    filing.land(session, office, message, mail_of(message), request, read, actor, now, arrived_at)
    resolve(message, Resolution.REQUEST, why, actor, now)
    take_along(session, message, request.case, actor, now)
    record(
        session, request.case.id, actor, now, "filed a scoping return from the pile", why, message=message.id
    )


def take_submission(
    session: Session, message: Message, place: Place, path: str, why: str, actor: Actor, now: datetime
) -> Submission:
    """Takes in a form for the group where a person says it belongs; it is still to be checked."""
    must_wait(session, message, actor)
    read = _reading(message, path)
    if read is None or read["reading"]["kind"] not in SUBMITTED:
        raise Incomplete("Choose the document that is the paper, the update or the report.")
    found = filing.take_submission(session, message, mail_of(message), read, place, actor, now)
    resolve(message, Resolution.SUBMISSION, why, actor, now)
    if place.case:
        take_along(session, message, place.case, actor, now)
    return found


def not_ours(session: Session, message: Message, why: str, actor: Actor, now: datetime) -> None:
    """Takes the message off the pile; it stays in the ledger with the reason."""
    must_wait(session, message, actor)
    need(why, "Say why nothing is to be done with this message: the reason is part of the record.")
    resolve(message, Resolution.NOT_OURS, why, actor, now)
    note(session, message, actor, now, "took a message off the pile", why)


def read_again(
    session: Session, office: Office, message: Message, read: Read, actor: Actor, now: datetime
) -> Outcome:
    """Understands the message anew, such as after its sender was listed; files it if that is now clear."""
    must_wait(session, message, actor)
    own, servers = office.own_addresses, office.receiving_servers
    verdict = understand(
        mail_of(message), lambda clues: knowing.known(session, [clues], own, servers)[0], read
    )
    before = message.readings
    filing.act_on(session, office, message, verdict, actor, now)
    message.details = {**message.details, "changes": storable(differences(before, message.readings))}
    if not message.waiting:
        resolve(message, Resolution.READ_AGAIN, "", actor, now)
        if message.case:
            take_along(session, message, message.case, actor, now)
    note(session, message, actor, now, "read a message of the pile again")
    assert message.outcome is not None
    return message.outcome


def open_requests(session: Session, person: Person, message: Message) -> Sequence[Request]:
    """The scoping requests that wait for an answer on cases this person may see; the sender's agency first."""
    sender = agency_of_address(session, message.sender)
    found = session.scalars(_newest_open(person))
    return sorted(found, key=lambda request: not sender or request.agency_id != sender.id)


@once_for_each
def _newest_open(person: Person) -> Select[Request]:
    """Of each state by itself: in the order of its index, a database reads no more than are offered."""
    newest = scoping.visible_to(person).with_only_columns(Request.id).order_by(Request.id.desc())
    most = newest.limit(at_most(MOST_OFFERED))
    each = (most.where(Request.state == said(state)).subquery() for state in (State.ASKED, State.SENT_BACK))
    found = select(Request).where(Request.id.in_(union_all(*(select(one.c.id) for one in each))))
    named = load_only(Request.agency_id)
    agency = joinedload(Request.agency).load_only(Agency.name)
    its_round = joinedload(Request.round).load_only(Round.case_id)
    case = joinedload(Request.round).joinedload(Round.case).load_only(Case.reference).lazyload("*")
    first = found.order_by(Request.id.desc()).limit(at_most(MOST_OFFERED))
    return first.options(named, agency, its_round, case, raiseload(Request.returns))


def counts(session: Session, person: Person) -> dict[str, int]:
    """How many messages this person may see had which outcome, those not filed yet under an empty name; of each at most
    one more than `MOST`."""
    found = counted_figures(session, *_of_each_outcome(person), values=given(session, person))
    return {outcome: number for outcome, number in zip(("", *Outcome), found, strict=True) if number}


@once_for_each
def _of_each_outcome(person: Person) -> list[Figure]:
    seen = visible_to(person).where(Message.part_of_id.is_(None)).with_only_columns(Message.id)
    unfiled = seen.where(Message.outcome.is_(None))
    return [(unfiled,), *((seen.where(Message.outcome == said(outcome)),) for outcome in Outcome)]


@once_for_each
def newest(person: Person, outcome: Outcome | None) -> Select[Message]:
    """The ledger, newest first; of one outcome if asked. What was read and the file are fetched when asked for."""
    rows = visible_to(person).where(Message.part_of_id.is_(None))
    if outcome:
        rows = rows.where(Message.outcome == said(outcome))
    return rows.order_by(Message.id.desc()).options(defer(Message.readings), lazyload(Message.file))


def ledger(session: Session) -> list[dict[str, Any]]:
    """Each message ever met, oldest first, with its outcome and because of what."""
    return [
        {
            "id": row.id,
            "mailbox": row.mailbox,
            "handle": row.handle,
            "message_id": row.message_id,
            "sha256": row.sha256,
            "from": row.sender,
            "arrived_at": row.arrived_at,
            "met_at": row.met_at,
            "outcome": row.outcome.value if row.outcome else "",
            "because": list(row.because),
            "case": row.case.reference if row.case else "",
            "waiting": row.waiting,
            "resolved": row.resolved_how.value if row.resolved_how else "",
            "same_as": row.same_as_id,
        }
        for row in session.scalars(select(Message).where(Message.part_of_id.is_(None)).order_by(Message.id))
    ]


def _reading(message: Message, path: str) -> Mapping[str, Any] | None:
    return next((one for one in message.readings if one["path"] == path), None)


def _unread(mail: Mail) -> dict[str, Any]:
    """A message without a form: nothing is known yet, and all its words are there to be placed by hand."""
    lines = [line.strip() for line in mail.text.splitlines() if line.strip()]
    empty: dict[str, Any] = {
        "kind": "referral",
        "form": None,
        "edition": None,
        "found": {},
        "unplaced": lines,
    }
    return {"path": "", "reading": empty, "answers": {}}
