"""What a message offers for finding its case: answered Message-IDs, reply tokens, references, the sender."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from forms import Stamp
from mail_intake.headers import LOOKS_LIKE_ADDRESS
from mail_intake.message import Message
from mail_intake.screening import Screening

REFERENCE = re.compile(r"\b([A-Z]{2,6}-\d{4}-\d{4})\b", re.I)
BRACKETED_TOKEN = re.compile(r"\[(?:ref:)?\s*([\w-]{16,64})\s*\]", re.I)
ADDRESS_TOKEN = re.compile(r"^[^@+.]*[+.]([\w-]{16,64})@", re.I)


@dataclass(frozen=True)
class Clues:
    """Everything worth looking up before a verdict, each kind in the order of its worth."""

    sender: str = ""
    message_ids: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


def gather(message: Message, screening: Screening, stamps: Iterable[Stamp] = ()) -> Clues:
    """The clues of a message and of the forms found in it."""
    stamps = tuple(stamps)
    bounced = screening.bounce.letters if screening.bounce else ()
    in_forms = [stamp.reference.upper() for stamp in stamps if stamp.reference]
    tokens = [stamp.token for stamp in stamps if stamp.token] + list(reply_tokens(message))
    references = in_forms + list(references_in(message.subject)) + list(references_in(message.text[:20_000]))
    return Clues(
        sender=message.sender,
        message_ids=tuple(dict.fromkeys((*bounced, *message.in_reply_to, *reversed(message.references)))),
        tokens=tuple(dict.fromkeys(tokens)),
        references=tuple(dict.fromkeys(references)),
    )


def references_in(text: str) -> tuple[str, ...]:
    """Case references in the order they stand, in capitals."""
    return tuple(dict.fromkeys(found.upper() for found in REFERENCE.findall(text)))


def reply_tokens(message: Message) -> tuple[str, ...]:
    """Random tokens of ours in an address (office+TOKEN@...) or in square brackets in the subject."""
    addressed = (ADDRESS_TOKEN.match(address) for address in _as_written(message))
    return tuple([found[1] for found in addressed if found] + BRACKETED_TOKEN.findall(message.subject))


def _as_written(message: Message) -> list[str]:
    """Recipients with their capitals, because tokens have them."""
    fields = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-gm-original-to", "resent-to")
    text = " ".join(value for name in fields for value in message.headers.all(name))
    return LOOKS_LIKE_ADDRESS.findall(text)
