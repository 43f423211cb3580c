"""A stranger's wording becomes our option where it is clear, and a route only ever as a suggestion."""

import pytest

from forms import FORMS
from forms.reading import read
from forms.reading.coded import code_for

TITLE = (
    "Referral and notification for a Safeguarding Adults Review\nCircumstances that triggered the referral\n"
)


@pytest.mark.parametrize(
    "kind, name, words, code",
    [
        ("scoping", "opinion_review_type", "Other multi-agency learning review", "other_multi_agency_review"),
        ("scoping", "opinion_review_type", "Safeguarding Adults Review", "statutory_review"),
        ("scoping", "opinion_review_type", "Single agency review", "single_agency_review"),
        ("scoping", "opinion_review_type", "NFA", "no_further_action"),
        ("scoping", "opinion_review_type", "We cannot say", ""),
        ("referral", "harm_types", "Neglect", "neglect"),
        ("referral", "harm_types", "Self-neglect", "self_neglect"),
        ("referral", "harm_types", "Physical abuse", "physical"),
        ("referral", "harm_types", "Emotional", "psychological"),
        ("referral", "harm_types", "Cuckooing", ""),
    ],
)
def test_words_of_other_forms_mean_our_options_only_where_that_is_clear(kind, name, words, code):
    assert code_for(FORMS[kind]()[name], words) == code


def test_the_answers_pass_our_form_and_the_found_text_keeps_the_printed_words(build):
    form = (
        TITLE + "Date of referral | 3 May 2025\nName of adult | Bert Lund\n"
        "Type of abuse | ☐ Physical ☒ Neglect ☒ Self-neglect\n"
    )
    reading = read("form.docx", build.word_file(build.blocks(form)))
    answers = reading.answers()
    assert answers["harm_types"] == ["neglect", "self_neglect"]
    assert "Self-neglect" in reading.found["harm_types"].text
    assert "harm_types" not in FORMS["referral"].from_answers(answers).errors


@pytest.mark.parametrize(
    "form, route",
    [
        ("Referral for a Safeguarding Adults Review (Care Act)\n"
         "Circumstances that triggered the referral\nName of adult: Bert Lund", "adult"),
        ("Consideration of case for Serious Case Review\nCircumstances that triggered the referral\n"
         "Name of child: Bea Lund", "child"),
        ("Referral for a Domestic Homicide Review\nCircumstances that triggered the referral\n"
         "Victim name: Bea Lund", "domestic"),
    ],
)  # fmt: skip
def test_the_route_is_suggested_and_marked_doubtful(form, route):
    reading = read("body.txt", form.encode())
    assert reading.fields["review_type_requested"] == [route]
    assert reading.found["review_type_requested"].how == "suggested"
    assert "please confirm" in reading.found["review_type_requested"].doubt
    assert any("please confirm" in note for note in reading.notes)


def test_no_route_is_suggested_when_a_form_speaks_for_two():
    form = (
        "Referral for a Safeguarding Adults Review, Child Safeguarding Practice Review or Domestic Homicide Review\n"
        "Circumstances that triggered the referral\nYour name: Ada Moss\n"
    )
    assert "review_type_requested" not in read("body.txt", form.encode()).fields


def test_a_date_with_full_stops_is_not_a_time(build):
    form = TITLE + "Chronology\nDate | Event\n03.10.23 | Visit\n4.10.23 at 14.30 | Call\n"
    first, second = read("form.docx", build.word_file(build.blocks(form))).rows["chronology"]
    assert "time" not in first
    assert second["time"] == "14:30"
