"""The opened copy of a locked form, added by whoever could open it; the first arrival stays the clock's start."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from jcr.errors import Incomplete
from jcr.files import service as files
from jcr.intake import filing
from jcr.intake.model import Message, OpenedFile, Outcome
from jcr.intake.sorting import must_wait, note
from jcr.intake.taken_apart import mail_of
from jcr.referrals.drafts import safe_name
from jcr.roles import Actor
from mail_intake.contents import File
from mail_intake.documents import Read, read_documents
from mail_intake.matching import HOW_TO_OPEN
from mail_intake.protection import is_locked
from mail_intake.unwrapping import unwrap

STILL_LOCKED = (
    "This copy is still protected by a password. Open it, save it without the password, and choose that copy."
)


def add_opened(
    session: Session, message: Message, name: str, content: bytes, read: Read, actor: Actor, now: datetime
) -> None:
    """Keeps the opened copy with the message and reads it. Raises Incomplete when it is empty or still locked."""
    must_wait(session, message, actor)
    if not content:
        raise Incomplete("Choose the opened form. A file with nothing in it cannot be read.")
    name = safe_name(name)
    if any(is_locked(copy) for copy in unwrap((File(name, content),))):
        raise Incomplete(STILL_LOCKED)
    file = files.keep(session, content, now)
    message.opened.append(
        OpenedFile(name=name, file_id=file.id, file=file, added_at=now, added_by=actor.name)
    )
    message.readings = [filing.as_read(form) for form in read_documents(mail_of(message), read)]
    message.outcome = Outcome.TO_SORT
    known = (why for why in message.because if why != HOW_TO_OPEN)
    message.because = [f"{actor.name} opened it and added {name}", *known]
    note(session, message, actor, now, "added the opened copy of a locked form to a message of the pile")
