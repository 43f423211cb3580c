"""Copies of forms and rapid review reports: ordinary, awkward, and with nothing in them."""

from forms.shown import Line, Section, Table
from jcr.documents import recommendation, referral
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

PEOPLE = Table(
    "family", "Family and household", ["Name", "Relationship", "Date of birth"], [["C.D.", "Mother", "1998"]]
)


def plain_referral() -> bytes:
    about_you = [
        Line("name", "Your name", "Siân Ŵyn"),
        Line("phone", "Telephone", "Not answered", answered=False),
    ]
    story = Line("circumstances", "What happened", "The health visitor called and nobody answered. " * 12)
    child = [Line("dob", "Date of birth", "4 May 2024"), Line("area", "Area of residence", "Herefordshire")]
    sections = [
        Section("referrer", "About you", about_you),
        Section("subjects", "Who the referral is about", [], [PEOPLE], [("subjects.0", "Person 1", child)]),
        Section(
            "incident", "What happened", [Line("date", "Date of the incident", "1 November 2026"), story]
        ),
    ]
    return _copy(sections)


def awkward_referral() -> bytes:
    wide = Table(
        "rows",
        HOSTILE,
        [f"Heading {i}" for i in range(8)],
        [[NAMES, UNBROKEN, "", "1", "2", "3", "4", HOSTILE]] * 40,
    )
    lines = [
        Line("a", HOSTILE, AWKWARD),
        Line("b", NAMES, NAMES),
        Line("c", UNBROKEN, ""),
        Line("d", LONG, "no"),
    ]
    empty = Table("none", "Nobody", ["Name"], [])
    blocks = [("p.0", HOSTILE, lines), ("p.1", "", [])]
    return _copy([Section("x", HOSTILE, lines, [wide, empty], blocks), Section("y", "Empty")])


def bare_referral() -> bytes:
    return _copy([])


def _copy(sections: list[Section]) -> bytes:
    return referral.render(
        referral.FormCopy(
            organisation=BODY,
            marking=MARKING,
            reference=REFERENCE,
            title="Referral for a joint case review",
            facts={"Reference": REFERENCE, "Received": "3 November 2026", "Edition of the form": "1"},
            sections=sections,
            contact_lines=CONTACT,
        )
    )


def plain_report() -> bytes:
    return _report(
        recommendation="A local child safeguarding practice review.",
        rationale="Three agencies each held a part of the picture and none held the whole.",
        subjects=("A.B., 2 years",),
        dates=(("Council aware", "1 November 2026"), ("Notified to the Panel", "5 November 2026")),
        incident="A.B. was brought to hospital with injuries that were not explained.",
        agencies_returned=("Herefordshire Council", "West Mercia Police", "Wye Valley NHS Trust"),
        timeline=(recommendation.Event("May 2026", "First missed appointment"),),
        equality="Considered: the mother's first language is Polish and no interpreter was used.",
        voice="A.B. does not speak yet; nursery staff described a watchful child.",
        criteria=(
            recommendation.Criterion(
                "Child: serious incident",
                "Abuse or neglect known or suspected",
                "Met",
                "Police return",
                "s.16C(1)",
            ),
            recommendation.Criterion(
                "Child: serious incident", "Died or seriously harmed", "Met", "Hospital return", "s.16C(2)"
            ),
        ),
        terms=(("Kind", "Local child safeguarding practice review"), ("Joint", "No")),
        immediate="The police saw the siblings on 4 December 2026.",
        actions=(Action("A1", "See the siblings again", "Police", "11 December 2026", "Open"),),
        quorum="Quorate: three agencies were present.",
        signed_by="Signed by the chair on 4 December 2026.",
        ratifications=(
            recommendation.Ratification(
                "Eleri Maddox",
                "Chief Executive, council",
                "Accepted",
                "The reasons are sound.",
                "7 December 2026",
            ),
        ),
        to_sign=("Lead safeguarding partner, police",),
        contact_lines=CONTACT,
    )


def awkward_report() -> bytes:
    texts = ("incident", "family", "equality", "voice", "learning", "good_practice", "dissent", "publication")
    criterion = recommendation.Criterion(HOSTILE, LONG, "Not known", AWKWARD, "s.44")
    return _report(
        recommendation=AWKWARD,
        rationale=AWKWARD,
        subjects=tuple(NAMES.split(", ")),
        timeline=tuple(recommendation.Event(NAMES, HOSTILE) for _ in range(40)),
        criteria=(criterion,) * 3,
        terms=((HOSTILE, AWKWARD),),
        actions=(Action("", HOSTILE, NAMES, UNBROKEN),),
        ratifications=(recommendation.Ratification(NAMES, HOSTILE, UNBROKEN, LONG, ""),),
        **dict.fromkeys(texts, AWKWARD),
    )


def bare_report() -> bytes:
    return _report(recommendation="", rationale="")


def _report(**said: object) -> bytes:
    heads = {"organisation": BODY, "marking": MARKING, "reference": REFERENCE, "title": "Rapid review report"}
    return recommendation.render(recommendation.Recommendation(date="4 December 2026", **heads, **said))  # type: ignore[arg-type]
