"""Agendas and minutes: ordinary, awkward, and with nothing in them."""

from jcr.documents import agenda, minutes
from jcr.documents.parts import Action
from tests.documents.samples.words import (
    AWKWARD,
    BODY,
    CONTACT,
    HOSTILE,
    LONG,
    MARKING,
    NAMES,
    REFERENCE,
    UNBROKEN,
)

AGENDA_ITEMS = (
    agenda.Item("1", "Welcome, apologies and quorum", "Chair", "note", 5),
    agenda.Item("2", "Declarations of interest", "Chair", "decide", 5),
    agenda.Item("3", "What the agencies know", "All", "discuss", 40, ("Scoping returns", "Joint chronology")),
    agenda.Item(
        "4",
        "The criteria, route by route",
        "Chair",
        "decide",
        30,
        (),
        "The child route is the only one open.",
    ),
    agenda.Item("5", "Recommendation and dissent", "Chair", "decide", 20),
)
INVITEES = (
    agenda.Invitee("Morwenna Pugh", "Head of Safeguarding", "Herefordshire Council"),
    agenda.Invitee("Det. Supt. Ian Marsh", "Public Protection", "West Mercia Police"),
)


def plain_agenda(numbered: bool = True) -> bytes:
    told = "Members are reminded that what is said here is confidential."
    return _agenda(INVITEES, AGENDA_ITEMS, told, numbered)


def awkward_agenda() -> bytes:
    item = agenda.Item("7.10", HOSTILE, NAMES, "discuss", 61, (HOSTILE, UNBROKEN), AWKWARD)
    long_list = tuple(agenda.Item(str(i), f"Item {i} {NAMES}", "Ms Ŷork", "note", i) for i in range(1, 41))
    return _agenda((agenda.Invitee(NAMES, UNBROKEN, HOSTILE),), (*long_list, item), AWKWARD)


def bare_agenda() -> bytes:
    return _agenda((), (), "")


def supplement(items: tuple[agenda.Item, ...] = AGENDA_ITEMS[4:]) -> bytes:
    return agenda.render(
        agenda.Agenda(
            organisation=BODY, marking=MARKING, kind="Business meeting", title="Business meeting",
            date="Thursday 3 December 2026", time="10:00", place="Plough Lane", chair="Morwenna Pugh", reference="",
            invitees=INVITEES, items=items, supplement=1, taken_off=("Media",), first_page=3,
        )
    )  # fmt: skip


def _agenda(
    invitees: tuple[agenda.Invitee, ...],
    items: tuple[agenda.Item, ...],
    confidentiality: str,
    numbered: bool = True,
) -> bytes:
    return agenda.render(
        agenda.Agenda(
            organisation=BODY,
            marking=MARKING,
            kind="Rapid review",
            title="Rapid review meeting",
            date="Thursday 3 December 2026",
            time="10:00 to 12:00",
            place="Plough Lane, room 2, and https://meet.example.org/jcr",
            chair="Morwenna Pugh",
            reference=REFERENCE,
            invitees=invitees,
            items=items,
            papers_due="24 November 2026",
            confidentiality=confidentiality,
            contact_lines=CONTACT,
        ),
        numbered,
    )


def plain_minutes() -> bytes:
    action = Action(
        "A1", "Check that the two other children have been seen", "West Mercia Police", "27 November 2026"
    )
    items = (
        minutes.Item("1", "Welcome", "The chair opened the meeting at 10:00."),
        minutes.Item(
            "2",
            "The criteria, route by route",
            "Each limb of the child route was taken in turn.",
            decision="The criteria of section 16C are met.",
            rationale="Neglect is suspected and the child was seriously harmed.",
            dissent="Probation would have waited for the second medical report.",
            actions=(action,),
        ),
    )
    attendance = minutes.Attendance(
        present=(
            minutes.Attendee("Morwenna Pugh", "Head of Safeguarding", "Herefordshire Council"),
            minutes.Attendee(
                "Sgt Ceri Bevan", "Public Protection", "West Mercia Police", deputy_for="Ian Marsh"
            ),
        ),
        in_attendance=(minutes.Attendee("Alwyn Price", "Partnership Officer", "Business Unit"),),
        apologies=(minutes.Attendee("Ian Marsh", "Det. Supt.", "West Mercia Police"),),
    )
    declared = (
        minutes.Declaration("Morwenna Pugh", "Managed the team in 2019", "Stayed, as the work was not hers"),
    )
    approval = minutes.Approval("Morwenna Pugh", "Chair", "7 December 2026")
    return _minutes(attendance, declared, items, approval)


def awkward_minutes() -> bytes:
    many = tuple(Action(f"A{i}", LONG if i == 3 else NAMES, HOSTILE, "soon") for i in range(1, 42))
    crowd = tuple(minutes.Attendee(NAMES, UNBROKEN[:80], HOSTILE, deputy_for=NAMES) for _ in range(40))
    items = (
        minutes.Item("1", HOSTILE, AWKWARD, AWKWARD, LONG, HOSTILE, many),
        minutes.Item("2", "", ""),
        minutes.Item("3", NAMES, "## Straight to a heading\nand text"),
    )
    declared = (minutes.Declaration(NAMES, AWKWARD, HOSTILE),)
    return _minutes(minutes.Attendance(present=crowd), declared, items, None)


def bare_minutes() -> bytes:
    return _minutes(minutes.Attendance(), (), (), None)


def minutes_of(
    items: tuple[minutes.Item, ...], approval: minutes.Approval | None, next_dates: tuple[str, ...]
) -> bytes:
    return _minutes(minutes.Attendance(), (), items, approval, next_dates)


def _minutes(
    attendance: minutes.Attendance,
    declarations: tuple[minutes.Declaration, ...],
    items: tuple[minutes.Item, ...],
    approval: minutes.Approval | None,
    next_dates: tuple[str, ...] = ("Business meeting: 14 January 2027, 10:00",),
) -> bytes:
    return minutes.render(
        minutes.Minutes(
            organisation=BODY,
            marking=MARKING,
            kind="Rapid review",
            title="Rapid review meeting",
            date="Thursday 3 December 2026",
            time="10:00 to 11:50",
            place="Plough Lane, room 2",
            chair="Morwenna Pugh",
            reference=REFERENCE,
            attendance=attendance,
            quorum="Quorate: three agencies were present or represented (council, police, health). ToR 5.",
            declarations=declarations,
            items=items,
            next_dates=next_dates,
            confidentiality="Strictly confidential. Other use needs the supplier's consent.",
            approval=approval,
            contact_lines=CONTACT,
        )
    )
