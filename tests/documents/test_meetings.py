"""Agendas and minutes as members read them."""

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from forms.paper.document import Furniture
from forms.paper.document import render as on_paper
from forms.paper.text import prose
from jcr.documents import minutes, parts
from tests.documents.samples import meetings
from tests.pages import pages_of

Words = Callable[[bytes], str]


@pytest.mark.tor("B.4")
def test_an_agenda_tells_when_where_who_and_what_for(words: Words) -> None:
    text = words(meetings.plain_agenda())
    for part in (
        "Date Thursday 3 December 2026",
        "Time 10:00 to 12:00",
        "Chair Morwenna Pugh",
        "Case JCR-2026-0001",
        "Papers to be in by 24 November 2026",
        "3 What the agencies know Papers: Scoping returns; Joint chronology All Discuss 40 min",
        "The child route is the only one open.",
        "Time planned for all items: 1 h 40 min.",
        "Det. Supt. Ian Marsh Public Protection, West Mercia Police",
    ):
        assert part in text, part


def test_an_agenda_with_nothing_on_it_says_so(words: Words) -> None:
    text = words(meetings.bare_agenda())
    assert "There are no items yet." in text
    assert "Nobody has been invited yet." in text


def test_a_supplement_adds_up_its_own_items_alone(words: Words) -> None:
    text = words(meetings.supplement())
    assert "Time planned for these items: 20 min." in text
    assert "all items" not in text
    assert "No item is new or has changed. Taken off" in words(meetings.supplement(items=()))


def test_heads_of_a_long_agenda_stand_on_each_page(words: Words) -> None:
    assert words(meetings.awkward_agenda()).count("No. Item Lead Purpose Time") > 3


@pytest.mark.tor("B.5")
def test_minutes_tell_who_came_and_for_whom(words: Words) -> None:
    text = words(meetings.plain_minutes())
    assert "Morwenna Pugh Head of Safeguarding Herefordshire Council Present" in text
    assert "Sgt Ceri Bevan Public Protection West Mercia Police Deputy for Ian Marsh" in text
    assert "Alwyn Price Partnership Officer Business Unit In attendance" in text
    assert "Nobody was absent." in text
    assert "Quorate: three agencies were present" in text
    assert "Managed the team in 2019 Stayed, as the work was not hers" in text


@pytest.mark.tor("B.5")
def test_minutes_number_decisions_and_keep_rationale_dissent_and_actions(words: Words) -> None:
    text = words(meetings.plain_minutes())
    for part in (
        "2. The criteria, route by route",
        "Decision 1 The criteria of section 16C are met.",
        "Rationale Neglect is suspected",
        "Dissent Probation would have waited",
        "A1 Check that the two other children have been seen West Mercia Police 27 November 2026",
        "Business meeting: 14 January 2027, 10:00",
    ):
        assert part in text, part


@pytest.mark.tor("9.7", "B.5")
def test_minutes_are_a_draft_until_the_chair_approves_them(words: Words) -> None:
    draft, approved = words(meetings.bare_minutes()), words(meetings.plain_minutes())
    assert "Draft: the chair has not approved these minutes yet." in draft
    assert "Draft minutes, Thursday 3 December 2026" in draft
    assert "Draft" not in approved
    assert "Approved as a true record by Morwenna Pugh, Chair, on 7 December 2026." in approved


def test_the_approval_has_company_on_its_page() -> None:
    for lines in range(18, 46):
        said = minutes.Item("1", "Welcome", "\n\n".join(["A line."] * lines))
        for approval in (None, minutes.Approval("Morwenna Pugh", "Chair", "7 December 2026")):
            for dates, company in (
                (("14 January 2027",), "14 January 2027"),
                ((), "No actions were agreed."),
            ):
                content = meetings.minutes_of((said,), approval, dates)
                last = pages_of(content)[-1]
                assert company in last.partition("Approved as a true record")[0], (lines, dates)


def test_the_approval_has_a_row_of_the_last_table_for_company() -> None:
    for many in range(12, 50):
        agreed = tuple(
            minutes.Action(f"A{one}", "Check it", "Police", "14 May 2027") for one in range(1, many + 1)
        )
        said = minutes.Item("1", "Welcome", "A line.", actions=agreed)
        for approval in (None, minutes.Approval("Morwenna Pugh", "Chair", "7 December 2026")):
            made = pages_of(meetings.minutes_of((said,), approval, ()))
            rows = [page.count("Check it") for page in made]
            assert sum(rows) == many
            assert rows[-1], (many, rows)


def test_no_row_stands_alone_at_the_end_of_a_long_table() -> None:
    for many in range(14, 40):
        came = tuple(minutes.Attendee(f"Ann {one}", "Nurse", "Trust") for one in range(many))
        made = meetings._minutes(minutes.Attendance(present=came), (), (), None)
        rows = [page.count("Present") for page in pages_of(made)]
        assert sum(rows) == many
        assert 1 not in rows, (many, rows)
    facts = [f"Fact {number}" for number in range(5)]  # without heads, whose room the row would have again
    for lines in range(20, 45):
        story = [*prose("\n".join(["A line."] * lines)), *parts.facts(dict.fromkeys(facts, "known"), "Facts")]
        pages = pages_of(on_paper(story, "Facts", Furniture("Office")))
        assert pages[-1].count("known") != 1, lines


def test_minutes_without_declarations_say_so(words: Words) -> None:
    assert "Nobody declared an interest." in words(meetings.bare_minutes())


def test_a_heading_above_another_goes_to_the_next_page_with_it() -> None:
    first, second = PdfReader(io.BytesIO(meetings.plain_minutes())).pages
    assert "Items" not in first.extract_text().splitlines()
    below = [line.strip() for line in second.extract_text().splitlines()]
    assert below[below.index("Items") + 1] == "1. Welcome"


def test_minutes_written_ahead_call_nobody_absent(words: Words) -> None:
    invited = minutes.Attendance(
        apologies=(minutes.Attendee("Ian Marsh", "Det. Supt.", "West Mercia Police"),)
    )
    assert invited.nobody == minutes.Attendance().nobody == "Attendance is not recorded yet."
    assert "Nobody was absent" not in words(meetings.bare_minutes())
