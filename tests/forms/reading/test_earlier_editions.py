"""A form of an earlier edition that comes back is read by that edition, and answers under the names of today."""

import pytest

from forms import Form, Stamp, Topic, pdf, text, word
from forms.fields import Date, LongText, Row, Rows, Text
from forms.reading.docx import read as read_docx
from forms.reading.own import read_own
from forms.reading.pdf import read as read_pdf
from forms.reading.result import Reading
from forms.reading.text import layout_of

YEAR = 2026


class Person(Row):
    """Somebody met on the visit."""

    name = Text("Name")


class First(Form):
    """As it was sent out years ago."""

    kind, edition, title = "visit", 1, "Report of a visit"
    topics = (Topic("all", "The visit", ("visitor", "seen", "hat_size", "met")),)
    renamed = {"visitor": "visitor_name", "met": "people_met"}
    visitor = Text("Who called")
    seen = LongText("What was to be seen")
    hat_size = Text("Size of hat")
    met = Rows(Person, "People met", one="Person", most=3)


class Second(Form):
    """As it is sent out today: a question renamed, another dropped, a third new."""

    kind, edition, title = "visit", 2, "Report of a visit"
    topics = (Topic("all", "The visit", ("visitor_name", "seen", "people_met", "day")),)
    visitor_name = Text("Name of the visitor")
    seen = LongText("What was seen")
    people_met = Rows(Person, "People met", one="Person", most=3)
    day = Date("Day of the visit")


EDITIONS = (Second, First)
ANSWERS = {
    "visitor": "Siân Ŵyn",
    "seen": "A cold hall.\nNobody in.",
    "hat_size": "7",
    "met": [{"name": "Ada"}],
}
MEDIA = {"docx": (word.blank, read_docx), "pdf": (pdf.blank, read_pdf), "txt": (text.blank, layout_of)}


def returned(medium: str, number: int = 1) -> Reading:
    """The first edition as it comes back, filled in, under this edition number."""
    blank, read = MEDIA[medium]
    stamp = Stamp("visit", number, "JCR-2026-0001", "police", "TOKEN")
    return read_own(read(blank(First, ANSWERS, stamp)), stamp, YEAR, EDITIONS)


@pytest.mark.parametrize("medium", MEDIA)
def test_an_earlier_edition_still_reads_under_the_names_of_today(medium: str) -> None:
    reading = returned(medium)
    assert reading.edition == 1
    assert reading.fields["visitor_name"] == "Siân Ŵyn"
    assert reading.fields["seen"] == "A cold hall.\nNobody in."
    assert reading.rows["people_met"] == [{"name": "Ada"}]
    assert reading.found["visitor_name"].text == "Siân Ŵyn"
    assert not {"visitor", "met"} & {*reading.fields, *reading.rows, *reading.found}


@pytest.mark.parametrize("medium", MEDIA)
def test_an_answer_that_has_no_place_any_more_is_shown_and_not_lost(medium: str) -> None:
    reading = returned(medium)
    assert Second.unknown(reading.fields) == {"hat_size": "7"}


@pytest.mark.parametrize("medium", MEDIA)
def test_the_words_an_earlier_edition_printed_are_not_taken_for_answers(medium: str) -> None:
    assert returned(medium).unplaced == []


def test_an_edition_that_was_never_sent_out_is_read_as_todays_and_says_so() -> None:
    reading = returned("docx", number=9)
    assert "We sent out no edition 9 of this form." in reading.notes[0]
    assert reading.fields["seen"] == "A cold hall.\nNobody in."
    told = "\n".join([*reading.unplaced, *(str(value) for value in reading.fields.values())])
    assert "Siân Ŵyn" in told
