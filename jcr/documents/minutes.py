"""The minutes of a meeting: who came, whether it was quorate, what was declared, decided and agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether

from forms.paper import style
from forms.paper.document import Furniture
from forms.paper.document import render as on_paper
from forms.paper.tables import RuledTable, WithLastRow, table
from forms.paper.text import Text, heading, linked, listing, plain, prose
from jcr.documents.parts import Action, actions, facts, labelled, notice, section, signing

NOTED = {"Present": "was recorded as present", "Apologies": "sent apologies", "Absent": "was absent"}
DRAFT = "Draft: the chair has not approved these minutes yet."


@dataclass(frozen=True)
class Attendee:
    """Somebody who came or was expected; a deputy says for whom."""

    name: str
    post: str
    agency: str
    deputy_for: str = ""


@dataclass(frozen=True)
class Attendance:
    """Everybody invited, each in one of the four groups; deputies are among those present."""

    present: tuple[Attendee, ...] = ()
    in_attendance: tuple[Attendee, ...] = ()
    apologies: tuple[Attendee, ...] = ()
    absent: tuple[Attendee, ...] = ()

    @property
    def groups(self) -> dict[str, tuple[Attendee, ...]]:
        """The four by the name they have in the minutes."""
        return {
            "Present": self.present,
            "In attendance": self.in_attendance,
            "Apologies": self.apologies,
            "Absent": self.absent,
        }

    @property
    def nobody(self) -> str:
        """A sentence for each group that nobody is in; the team need not be there. Nothing of the kind before anything
        was recorded but apologies."""
        if not (self.present or self.in_attendance or self.absent):
            return "Attendance is not recorded yet."
        return " ".join(f"Nobody {how}." for group, how in NOTED.items() if not self.groups[group])


@dataclass(frozen=True)
class Declaration:
    """An interest that somebody declared, and how it was handled."""

    name: str
    declared: str
    handled: str


@dataclass(frozen=True)
class Item:
    """What was said and decided about one item."""

    number: str
    title: str
    summary: str
    decision: str = ""
    rationale: str = ""
    dissent: str = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class Approval:
    """Who approved the minutes, and when, in words."""

    name: str
    post: str
    date: str


@dataclass(frozen=True)
class Correction:
    """Something changed after the chair approved: what was written, what it says now, and why."""

    where: str
    was: str
    became: str
    why: str
    by: str


@dataclass(frozen=True)
class Agreement:
    """Where and when the group agreed the minutes, and the SHA-256 of the record they were made from."""

    meeting: str
    date: str
    sha256: str


@dataclass(frozen=True)
class Minutes:
    """What minutes say. Dates and times are in words; without an approval they are a draft."""

    organisation: str
    marking: str
    kind: str
    title: str
    date: str
    time: str
    place: str
    chair: str
    reference: str
    attendance: Attendance
    quorum: str
    declarations: tuple[Declaration, ...]
    items: tuple[Item, ...]
    next_dates: tuple[str, ...]
    confidentiality: str
    approval: Approval | None = None
    corrections: tuple[Correction, ...] = ()
    agreement: Agreement | None = None
    contact_lines: tuple[str, ...] = ()

    @property
    def approved(self) -> str:
        """Who approved them, and when and where the group agreed them; nothing of a draft."""
        if self.approval is None:
            return ""
        by = self.approval
        said = f"Approved as a true record by {by.name}, {by.post}, on {by.date}."
        if self.agreement is None:
            return said
        return f"{said}\n\nAgreed by the group at the {self.agreement.meeting} on {self.agreement.date}, and closed."


def render(minutes: Minutes, numbered: bool = True) -> bytes:
    """The minutes as a PDF/UA-1 file."""
    draft = "" if minutes.approval else "Draft "
    title = " ".join(p for p in (f"{draft}Minutes", minutes.kind, minutes.reference, minutes.date) if p)
    reference, note = minutes.reference, f"{'Draft minutes' if draft else 'Minutes'}, {minutes.date}"
    if minutes.agreement:  # alone at the foot: it must not be cut short
        reference, note = "", f"SHA-256 {minutes.agreement.sha256}"
    furniture = Furniture(minutes.organisation, minutes.marking, reference, note, numbered=numbered)
    return on_paper(_story(minutes), title, furniture)


def _story(minutes: Minutes) -> list[Flowable]:
    """The approval has the next dates for company, or the last words: nobody signs a page with nothing else on it."""
    told, end = _told(minutes), [*_next(minutes.next_dates), *_approved(minutes)]
    end = [one for one in end if not isinstance(one, CondPageBreak)]
    if minutes.next_dates:
        return [*told, KeepTogether(end)]
    last = told.pop()
    return [*told, WithLastRow(last, end) if isinstance(last, RuledTable) else KeepTogether([last, *end])]


def _told(minutes: Minutes) -> list[Flowable]:
    return [
        *heading(1, minutes.title),
        Text(plain(f"{minutes.kind} minutes"), style.LEAD),
        *([] if minutes.approval else notice(DRAFT)),
        *facts(_when_and_where(minutes), "Date, time, place, chair and case of the meeting"),
        *(prose(minutes.confidentiality) if minutes.confidentiality.strip() else []),
        *heading(2, "Attendance"),
        *_attendance(minutes.attendance),
        *section("Quorum", minutes.quorum, otherwise="Whether the meeting was quorate was not recorded."),
        *heading(2, "Declarations of interest"),
        *_declarations(minutes.declarations),
        *_items(minutes.items),
        *heading(2, "Actions agreed"),
        *actions(
            [action for item in minutes.items for action in item.actions], "Actions agreed at the meeting"
        ),
        *_corrections(minutes.corrections),
    ]


def _when_and_where(minutes: Minutes) -> dict[str, str]:
    return {
        "Date": minutes.date,
        "Time": minutes.time,
        "Place": minutes.place,
        "Chair": minutes.chair,
        "Case": minutes.reference,
        "Contact": "\n".join(minutes.contact_lines),
    }


def _attendance(attendance: Attendance) -> list[Flowable]:
    rows = [
        [who.name, who.post, who.agency, f"Deputy for {who.deputy_for}" if who.deputy_for else how]
        for how, group in attendance.groups.items()
        for who in group
    ]
    heads = ("Name", "Post", "Agency", "Attendance")
    return [
        *([table(heads, rows, (2.1, 1.7, 1.9, 1.9), "Who attended", head_columns=1)] if rows else []),
        *prose(attendance.nobody),
    ]


def _declarations(declarations: Sequence[Declaration]) -> list[Flowable]:
    if not declarations:
        return prose("Nobody declared an interest.")
    rows = [[one.name, one.declared, one.handled] for one in declarations]
    heads = ("Name", "Declared", "How it was handled")
    return [table(heads, rows, (2, 3, 3), "Interests declared", head_columns=1)]


def _items(items: Sequence[Item]) -> list[Flowable]:
    if not items:
        return []
    numbers = count(1)
    story = heading(2, "Items")
    bare = [f"{item.number}. {item.title}" for item in items if not _is_minuted(item)]
    for item in filter(_is_minuted, items):
        story += heading(3, f"{item.number}. {item.title}")
        story += prose(item.summary, level=4)
        story += labelled(f"Decision {next(numbers)}", item.decision) if item.decision.strip() else []
        story += labelled("Rationale", item.rationale)
        story += labelled("Dissent", item.dissent)
        story += labelled("Actions", ", ".join(action.id for action in item.actions))
    return [*story, *labelled("Taken without a note", "\n".join(f"- {title}" for title in bare))]


def _is_minuted(item: Item) -> bool:
    written = (item.summary, item.decision, item.rationale, item.dissent)
    return bool(item.actions) or any(text.strip() for text in written)


def _next(dates: Sequence[str]) -> list[Flowable]:
    return [*heading(2, "Next dates"), *listing([linked(day) for day in dates])] if dates else []


def _corrections(corrections: Sequence[Correction]) -> list[Flowable]:
    if not corrections:
        return []
    rows = [[one.where, one.was, one.became, f"{one.why} ({one.by})"] for one in corrections]
    heads = ("Where", "It said", "It says now", "Why")
    made = table(heads, rows, (1.6, 3, 3, 2.4), "Corrections since the chair approved", head_columns=1)
    return [*heading(2, "Corrections"), made]


def _approved(minutes: Minutes) -> list[Flowable]:
    said = prose(minutes.approved) if minutes.approval else [*prose("Approved as a true record:"), *signing()]
    return [*heading(2, "Approval"), *said]
