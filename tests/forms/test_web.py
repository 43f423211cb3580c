"""The forms on the web: GOV.UK questions, rows without JavaScript, and nothing typed lost."""

import re
from datetime import date

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from lxml import html
from werkzeug.datastructures import MultiDict

from forms import FORMS, ReferralForm, ScopingForm
from forms.web import error_list, rows_changed, topic_form, topic_state, topics_asked

TODAY = date(2026, 11, 22)
LIBRARIES = ("govuk_frontend_jinja", "govuk_frontend_wtf")
PAGE = '{% from "forms/fields.html" import topic %}<form>{{ topic(form) }}</form>'


@pytest.fixture(autouse=True)
def app():
    app = Flask(__name__)
    libraries = PrefixLoader({name: PackageLoader(name) for name in LIBRARIES})
    app.jinja_loader = ChoiceLoader([FileSystemLoader("templates"), libraries])
    with app.test_request_context():
        yield app


@pytest.fixture
def show(app):
    def show(form):
        return html.fromstring(app.jinja_env.from_string(PAGE).render(form=form))

    return show


def posted(**values):
    return MultiDict((name, item) for name, value in values.items() for item in _each(value))


def _each(value):
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize(
    "form, key", [(form, topic.key) for form in FORMS.values() for topic in form.topics], ids=str
)
def test_every_topic_shows_every_one_of_its_questions(show, form, key):
    page = show(topic_form(form, key, answers=form.fullest))
    names = {re.sub(r"-0-.*", "", name) for name in page.xpath("//*/@name")}
    assert set(form.topic(key).names) <= names
    ids = page.xpath("//*/@id")
    assert len(ids) == len(set(ids))
    for label in page.xpath("//label/@for"):
        assert label in ids


def test_each_wrong_answer_is_listed_with_a_link_to_the_box_that_takes_the_focus(show):
    form = topic_form(ReferralForm, "incident", posted(incident_date=["", "2", "2026"]), today=TODAY)
    form.validate()
    errors = error_list(form)["errorList"]
    assert errors[0] == {"text": "Date of the incident must include a day", "href": "#incident_date-day"}
    ids = show(form).xpath("//*/@id")
    assert all(error["href"][1:] in ids for error in errors)


def test_faults_inside_rows_say_which_person_they_concern(show):
    form = topic_form(ReferralForm, "subjects", posted(**{"subjects-0-subject_name": "Marek"}), today=TODAY)
    form.validate()
    errors = error_list(form)["errorList"]
    assert {"text": "Person 1: Select the gender", "href": "#subjects-0-subject_gender"} in errors
    ids = show(form).xpath("//*/@id")
    assert all(error["href"][1:] in ids for error in errors)


@pytest.mark.parametrize("boxes", [[], ["3"], ["3", "2"], ["3", "2", "2026"], ["3", "2", "2026", "9"]])
def test_any_number_of_date_boxes_is_survived(boxes, show):
    form = topic_form(
        ReferralForm, "incident", posted(incident_date=boxes, incident_summary="x"), today=TODAY
    )
    form.validate()
    assert show(form) is not None


@pytest.mark.parametrize(
    "boxes", [["", "2", "2026"], ["31", "2", "2026"], ["3", "Feb", "26"], ["a/b", "2", ""]]
)
def test_a_wrong_date_comes_back_box_by_box_as_it_was_typed(boxes, show):
    form = topic_form(ReferralForm, "incident", posted(incident_date=boxes), today=TODAY)
    assert not form.validate()
    page = show(form)
    shown = [page.xpath(f"//input[@id='incident_date-{part}']/@value") for part in ("day", "month", "year")]
    assert "/".join(value[0] if value else "" for value in shown) == "/".join(boxes)


def test_paragraphs_come_back_as_typed_however_often_the_page_is_shown_again(show):
    typed = "One\n  two\n\nthree <script>alert(1)</script> & “more”"
    details = "line one\nline two"
    form = topic_form(
        ReferralForm, "risk", posted(immediate_concerns="yes", immediate_concerns_details=details,
                                     immediate_action_taken=typed.replace("\n", "\r\n")))  # fmt: skip
    for _ in range(3):
        page = show(form)
        taken = page.xpath("//textarea[@name='immediate_action_taken']")[0].text
        inside = page.xpath("//textarea[@name='immediate_concerns_details']")[0].text
        assert (taken, inside) == (typed, details)
        form = topic_form(
            ReferralForm, "risk", posted(immediate_concerns="yes", immediate_concerns_details=inside,
                                         immediate_action_taken=taken))  # fmt: skip


def test_a_row_is_added_and_another_removed_with_all_else_that_was_typed_left_alone():
    typed = {
        "agencies_involved-0-agency": "Police",
        "agencies_involved-1-agency": "Housing",
        "agencies_involved-2-agency": "Probation",
        "other_authority_involved": "no",
    }
    press = posted(**typed, **{"agencies_involved-add": "add"})
    form = topic_form(ReferralForm, "agencies", press)
    assert rows_changed(form, press)
    assert len(form.agencies_involved.entries) == 4
    press = posted(**typed, **{"agencies_involved-1-remove": "remove"})
    form = topic_form(ReferralForm, "agencies", press)
    assert rows_changed(form, press)
    assert [row["agency"] for row in form.merged()["agencies_involved"]] == ["Police", "Probation"]
    assert form.merged()["other_authority_involved"] == "no"


def test_removing_the_only_row_leaves_an_empty_one_to_fill_in(show):
    press = posted(**{"agencies_involved-5-agency": "Police", "agencies_involved-5-remove": "remove"})
    form = topic_form(ReferralForm, "agencies", press)
    assert rows_changed(form, press)
    assert show(form).xpath("//input[@name='agencies_involved-0-agency']/@value") in ([], [""])


def test_pressing_continue_changes_no_rows():
    form = topic_form(ReferralForm, "agencies", posted(**{"agencies_involved-0-agency": "Police"}))
    assert not rows_changed(form, posted(**{"agencies_involved-0-agency": "Police"}))


def test_the_enter_key_continues_and_never_removes_a_row(show):
    page = show(topic_form(ReferralForm, "agencies"))
    first = page.xpath("//button[@type='submit']")[0]
    assert first.get("name") is None
    assert first.text == "Continue"


def test_a_question_hangs_below_the_option_it_belongs_to(show):
    page = show(topic_form(ReferralForm, "agencies"))
    below = page.xpath("//div[contains(@class, 'govuk-radios__conditional')]")
    assert below[0].xpath(".//input/@name") == ["other_authority_details"]
    assert len(page.xpath("//input[@name='other_authority_details']")) == 1


def test_what_an_earlier_page_ruled_out_is_not_shown(show):
    page = show(topic_form(ReferralForm, "processes", answers={"review_type_requested": ["adult"]}))
    assert page.xpath("//*[@name='sin_sent']") == []
    page = show(topic_form(ReferralForm, "processes", answers={"review_type_requested": ["adult", "child"]}))
    assert len(page.xpath("//*[@name='sin_sent']")) == 3


def test_a_nil_return_has_two_pages():
    assert topics_asked(ScopingForm, {"agency_involved": "no"}) == ["agency", "involvement"]


def test_an_empty_page_posted_is_taken_as_empty_and_not_as_what_was_stored():
    stored = {"linked_cases": "An earlier review", "review_type_requested": ["child"], "referrer_name": "Ada"}
    form = topic_form(ReferralForm, "review", posted(csrf_token="t", linked_cases=""), stored)
    assert form.merged() == {"referrer_name": "Ada"}


def test_a_page_opened_shows_what_was_stored(show):
    stored = {"incident_date": "2026-02-03", "incident_summary": "It fell.", "incident_time": "09:30"}
    page = show(topic_form(ReferralForm, "incident", MultiDict(), stored))
    assert page.xpath("//input[@id='incident_date-month']/@value") == ["2"]
    assert page.xpath("//textarea[@name='incident_summary']")[0].text == "It fell."
    assert page.xpath("//input[@name='incident_time']/@value") == ["09:30"]


def test_the_task_list_can_tell_how_far_a_topic_is():
    assert topic_state(ReferralForm, "referrer", {}) == "todo"
    assert topic_state(ReferralForm, "referrer", {"referrer_name": "Ada"}) == "started"
    done = {"referrer_name": "A", "referrer_role": "B", "referrer_agency": "C", "referrer_telephone": "101"}
    assert topic_state(ReferralForm, "referrer", done) == "done"


def test_a_topic_that_does_not_exist_is_a_key_error():
    with pytest.raises(KeyError):
        topic_form(ReferralForm, "shoes")
