"""The forms as the office knows them: what is asked, what is kept, and what is said of a wrong answer."""

import json
import re
from datetime import date

import pytest

from forms import FORMS, Form, ReferralForm, ScopingForm
from forms.fields import Rows
from forms.form import definition

TODAY = date(2026, 11, 22)

SUBJECT = {
    "subject_name": "Marek Łukaszewicz-Sîon",
    "subject_dob": "2019-02-03",
    "subject_gender": "male",
    "subject_ethnicity": "White – Roma",
    "subject_address": "1 Test Row\nTestham",
    "subject_died": "no",
}

REFERRAL = {
    "review_type_requested": ["child"],
    "referrer_name": "Ada Pryce",
    "referrer_role": "Named nurse",
    "referrer_agency": "Testham Hospitals",
    "referrer_email": "a.pryce@example.org",
    "date_of_referral": "2026-11-20",
    "safeguarding_lead_name": "Bo Quill",
    "safeguarding_lead_email": "b.quill@example.org",
    "subjects": [SUBJECT],
    "incident_date": "2026-11-01",
    "date_aware": "2026-11-02",
    "incident_summary": "He was brought to the emergency department.",
    "case_summary": "Known to services since birth.",
    "criteria_evidence": "Records of the ward.",
    "agency_concerns": "A bruise was not shared.",
    "agencies_involved": [{"agency": "Health visiting", "still_involved": "yes"}],
    "immediate_concerns": "no",
}


def referral(**changes: object) -> Form:
    return ReferralForm.from_answers({**REFERRAL, **changes}, today=TODAY)


def about_subject(**changes: object) -> Form:
    return referral(subjects=[{**SUBJECT, **changes}])


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_question_stands_in_exactly_one_topic(form):
    topics = form.topics + ((form.given,) if form.given else ())
    assert sorted(name for topic in topics for name in topic.names) == sorted(form()._fields)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_condition_names_a_question_and_options_it_has(form):
    blank = form()
    rows = [question.entries[0] for question in blank.questions if isinstance(question, Rows)]
    for sheet in [blank, *rows]:
        for when in filter(None, (question.when for question in sheet.questions)):
            other = sheet._fields.get(when[0]) or blank[when[0]]
            assert set(when[1]) <= set(other.options)


def test_a_complete_referral_is_accepted_and_its_answers_can_be_stored_as_they_are():
    form = referral()
    assert form.problems() == []
    assert form.answers() == REFERRAL
    assert json.loads(json.dumps(form.answers())) == REFERRAL


def test_stored_answers_read_back_are_the_same_answers():
    again = ReferralForm.from_answers(referral().answers(), today=TODAY)
    assert again.answers() == REFERRAL


def test_given_answers_are_understood_as_a_draft_would_keep_them():
    family = [{"name": "Bo Quill", "strange": "x"}, {}, {"name": " "}]
    given = REFERRAL | {
        "incident_date": "1 November 2026",
        "subjects": [SUBJECT | {"subject_dob": "3/2/19", "subject_died": "No"}],
        "family_members": family,
        "immediate_concerns": "Perhaps",
        "case_summary": None,
        "strange": "x",
    }
    understood = definition(ReferralForm).understood(given)
    assert understood == ReferralForm(data=given).typed()
    assert (understood["incident_date"], understood["immediate_concerns"]) == ("2026-11-01", "Perhaps")
    assert not definition(ReferralForm).typed()


def test_an_empty_referral_says_what_to_enter_for_each_thing_needed():
    problems = dict(ReferralForm.from_answers({}, today=TODAY).problems())
    assert problems["review_type_requested"] == "Select at least one kind of review"
    assert problems["referrer_name"] == "Enter your name"
    assert problems["incident_date"] == "Enter the date of the incident"
    assert problems["subjects.0.subject_name"] == "Enter the full name of the person"
    assert problems["agencies_involved.0.agency"] == "Enter the agency"


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ("2026-11-23", "Date of the incident must be today or in the past"),
        ("31/2/2026", "Date of the incident must be a real date"),
        ("3 Smarch 2026", "Date of the incident must be a real date"),
        ("/2/2026", "Date of the incident must include a day"),
        ("//2026", "Date of the incident must include a day and month"),
        ("3/2/26", "Date of the incident must have a year of 4 numbers, like 2026"),
        ("last summer", "Date of the incident must be a date, like 3 2 2026 or 3 February 2026"),
        ("3/2/1066", "Date of the incident must be after 1880"),
    ],
)
def test_a_wrong_date_is_kept_as_typed_with_a_sentence_saying_what_to_do(typed, sentence):
    form = referral(incident_date=typed)
    assert form.errors == {"incident_date": [sentence]}
    assert form.incident_date.data == typed


@pytest.mark.parametrize(
    "typed",
    ["2026-02-03", "3/2/2026", "03.02.2026", "3 Feb 2026", "3rd of February, 2026", "Tuesday 3 February 2026",
     "February 3, 2026", "3-Feb-2026", "3 2 2026", date(2026, 2, 3)],
)  # fmt: skip
def test_a_date_is_understood_day_first_however_it_is_written(typed):
    assert ReferralForm(data={"incident_date": typed}).answers() == {"incident_date": "2026-02-03"}


@pytest.mark.parametrize(
    "typed, time",
    [("23:40", "23:40"), ("0425 hrs", "04:25"), ("2.30pm", "14:30"), ("12 am", "00:00"), ("9:05", "09:05")],
)
def test_a_time_is_understood_however_it_is_written(typed, time):
    assert referral(incident_time=typed).answers()["incident_time"] == time


@pytest.mark.parametrize("typed", ["25:00", "teatime", "11", "13pm"])
def test_a_wrong_time_is_kept_as_typed(typed):
    form = referral(incident_time=typed)
    assert form.errors == {"incident_time": ["Time of the incident must be a time, like 09:30 or 2.15pm"]}
    assert form.answers()["incident_time"] == typed


def test_dates_must_come_in_the_order_in_which_things_happen():
    assert referral(date_aware="2026-10-31").errors == {
        "date_aware": ["Date your agency became aware must be on or after the date of the incident"]
    }
    died_before_birth = about_subject(subject_died="yes", subject_date_of_death="2018-01-01")
    assert died_before_birth.problems() == [
        ("subjects.0.subject_date_of_death", "Date of death must be on or after the date of birth")
    ]


def test_a_death_in_the_future_is_refused():
    form = about_subject(subject_died="yes", subject_date_of_death="1 January 2027")
    assert form.problems() == [
        ("subjects.0.subject_date_of_death", "Date of death must be today or in the past")
    ]


def test_an_age_will_do_where_the_date_of_birth_is_not_known():
    assert about_subject(subject_dob="", subject_age="unborn").problems() == []
    assert about_subject(subject_dob="").errors == {
        "subjects.0.subject_dob": ["Enter the date of birth or, if it is not known, the age"]
    }


def test_a_telephone_number_will_do_where_there_is_no_e_mail_address():
    assert referral(referrer_email="", referrer_telephone="101 ext 5512").problems() == []
    assert referral(referrer_email="").errors == {
        "referrer_email": ["Enter an e-mail address or a telephone number"]
    }


@pytest.mark.parametrize(
    "typed",
    ["a.pryce at example.org", "a@b", "a b@example.org", "<a@example.org>", "=?utf-8?q?a=40b?=@example.org"],
)
def test_a_wrong_address_is_refused_with_an_example(typed):
    assert referral(referrer_email=typed).errors == {
        "referrer_email": ["E-mail address must be an e-mail address, like name@example.org"]
    }


def test_an_nhs_number_is_checked_by_its_last_digit():
    assert about_subject(subject_nhs_number="999 004 7855").answers()["subjects"][0][
        "subject_nhs_number"
    ] == ("9990047855")
    mistyped = about_subject(subject_nhs_number="9990047856")
    assert mistyped.errors["subjects.0.subject_nhs_number"][0].startswith("Check the NHS number")
    assert "10 digits" in about_subject(subject_nhs_number="99900").errors["subjects.0.subject_nhs_number"][0]


def test_a_hidden_question_is_neither_required_nor_kept():
    form = about_subject(subject_died="no", subject_date_of_death="2026-11-01")
    assert form.problems() == []
    assert "subject_date_of_death" not in form.answers()["subjects"][0]


def test_what_a_document_answers_is_kept_when_the_question_it_hangs_on_was_left_empty():
    form = about_subject(subject_died="", subject_date_of_death="2026-11-01")
    assert form.answers()["subjects"][0]["subject_date_of_death"] == "2026-11-01"
    assert form.errors == {"subjects.0.subject_died": ["Select whether the person has died"]}


def test_what_is_asked_of_a_person_follows_from_the_reviews_the_case_may_call_for():
    adult = about_subject(cp_plan_current="yes")
    assert adult.answers()["subjects"][0]["cp_plan_current"] == "yes"
    for_adults = referral(review_type_requested=["adult"], subjects=[{**SUBJECT, "cp_plan_current": "yes"}])
    assert "cp_plan_current" not in for_adults.answers()["subjects"][0]
    assert for_adults.errors == {
        "subjects.0.subject_care_support_needs": ["Enter the care and support needs"]
    }


def test_several_subjects_and_a_blank_row_between_them():
    form = referral(subjects=[SUBJECT, {}, {**SUBJECT, "subject_name": "Lena"}])
    assert [subject["subject_name"] for subject in form.answers()["subjects"]] == [
        "Marek Łukaszewicz-Sîon",
        "Lena",
    ]
    assert form.problems() == []


def test_a_choice_understands_its_wording_its_code_and_a_list_of_one():
    for given in ("yes", "Yes", "Y", ["yes"], True):
        assert referral(family_aware=given).answers()["family_aware"] == "yes"
    assert referral(family_aware="n/k").answers()["family_aware"] == "not_known"


def test_an_option_the_form_does_not_offer_is_kept_and_complained_of():
    form = referral(immediate_concerns="perhaps", review_type_requested=["child", "serious"])
    assert form.answers()["immediate_concerns"] == "perhaps"
    assert "“Yes”, “No”, “Not known”" in form.errors["immediate_concerns"][0]
    assert "“serious” is not one of" in form.errors["review_type_requested"][0]


def test_text_keeps_its_lines_and_loses_only_characters_no_file_can_hold():
    form = referral(incident_summary="One\r\nTwo\rThree\x00\x0bFour \ud800 “quoted” Ŵ 岩\n")
    assert form.answers()["incident_summary"] == "One\nTwo\nThree\nFour  “quoted” Ŵ 岩"


def test_too_long_a_text_is_kept_whole_and_its_length_told():
    form = referral(incident_summary="x" * 50_001)
    assert form.errors == {
        "incident_summary": ["What happened must be 50,000 characters or fewer; it has 50,001"]
    }
    assert len(form.answers()["incident_summary"]) == 50_001


def test_answers_no_question_takes_are_told_and_not_lost():
    strange = {**REFERRAL, "shoe_size": "9", "family_members": [{"name": "Kezia", "hobby": "chess"}]}
    assert ReferralForm.unknown(strange) == {"shoe_size": "9", "family_members.0.hobby": "chess"}


@pytest.mark.tor("3.3")
def test_a_nil_return_needs_only_the_author_and_what_was_searched():
    nil = {
        "agency_name": "Testham Fire Service",
        "author_name": "Cal Reed",
        "author_role": "Safeguarding officer",
        "author_email": "c.reed@example.org",
        "agency_involved": "no",
        "records_searched": "Incident and home visit records, 2020 to 2026",
    }
    form = ScopingForm.from_answers({**nil, "involvement_summary": "left over"}, today=TODAY)
    assert form.problems() == []
    assert form.answers() == nil


@pytest.mark.tor("3.3")
def test_an_agency_that_was_involved_is_asked_for_its_period_summary_and_analysis():
    problems = dict(ScopingForm.from_answers({"agency_involved": "yes"}, today=TODAY).problems())
    assert {"involvement_from", "involvement_to", "involvement_summary", "good_practice"} <= set(problems)
    assert "learning_identified" not in problems


def test_involvement_must_not_end_before_it_began():
    form = ScopingForm.from_answers(
        {"agency_involved": "yes", "involvement_from": "2024-05-01", "involvement_to": "2024-04-01"},
        today=TODAY,
    )
    assert form.errors["involvement_to"] == [
        "Involvement to must be on or after the date in “Involvement from”"
    ]


def test_an_event_may_have_a_period_instead_of_a_day():
    lines = [{"date": "3 Nov 2023", "event": "Visit"}, {"date": "Nov 2023", "event": "Calls"}]
    form = ScopingForm(data={"agency_involved": "yes", "chronology": lines})
    assert [line["date"] for line in form.answers()["chronology"]] == ["2023-11-03", "Nov 2023"]


@pytest.mark.parametrize("kind", FORMS)
def test_a_required_question_left_empty_is_asked_for_in_a_sentence(kind: str) -> None:
    """A label that is a question, or no noun, cannot stand behind “Enter the”."""
    asks = [question.ask for question in FORMS[kind]().questions if getattr(question, "required", False)]
    assert [
        ask for ask in asks if re.search(r"\bthe (what|who|why|how|our|approved|involvement)\b", ask)
    ] == []
