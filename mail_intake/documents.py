"""Which parts of a message may hold a form, and those parts read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
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


def one_by_one(read: Read) -> ReadAll:
    """Many documents read by a reader of one."""
    return lambda some: [read(one.name, one.content) for one in some]


def read_documents(message: Message, read: Read) -> tuple[ReadForm, ...]:
    """Each document attached, read; only when none is one of our forms, the words of the letter that are one too."""
    return read_together([message], one_by_one(read))[0]


def read_together(messages: Sequence[Message], read_all: ReadAll) -> list[tuple[ReadForm, ...]]:
    """The documents of each message; the reader is asked once, for what is attached to all and then for all letters."""
    attached = [documents(message)[:MAX_DOCUMENTS] for message in messages]
    letters = [list(_letters(message)) for message in messages]
    wanted = [Document(one.name, one.content) for some in attached for one in some]
    readings = iter(read_all([*wanted, *(letter for some in letters for letter in some)]))
    forms = [tuple([ReadForm(one.path, next(readings)) for one in some]) for some in attached]
    written = [[ReadForm(one.name, next(readings)) for one in some] for some in letters]
    return list(map(_told, forms, written))


def _told(attached: tuple[ReadForm, ...], written: Sequence[ReadForm]) -> tuple[ReadForm, ...]:
    """What is attached and, when none of it is a form of ours, the first of the letters that is one."""
    if any(form.ours for form in attached):
        return attached
    letters = (
        form
        for form in written
        if form.ours and (form.filled_in or len(form.reading.fields) >= A_FEW_ANSWERS)
    )
    return (*attached, *islice(letters, 1))


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


def _letters(message: Message) -> Iterator[Document]:
    for path, text in _bodies(message):
        yield Document(path, text.encode("utf-8", "replace"), letter=True)


def _bodies(message: Message) -> Iterator[tuple[str, str]]:
    if message.text.strip():
        yield "body.txt", message.text
    if "<table" in message.html.lower():
        yield "body.html", message.html
    for attachment in message.files:
        if attachment.type in (MESSAGE, OUTLOOK) and attachment.text.strip():
            yield f"{attachment.path}/body.txt", attachment.text
