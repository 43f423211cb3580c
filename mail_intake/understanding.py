"""A parsed message understood: screened, its forms read, its clues looked up, the verdict given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mail_intake.clues import Clues, gather
from mail_intake.documents import Read, ReadAll, ReadForm, one_by_one, read_together
from mail_intake.known import Known
from mail_intake.matching import Intake, verdict
from mail_intake.message import Message
from mail_intake.screening import REPORTS, Screening, from_outside, screen

LookUp = Callable[[Clues], Known]


@dataclass(frozen=True)
class Screened:
    """A message of which it is known what sort of mail it is; its forms are still to be read."""

    message: Message
    screening: Screening

    @property
    def may_hold_forms(self) -> bool:
        """What a delivery report encloses is our own letter, and is not read again."""
        return self.screening.sort not in REPORTS and not self.message.too_large


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


def screened(message: Message) -> Screened:
    """A message as far as it can be understood without its documents."""
    return Screened(message, screen(message))


def opened(some: Sequence[Screened], read_all: ReadAll) -> list[Opened]:
    """Messages as far as each can be understood by itself. `read_all` is the reader of documents."""
    to_read = [one.message for one in some if one.may_hold_forms]
    forms = iter(read_together(to_read, read_all))
    return [_opened(one, next(forms) if one.may_hold_forms else ()) for one in some]


def _opened(one: Screened, forms: tuple[ReadForm, ...]) -> Opened:
    stamps = tuple(form.stamp for form in forms if form.stamp)
    return Opened(one.message, one.screening, forms, gather(one.message, one.screening, stamps))


def understand(message: Message, look_up: LookUp, read: Read) -> Intake:
    """The verdict on one message. `look_up` says what its clues lead to."""
    (found,) = opened([screened(message)], one_by_one(read))
    return found.judged(look_up(found.clues))
