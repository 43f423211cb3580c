"""Two matters in one message are parted, and two messages about one matter are put together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.errors import Incomplete
from jcr.intake import filing, keeping
from jcr.intake.model import Message, Outcome, Resolution
from jcr.intake.sorting import must_wait, need, note, resolve
from jcr.intake.taken_apart import BODY, belongs, mail_of
from jcr.roles import Actor
from mail_intake.documents import OURS


def files_to_part(message: Message) -> list[str]:
    """What of a message can be told apart: its files as they were attached, and its words when they are a form."""
    mail = mail_of(message)
    top = [one.path for one in mail.files if not _is_inside(one.path, [other.path for other in mail.files])]
    return [*([BODY] if _reads(message, BODY) else []), *top]


def forms_in(message: Message) -> list[str]:
    """The documents of the message that are forms of ours."""
    return [one["path"] for one in message.readings if one["reading"].get("kind") in OURS]


def one_form_each(message: Message) -> list[list[str]]:
    """Each form a part of its own; what is no form goes with every part."""
    forms = forms_in(message)
    files = files_to_part(message)
    holding = list(dict.fromkeys(file for form in forms for file in files if belongs(form, file)))
    return [[file for file in files if file == one or file not in holding] for one in holding]


def split(
    session: Session, message: Message, parts: Sequence[Sequence[str]], why: str, actor: Actor, now: datetime
) -> list[Message]:
    """Each part waits on the pile by itself, with its own files only; the message stays in the ledger as it came.

    Raises Incomplete when a part would have nothing in it or a file would be left over.
    """
    must_wait(session, message, actor)
    need(why, "Say why the message is split: the reason is part of the record.")
    _must_share_out(message, parts)
    made = [_part(message, number, files) for number, files in enumerate(parts, 1)]
    session.add_all(made)
    session.flush()
    resolve(message, Resolution.SPLIT, why, actor, now)
    note(session, message, actor, now, f"split a message of the pile into {len(made)} parts", why)
    return made


def _must_share_out(message: Message, parts: Sequence[Sequence[str]]) -> None:
    if len(parts) < 2 or not all(parts):
        raise Incomplete("Give each part at least one file.")
    if left := set(files_to_part(message)) - {file for part in parts for file in part}:
        raise Incomplete(f"Say which part {', '.join(sorted(left))} belongs to.")


def _part(message: Message, number: int, files: Sequence[str]) -> Message:
    readings = [one for one in message.readings if any(belongs(one["path"], file) for file in files)]
    named = ", ".join("its words" if file == BODY else file for file in files)
    return Message(
        mailbox=message.mailbox, handle=f"{message.handle}, part {number}",
        uidvalidity=message.uidvalidity, uid=message.uid,
        sha256=message.sha256, file_id=message.file_id, file=message.file,
        message_id=message.message_id, sender=message.sender, sender_name=message.sender_name,
        subject=message.subject, arrived_at=message.arrived_at, met_at=message.met_at,
        outcome=Outcome.TO_SORT, waiting=True,
        because=[f"it is part {number} of message {message.id}: {named}"],
        readings=readings, details=dict(message.details),
        part_of_id=message.id, part_files=list(files),
    )  # fmt: skip


def merge(session: Session, message: Message, into: Message, why: str, actor: Actor, now: datetime) -> None:
    """The message goes wherever the other one goes; the clock starts when the first of the two arrived."""
    must_wait(session, message, actor)
    need(why, "Say why the two belong together: the reason is part of the record.")
    if into.id == message.id:
        raise Incomplete("Choose another message: this one cannot be put with itself.")
    must_wait(session, into, actor)
    for other in merged_into(session, message):
        other.merged_into_id = into.id
    message.merged_into_id = into.id
    resolve(message, Resolution.MERGED, why, actor, now)
    note(session, message, actor, now, f"put a message of the pile with message {into.id}", why)


def merged_into(session: Session, message: Message) -> Sequence[Message]:
    """The messages that were put with this one, in the order in which they arrived."""
    others = select(Message).where(Message.merged_into_id == message.id)
    return session.scalars(others.order_by(Message.arrived_at, Message.id)).all()


def parts_of(session: Session, message: Message) -> Sequence[Message]:
    """What a message was split into."""
    return session.scalars(select(Message).where(Message.part_of_id == message.id).order_by(Message.id)).all()


def take_along(session: Session, message: Message, case: Case, actor: Actor, now: datetime) -> None:
    """The message is with the case now, every message that was put with it, and whatever repeats one of them."""
    message.case_id, message.case = case.id, case
    others = merged_into(session, message)
    for other in others:
        filing.keep_with_case(session, case, other, mail_of(other), actor, now)
        other.case_id, other.case = case.id, case
    keeping.tell_repeats(session, {one.id: one for one in (message, *others)})


def first_arrival(session: Session, message: Message) -> datetime:
    """When the first of the messages put together arrived: the clock starts then, not when one could be read."""
    return min(one.arrived_at for one in (message, *merged_into(session, message)))


def _reads(message: Message, path: str) -> bool:
    return any(one["path"] == path for one in message.readings)


def _is_inside(path: str, others: Sequence[str]) -> bool:
    return any(path != other and belongs(path, other) for other in others)
