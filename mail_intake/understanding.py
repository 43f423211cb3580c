"""A parsed message understood: screened, its forms read, its clues looked up, the verdict given."""

from collections.abc import Callable
from dataclasses import dataclass

from mail_intake.clues import Clues, gather
from mail_intake.documents import Read, ReadForm, read_documents
from mail_intake.known import Known
from mail_intake.matching import Intake, verdict
from mail_intake.message import Message
from mail_intake.screening import REPORTS, Screening, from_outside, screen

LookUp = Callable[[Clues], Known]


@dataclass(frozen=True)
class Opened:
    """A message screened and its forms read, with the clues that are still to be looked up."""

    message: Message
    screening: Screening
    forms: tuple[ReadForm, ...]
    clues: Clues

    def judged(self, known: Known) -> Intake:
        """The verdict, by what the clues led to."""
        screening = from_outside(self.message, self.screening, known.own_addresses)
        return verdict(self.message, screening, self.forms, known)


def opened(message: Message, read: Read) -> Opened:
    """A message as far as it can be understood by itself. `read` is the reader of documents."""
    screening = screen(message)
    forms = read_forms(message, screening, read)
    stamps = tuple(form.stamp for form in forms if form.stamp)
    return Opened(message, screening, forms, gather(message, screening, stamps))


def understand(message: Message, look_up: LookUp, read: Read) -> Intake:
    """The verdict on one message. `look_up` says what its clues lead to."""
    found = opened(message, read)
    return found.judged(look_up(found.clues))


def read_forms(message: Message, screening: Screening, read: Read) -> tuple[ReadForm, ...]:
    """The forms of a message; what a delivery report encloses is our own letter and is not read again."""
    if screening.sort in REPORTS or message.too_large:
        return ()
    return read_documents(message, read)
