"""What a letter's words are made of: its parts, a placeholder, and those that many letters have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PARTS = {
    "subject": "Subject of the e-mail",
    "body": "The e-mail that carries it",
    "heading": "Heading of the letter",
    "text": "The letter",
    "decision": "The decision",
    "next": "What happens next",
}
ONE_LINE = ("subject", "heading")  # read by mail servers and in lists: they name nobody
LETTER = ("subject", "body", "heading", "text")
MAIL = ("subject", "body")


@dataclass(frozen=True)
class Placeholder:
    """A value that a letter is filled with. `optional` may have nothing to say: its line is then left out.

    `example` is shown in a preview. `bare` may stand in a subject or heading. Each part in `needed_in` must
    have it: the letter would fail its purpose without.
    """

    means: str
    example: str
    optional: bool = False
    bare: bool = False
    needed_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Template:
    """A letter, or a part of one, whose words may be changed."""

    title: str
    placeholders: Mapping[str, Placeholder]
    parts: tuple[str, ...] = LETTER
    when: str = field(default="")


def keeps(when: str) -> Placeholder:
    """Says nothing by itself: it keeps its line for the letters it is about."""
    return Placeholder(f"Keeps its line only {when}", "", optional=True)


COMMON = {
    "reference": Placeholder("The reference of the case", "JCR-2026-0042", bare=True, needed_in=("subject",)),
    "today": Placeholder("The day the letter is written", "Monday 23 November 2026", bare=True),
    "partnership": Placeholder(
        "The name of the partnership", "Herefordshire Safeguarding Partnerships", bare=True
    ),
    "contact": Placeholder("How the office is reached", "Partnership Team, jcr@partnership.example"),
}
REFERRER = {
    "referrer": Placeholder("The referrer’s name, or “colleague”", "Perpetua Strickland"),
    "initials": Placeholder("The initials of the people the case is about", "C.Q."),
    "officer": Placeholder("Whoever writes the letter", "Rhiannon Maddox"),
}
AGENCY = {
    "contact_name": Placeholder("The agency’s contact, or “colleague”", "Ada Pemberton"),
    "agency": Placeholder("The agency", "West Mercia Police"),
    "officer": REFERRER["officer"],
}
NO_CASE = Placeholder("A case’s reference: this letter has none", "", optional=True)
