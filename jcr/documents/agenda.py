"""The agenda of a meeting: when and where, who is invited, the items with their time and purpose."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from forms.paper import style
from forms.paper.document import Furniture
from forms.paper.document import render as on_paper
from forms.paper.tables import Cell, table
from forms.paper.text import Text, heading, lines, linked, listing, prose, strong
from jcr.documents.parts import facts

CHANGED = "These items are new or have changed. All others stand as they were sent."


@dataclass(frozen=True)
class Invitee:
    """Somebody asked to come."""

    name: str
    post: str
    agency: str


@dataclass(frozen=True)
class Item:
    """One item: its purpose is decide, discuss or note; `before` is what the agenda tells about it."""

    number: str
    title: str
    lead: str
    purpose: str
    minutes: int
    papers: tuple[str, ...] = ()
    before: str = ""


@dataclass(frozen=True)
class Agenda:
    """What an agenda says. Dates and times are in words; the reference is the case's, never a name.

    A numbered `supplement` has only the items that changed since, and goes on with the pages that went before.
    """

    organisation: str
    marking: str
    kind: str
    title: str
    date: str
    time: str
    place: str
    chair: str
    reference: str
    invitees: tuple[Invitee, ...]
    items: tuple[Item, ...]
    papers_due: str = ""
    confidentiality: str = ""
    contact_lines: tuple[str, ...] = ()
    supplement: int = 0
    taken_off: tuple[str, ...] = ()
    first_page: int = 1

    @property
    def called(self) -> str:
        """Such as Agenda, or Supplement 2 to the agenda."""
        return f"Supplement {self.supplement} to the agenda" if self.supplement else "Agenda"

    @property
    def planned(self) -> str:
        """How long its items are to take, in a sentence."""
        return planned(sum(item.minutes for item in self.items), "these" if self.supplement else "all")


def planned(minutes: int, which: str) -> str:
    """How long these items, or all, are to take, in a sentence; nothing where no time is planned."""
    return f"Time planned for {which} items: {_length(minutes)}." if minutes else ""


def render(agenda: Agenda, numbered: bool = True) -> bytes:
    """The agenda as a PDF/UA-1 file."""
    title = " ".join(part for part in (agenda.called, agenda.kind, agenda.reference, agenda.date) if part)
    furniture = Furniture(
        agenda.organisation,
        agenda.marking,
        agenda.reference,
        note=f"{agenda.called}, {agenda.date}",
        first_page=agenda.first_page,
        numbered=numbered,
    )
    return on_paper(_story(agenda), title, furniture)


def _story(agenda: Agenda) -> list[Flowable]:
    return [
        *heading(1, agenda.title),
        *([Text(linked(f"{agenda.kind}: {agenda.called.lower()}"), style.LEAD)]),
        *(prose(CHANGED) if agenda.supplement else []),
        *facts(_when_and_where(agenda), "Date, time, place, chair and case of the meeting"),
        *heading(2, "Items"),
        *_items(agenda),
        *(
            [*heading(2, "Taken off"), *listing([linked(one) for one in agenda.taken_off])]
            if agenda.taken_off
            else []
        ),
        *([] if agenda.supplement else [*heading(2, "Invited"), *_invitees(agenda.invitees)]),
        *(prose(agenda.confidentiality) if agenda.confidentiality else []),
    ]


def _when_and_where(agenda: Agenda) -> dict[str, str]:
    return {
        "Date": agenda.date,
        "Time": agenda.time,
        "Place": agenda.place,
        "Chair": agenda.chair,
        "Case": agenda.reference,
        "Papers to be in by": agenda.papers_due,
        "Contact": "\n".join(agenda.contact_lines),
    }


def _items(agenda: Agenda) -> list[Flowable]:
    if not agenda.items:
        return prose("No item is new or has changed." if agenda.supplement else "There are no items yet.")
    rows: list[list[Cell]] = [
        [item.number, _what(item), item.lead, item.purpose.capitalize(), _length(item.minutes)]
        for item in agenda.items
    ]
    widths = (0.6, 4.6, 1.9, 1.1, 1.1)
    story: list[Flowable] = [
        table(
            ("No.", "Item", "Lead", "Purpose", "Time"), rows, widths, "Items of the meeting", head_columns=1
        )
    ]
    return [*story, *prose(agenda.planned)]


def _what(item: Item) -> list[Flowable]:
    story: list[Flowable] = [Text(strong(item.title), style.CELL)]
    if item.before.strip():
        story += prose(item.before, style.CELL, level=3)
    if item.papers:
        story.append(lines([f"Papers: {'; '.join(item.papers)}"], style.CELL_SMALL))
    return story


def _length(minutes: int) -> str:
    """Minutes as people say them: "45 min", "2 h 5 min"; nothing for none."""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def _invitees(invitees: Sequence[Invitee]) -> list[Flowable]:
    if not invitees:
        return prose("Nobody has been invited yet.")
    rows = [[who.name, ", ".join(filter(None, (who.post, who.agency)))] for who in invitees]
    return [table(("Name", "Post and agency"), rows, (1, 3), "Who is invited", head_columns=1)]
