"""A letter as the office sends it: letterhead, addressee, references, the text word for word, signature."""

from dataclasses import dataclass

from reportlab.platypus import Flowable, KeepTogether, Spacer

from forms.paper import style
from forms.paper.columns import beside
from forms.paper.document import Furniture
from forms.paper.document import render as on_paper
from forms.paper.text import Text, heading, lines, plain, prose, stays_with, strong
from jcr.documents.parts import contact

ROOM_TO_SIGN = 26
CLOSINGS = ("yours", "kind regards", "with thanks")


@dataclass(frozen=True)
class Letter:
    """What a letter says.

    The date is already in words. The body is plain text with light marks: a blank line between paragraphs,
    "## " before a heading, "- " before a bullet.
    """

    organisation: str
    marking: str
    reference: str
    their_reference: str
    date: str
    recipient_lines: tuple[str, ...]
    heading: str
    body: str
    signature_lines: tuple[str, ...]
    contact_lines: tuple[str, ...]


def render(letter: Letter) -> bytes:
    """The letter as a PDF/UA-1 file."""
    title = " ".join(part for part in ("Letter", letter.reference, letter.date) if part)
    furniture = Furniture(
        letter.organisation, letter.marking, letter.reference, note=letter.date, letterhead=True
    )
    return on_paper(_story(letter), title, furniture)


def _story(letter: Letter) -> list[Flowable]:
    story: list[Flowable] = [Text(plain(letter.organisation), style.LETTERHEAD)]
    story += beside([_address(letter)], _facts(letter))
    headed = bool(letter.heading.strip())
    story += heading(1, letter.heading, style.LETTER_HEADINGS) if headed else [Spacer(0, 18)]
    body = prose(letter.body, level=2 if headed else 1, headings=style.LETTER_HEADINGS)
    cut = _end_of_page(body) if letter.signature_lines else len(body)
    story += body[:cut]
    end = [*body[cut:], *_signature(letter.signature_lines), *contact(letter.contact_lines)]
    return [*story, KeepTogether(end)]


def _end_of_page(body: list[Flowable]) -> int:
    """How much of the body may be on the page before the signature: nobody signs an empty page."""
    cut = max(len(body) - 1, 0)
    while cut and stays_with(body[cut - 1], body[cut]):
        cut -= 1
    return cut


def _address(letter: Letter) -> Text:
    return Text("<br/>".join(plain(line) for line in letter.recipient_lines), style.ADDRESS)


def _facts(letter: Letter) -> list[Flowable]:
    facts = {"Date": letter.date, "Our reference": letter.reference, "Your reference": letter.their_reference}
    return [Text(f"{strong(name)}<br/>{plain(fact)}", style.FACT) for name, fact in facts.items() if fact]


def _signature(signed: tuple[str, ...]) -> list[Flowable]:
    """The closing with room for a hand, then name and post."""
    if not signed:
        return []
    closing = signed[:1] if signed[0].lower().startswith(CLOSINGS) else ()
    block: list[Flowable] = [Spacer(0, 8)]
    if closing:
        block += [lines(closing, style.SIGNATURE), Spacer(0, ROOM_TO_SIGN)]
    return [*block, lines(signed[len(closing) :], style.SIGNATURE)]
