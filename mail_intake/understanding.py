"""A parsed message understood: screened, its forms read, its clues looked up, the verdict given."""

from collections.abc import Callable

from mail_intake.clues import Clues, gather
from mail_intake.documents import Read, ReadForm, read_documents
from mail_intake.known import Known
from mail_intake.matching import Intake, verdict
from mail_intake.message import Message
from mail_intake.screening import REPORTS, Screening, from_outside, screen

LookUp = Callable[[Clues], Known]


def understand(message: Message, look_up: LookUp, read: Read) -> Intake:
    """The verdict on a message. `look_up` is the registry's `known`, `read` the reader of documents."""
    screening = screen(message)
    readings = read_forms(message, screening, read)
    stamps = tuple(form.stamp for form in readings if form.stamp)
    known = look_up(gather(message, screening, stamps))
    screening = from_outside(message, screening, known.own_addresses)
    return verdict(message, screening, readings, known)


def read_forms(message: Message, screening: Screening, read: Read) -> tuple[ReadForm, ...]:
    """The forms of a message; what a delivery report encloses is our own letter and is not read again."""
    if screening.sort in REPORTS or message.too_large:
        return ()
    return read_documents(message, read)
