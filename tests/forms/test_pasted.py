"""Chronologies as people copy them out of Excel: with headings or without, times in the day, over several lines."""

from __future__ import annotations

import pytest

from forms import ScopingForm
from forms.pasted import events


@pytest.mark.parametrize(
    "pasted, expected",
    [
        ("03/02/2025\tVisit, nobody in", [{"date": "03/02/2025", "event": "Visit, nobody in"}]),
        ("03/02/2025\t10:30\tVisit", [{"date": "03/02/2025", "time": "10:30", "event": "Visit"}]),
        ("03/02/2025\tSystmOne\tVisit", [{"date": "03/02/2025", "source": "SystmOne", "event": "Visit"}]),
        ("03/02/2025 10:30:00\tVisit", [{"date": "03/02/2025", "time": "10:30", "event": "Visit"}]),
        (
            "Details\tDate of contact\tWorker\r\nRang\t4 May 2025\tP. Quill\r\n\r\nWrote\t5 May 2025\t",
            [{"event": "Rang\nWorker: P. Quill", "date": "4 May 2025"}, {"event": "Wrote", "date": "5 May 2025"}],
        ),
        ('3 May 2025\t"Said: ""no""\nand left"', [{"date": "3 May 2025", "event": 'Said: "no"\nand left'}]),
        ('3 May 2025\tA 6" bruise\n4 May 2025\tNone', [
            {"date": "3 May 2025", "event": 'A 6" bruise'}, {"date": "4 May 2025", "event": "None"},
        ]),
        ("summer 2024\tMoved house", [{"date": "summer 2024", "event": "Moved house"}]),
        ("a\tb\tc\td\te\tf\tg", [
            {"date": "a", "time": "b", "source": "c", "event": "d\ng", "action": "e", "impact": "f"},
        ]),
        (
            "31/02/2025\tdescription\n31/02/2025 10:30\tRang",
            [
                {"date": "31/02/2025", "event": "description"},
                {"date": "31/02/2025", "time": "10:30", "event": "Rang"},
            ],
        ),
        (
            "Contact with Fownhope High\t\t\nDate of contact\tSource\tDetails of event\n3rd Mar 2025\tCPOMS\tRang",
            [{"date": "3rd Mar 2025", "source": "CPOMS", "event": "Rang"}],
        ),
        (
            "Contact\t\tOutcome\nDate / time\tDetails of contact\tAction by school\n12.04.25 14:30\tAbsent\tText sent",
            [{"date": "12.04.25 14:30", "event": "Absent", "action": "Text sent"}],
        ),
        ("Date;Time;What happened\n2025-06-01;09:15;\"Late; said bus\"\n1 June 2025;;Second", [
            {"date": "2025-06-01", "time": "09:15", "event": "Late; said bus"},
            {"date": "1 June 2025", "event": "Second"},
        ]),
        ("Date,Event\n7 July 2025,\"Rang, wrote\"", [{"date": "7 July 2025", "event": "Rang, wrote"}]),
        ("| Date | Event |\n|------|:-----:|\n| 7 July 2025 | Rang |", [{"date": "7 July 2025", "event": "Rang"}]),
        ("7 July 2025; Rang\n8 July 2025; Wrote", [
            {"date": "7 July 2025", "event": "Rang"}, {"date": "8 July 2025", "event": "Wrote"},
        ]),
        ("7 July 2025, seen, and well\n\n8 July 2025, rang", [
            {"date": "7 July 2025", "event": "seen, and well"}, {"date": "8 July 2025", "event": "rang"},
        ]),
        ("He was seen; all was well, they said", [{"event": "He was seen; all was well, they said"}]),
        ("summer 2024\tContact with mum\nMay 2024\tAction by school", [
            {"date": "summer 2024", "event": "Contact with mum"}, {"date": "May 2024", "event": "Action by school"},
        ]),
        (" \n\t\n", []),
    ],
)  # fmt: skip
def test_each_row_becomes_an_event_and_every_cell_is_kept(
    pasted: str, expected: list[dict[str, str]]
) -> None:
    assert events(pasted) == expected


@pytest.mark.parametrize(
    "written", ["31/02/2025", "2025-02-31", "31 Feb 2025", "12/13/2025", "29/2/25", "00/00/2025", "3/2/205"]
)
def test_a_day_that_is_none_is_told_and_stays_as_it_was_written(written: str) -> None:
    form = ScopingForm.from_answers({"agency_involved": "yes", "chronology": events(f"{written}\tVisit")})
    told = dict(form.problems())["chronology.0.date"]
    assert told == f"Date must be a real date, or a period like November 2023; “{written}” is neither"
    assert form.answers()["chronology"] == [{"date": written, "event": "Visit"}]


@pytest.mark.parametrize(
    "written",
    ["28/02/2025", "3/2/25", "November 2023", "early 2024", "2 to 9 May 2024", "03/2025", "5 weeks 2025"],
)
def test_a_day_or_a_period_is_taken(written: str) -> None:
    form = ScopingForm.from_answers({"agency_involved": "yes", "chronology": events(f"{written}\tVisit")})
    assert "chronology.0.date" not in dict(form.problems())


def test_quoted_cells_beside_commas_are_read_as_they_are_quoted() -> None:
    told = '"01/02/2024","Visited, saw"\n"02/02/2024","They were\nat home"\n03/02/2024,Walked 3,000 steps'
    assert [(one["date"], one["event"]) for one in events(told)] == [
        ("01/02/2024", "Visited, saw"),
        ("02/02/2024", "They were\nat home"),
        ("03/02/2024", "Walked 3,000 steps"),
    ]


def test_a_sentence_above_the_headings_is_an_event_and_a_title_is_none() -> None:
    told = "Chronology of the school\nShe told the nursery.\nDate\tEvent\n01/02/2024\tx"
    assert events(told) == [{"event": "She told the nursery."}, {"date": "01/02/2024", "event": "x"}]
