"""Which parts of a message may hold a form, and those parts read."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Protocol

from forms import Stamp
from forms.reading.result import Document
from mail_intake.formats import DOCUMENTS, MESSAGE, OUTLOOK
from mail_intake.message import Message
from mail_intake.protection import is_locked
from mail_intake.unwrapping import Attachment

MAX_DOCUMENTS = 40  # a message with more is a person's to sort
SUBMITTED = {
    "rapid_review": "a rapid review report",
    "paper": "a paper for a meeting",
    "action_update": "an update on an action",
}
OURS = {"referral": "a referral", "scoping": "a scoping return", **SUBMITTED}
ENOUGH_ANSWERS = 4
A_FEW_ANSWERS = 2  # in the words of a letter: fewer are chance
KNOWN_STRANGER = "looks like"  # the reader's words for a form that it knows and that is none of ours
READ_BY_NAME = (".docx", ".docm", ".dotx", ".pdf", ".txt", ".doc", ".odt", ".rtf")


class Reading(Protocol):
    """The part of a form reading that intake decides by; fulfilled by `forms.reading`."""

    @property
    def kind(self) -> str: ...
    @property
    def form(self) -> str | None: ...
    @property
    def edition(self) -> int | None: ...
    @property
    def stamp(self) -> Stamp | None: ...
    @property
    def fields(self) -> Mapping[str, Any]: ...
    @property
    def problems(self) -> Sequence[str]: ...
    @property
    def notes(self) -> Sequence[str]: ...


Read = Callable[[str, bytes], Reading]
ReadAll = Callable[[Sequence[Document]], Sequence[Reading]]


@dataclass(frozen=True)
class ReadForm:
    """A document of the message and what the reader made of it."""

    path: str
    reading: Reading

    @property
    def ours(self) -> bool:
        return self.reading.kind in OURS

    @property
    def filled_in(self) -> bool:
        """Whether it answers enough to be more than words that speak of a form: "our scoping return will follow"."""
        return self.reading.stamp is not None or len(self.reading.fields) >= ENOUGH_ANSWERS

    @property
    def submitted(self) -> bool:
        """A form for the group's own work: it opens no case and answers no scoping request."""
        return self.reading.kind in SUBMITTED

    @property
    def stamp(self) -> Stamp | None:
        """What the form carries; where the office printed no reference, the one that was written into it."""
        stamp, written = self.reading.stamp, str(self.reading.fields.get("case_reference") or "").strip()
        return replace(stamp, reference=written) if stamp and not stamp.reference and written else stamp

    @property
    def anothers(self) -> bool:
        """A form of somebody else's: the reader knows it, or it answers several of a form's questions."""
        known = any(KNOWN_STRANGER in problem for problem in self.reading.problems)
        return not self.ours and (known or self.filled_in)

    @property
    def unreadable(self) -> str:
        """Why nothing could be read in the document; empty when it is merely no form."""
        found = self.reading.form or self.reading.fields or self.ours
        return "" if found else next(iter(self.reading.problems), "")


Asking = Generator[Sequence[Document], Sequence[Reading] | None, tuple[ReadForm, ...]]


def one_by_one(read: Read) -> ReadAll:
    """Many documents read by a reader of one."""
    return lambda some: [read(one.name, one.content) for one in some]


def read_documents(message: Message, read: Read) -> tuple[ReadForm, ...]:
    """Read each document attached; only when none is one of our forms, read the words of the letter too."""
    return read_together([message], one_by_one(read))[0]


def read_together(messages: Sequence[Message], read_all: ReadAll) -> list[tuple[ReadForm, ...]]:
    """The documents of each message, with as few questions to the reader as there can be."""
    asking = [_asking(message) for message in messages]
    forms: dict[int, tuple[ReadForm, ...]] = {}
    wanted = _wanted(dict.fromkeys(range(len(asking))), asking, forms)
    while wanted:
        readings = iter(read_all([document for some in wanted.values() for document in some]))
        read = {at: list(islice(readings, len(some))) for at, some in wanted.items()}
        wanted = _wanted(read, asking, forms)
    return [forms[at] for at in range(len(messages))]


def _wanted(
    read: Mapping[int, Sequence[Reading] | None],
    asking: Sequence[Asking],
    forms: dict[int, tuple[ReadForm, ...]],
) -> dict[int, Sequence[Document]]:
    """Tell messages, by their place, what was read for them; returns what each wants next, and notes the finished."""
    wanted: dict[int, Sequence[Document]] = {}
    for at, readings in read.items():
        try:
            wanted[at] = asking[at].send(readings)
        except StopIteration as done:
            forms[at] = done.value
    return wanted


def _asking(message: Message) -> Asking:
    """Yields the documents that are wanted next, is sent their readings, and returns the forms."""
    attached = documents(message)[:MAX_DOCUMENTS]
    readings = (yield [Document(one.name, one.content) for one in attached]) if attached else ()
    forms = [ReadForm(one.path, reading) for one, reading in zip(attached, readings or (), strict=True)]
    if any(form.ours for form in forms):
        return tuple(forms)
    for name, text in _bodies(message):
        (reading,) = (yield [Document(name, text.encode(), letter=True)]) or ()
        written = ReadForm(name, reading)
        if written.ours and (written.filled_in or len(reading.fields) >= A_FEW_ANSWERS):
            return (*forms, written)
    return tuple(forms)


def documents(message: Message) -> list[Attachment]:
    """The attachments worth reading: documents by their bytes, neither locked nor too large nor aside."""
    return [
        attachment
        for attachment in message.files
        if not attachment.too_large
        and (attachment.content or not attachment.unopened)
        and (attachment.type in DOCUMENTS or attachment.name.lower().endswith(READ_BY_NAME))
        and not is_locked(attachment)
    ]


def _bodies(message: Message) -> Iterator[tuple[str, str]]:
    if message.text.strip():
        yield "body.txt", message.text
    if "<table" in message.html.lower():
        yield "body.html", message.html
    for attachment in message.files:
        if attachment.type in (MESSAGE, OUTLOOK) and attachment.text.strip():
            yield f"{attachment.path}/body.txt", attachment.text
