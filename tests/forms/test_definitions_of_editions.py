"""Editions: a form that was sent out is frozen, and what comes back on an earlier one still counts."""

import pytest

from forms import FORMS, Form, Topic, edition_of, under_current_names
from forms.fields import Date, LongText, Text


class First(Form):
    """As it was sent out years ago."""

    kind, edition, title = "visit", 1, "Report of a visit"
    topics = (Topic("all", "All", ("visitor", "seen", "hat_size")),)
    renamed = {"seen": "what_was_seen"}
    visitor = Text("Visitor", required=True)
    seen = LongText("Seen")
    hat_size = Text("Size of hat")


class Second(Form):
    """With another name for one question, and one question fewer."""

    kind, edition, title = "visit", 2, "Report of a visit"
    topics = (Topic("all", "All", ("visitor", "what_was_seen")),)
    renamed = {"visitor": "visitor_name"}
    visitor = Text("Visitor", required=True)
    what_was_seen = LongText("What was seen")


class Third(Form):
    """As it is sent out today."""

    kind, edition, title = "visit", 3, "Report of a visit"
    topics = (Topic("all", "All", ("visitor_name", "what_was_seen", "day")),)
    visitor_name = Text("Visitor", required=True)
    what_was_seen = LongText("What was seen")
    day = Date("Day")


EDITIONS = (Third, First, Second)


def test_each_kind_has_one_edition_that_is_sent_out_today():
    for kind, form in FORMS.items():
        assert edition_of(kind, form.edition) is form


def test_an_earlier_edition_is_found_by_its_number():
    assert edition_of("visit", 1, EDITIONS) is First
    assert edition_of("visit", 3, EDITIONS) is Third


@pytest.mark.parametrize("kind, number", [("visit", 4), ("visit", 0), ("journey", 1)])
def test_an_edition_that_was_never_sent_out_is_not_made_up(kind, number):
    assert edition_of(kind, number, EDITIONS) is None


def test_answers_to_an_earlier_edition_stand_under_the_names_of_today():
    returned = First(data={"visitor": "Ada", "seen": "A hall", "hat_size": "7"}).answers()
    moved = under_current_names(First, returned, EDITIONS)
    assert moved == {"visitor_name": "Ada", "what_was_seen": "A hall", "hat_size": "7"}
    assert Third.from_answers(moved).problems() == []


def test_what_has_no_place_any_more_is_shown_and_not_lost():
    moved = under_current_names(First, {"hat_size": "7"}, EDITIONS)
    assert Third.unknown(moved) == {"hat_size": "7"}


def test_answers_to_the_edition_of_today_stay_as_they_are():
    assert under_current_names(Third, {"visitor_name": "Ada"}, EDITIONS) == {"visitor_name": "Ada"}
