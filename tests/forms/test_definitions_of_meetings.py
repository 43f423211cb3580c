"""The forms round the rapid review: report and decision record, papers, action updates, management reviews."""

from datetime import date

import pytest

from forms import FORMS, ActionUpdateForm, PaperForm, RapidReviewForm, ScopingForm, text, word
from forms.outcomes import ACTIVITIES, RECOMMENDATIONS
from forms.web import topics_asked
from jcr.decisions import rules
from jcr.triage.rules import ACTIVITIES as OFFERED

TODAY = date(2026, 11, 22)

REPORT = {
    "case_reference": "JCR-2026-0001",
    "review_type_requested": ["child"],
    "date_notified": "2026-10-30",
    "rapid_review_due": "2026-11-20",
    "meeting_date": "2026-11-18",
    "attendees": [{"agency": "Police", "name": "Ada Pryce", "presence": "present"}],
    "quorate": "yes",
    "conflicts_of_interest": "None were declared.",
    "agencies_scoped": [{"agency": "Fire Service", "returned": "nil", "returned_on": "2026-11-09"}],
    "subject_core_data": [
        {
            "subject_initials": "M.Ł.",
            "subject_age": "7",
            "subject_gender": "male",
            "subject_ethnicity": "Not known",
        }
    ],
    "facts_summary": "He was brought to the emergency department.",
    "parallel_processes": "None.",
    "immediate_safeguarding_action": "no",
    "criteria_tests": [{"test": "The child has died (section 16C)", "met": "yes", "evidence": "Certificate"}],
    "working_together_concern": "no",
    "protected_characteristics_considered": "His first language was not asked for.",
    "good_practice": "The ward stayed with him.",
    "learning_points": "Ask for the first language.",
    "recommendation": "lcspr",
    "recommendation_reasons": "Both criteria are met.",
}
DECISION = {
    "board": "Testham Police",
    "decided_by": "Bo Quill, Chief Superintendent",
    "decision": "accept",
    "decision_reasons": "Agreed.",
    "date_of_decision": "2026-11-20",
}

UPDATE = {
    "agency_name": "Testham Hospitals",
    "author_name": "Cal Reed",
    "author_role": "Matron",
    "author_email": "c.reed@example.org",
    "safeguarding_lead_name": "Dee Vance",
    "date_completed": "2026-11-20",
    "due_on": "2026-12-01",
}


def report(**changes):
    return RapidReviewForm.from_answers({**REPORT, **changes}, today=TODAY)


def update(**changes):
    return ActionUpdateForm.from_answers({**UPDATE, **changes}, today=TODAY)


@pytest.mark.tor("3.6")
def test_a_report_of_a_rapid_review_is_complete_before_it_is_ratified():
    assert report().problems() == []
    assert report().answers() == REPORT


def test_the_report_offers_what_the_pages_offer_in_the_same_words():
    assert RECOMMENDATIONS == rules.NAMES
    assert ACTIVITIES == OFFERED


@pytest.mark.tor("3.6")
def test_a_recommendation_is_never_without_its_reasons():
    assert report(recommendation_reasons="").errors == {
        "recommendation_reasons": ["Give the reasons: they are part of the record and cannot be left out"]
    }


def test_a_meeting_later_than_it_was_due_is_explained():
    assert report(rapid_review_due="2026-11-16").errors == {
        "reasons_for_delay": ["Say why the meeting was later than it was due"]
    }
    assert report(rapid_review_due="2026-11-16", reasons_for_delay="Snow.").problems() == []


def test_a_joint_review_names_the_reviews_that_are_joined():
    assert report(recommendation="joint").errors == {"joined_reviews": ["Select the reviews"]}
    assert "joined_reviews" not in report(joined_reviews=["lcspr", "dhr"]).answers()


def test_a_national_review_is_weighed_for_a_child_only():
    adult = report(review_type_requested=["adult"], national_review="No", abuse_types_considered=["neglect"])
    assert "national_review" not in adult.answers()
    assert adult.errors == {
        "subject_core_data.0.subject_care_support_needs": ["Enter the care and support needs"]
    }


@pytest.mark.tor("7.8")
def test_the_referrer_is_told_after_the_decision_and_not_before():
    assert report(referrer_notified="2026-11-21").errors == {
        "referrer_notified": ["Enter the decision first: the referrer is told after it"]
    }
    assert report(referrer_notified="2026-11-19", decisions=[DECISION]).errors == {
        "referrer_notified": ["Date the referrer was told must be on or after the decision"]
    }
    assert report(referrer_notified="2026-11-21", decisions=[DECISION] * 3).problems() == []


def test_nothing_is_ratified_before_the_group_has_met():
    early = report(decisions=[{**DECISION, "date_of_decision": "2026-11-17"}])
    assert list(early.errors) == ["decisions.0.date_of_decision"]


@pytest.mark.tor("9.6")
def test_a_late_paper_says_why():
    sentences = dict(PaperForm.from_answers({"late_paper": "yes"}, today=TODAY).problems())
    assert sentences["late_reasons"] == "Say why the paper is late"
    assert "late_reasons" not in dict(PaperForm.from_answers({"late_paper": "no"}, today=TODAY).problems())


@pytest.mark.tor("9.2")
def test_a_paper_names_who_checked_it():
    sentences = dict(PaperForm.from_answers({"paper_purpose": "decision"}, today=TODAY).problems())
    assert sentences["checked_by"] == "Enter who checked it"
    assert sentences["decision_asked"] == "Say what the group is asked to decide"


@pytest.mark.tor("8.2")
def test_done_and_made_a_difference_are_asked_apart():
    done = update(
        action_state="done", what_was_done="Audited.", date_done="2026-11-19", evidence="The audit."
    )
    assert done.errors == {
        "made_a_difference": ["Select whether it has made the difference that was expected"]
    }


@pytest.mark.tor("8.2")
def test_an_action_that_will_be_late_says_by_when_and_what_keeps_people_safe_meanwhile():
    late = {
        "action_state": "late",
        "progress": "Half.",
        "reasons_for_delay": "Staff.",
        "mitigating_action": "Calls.",
    }
    assert update(**late).errors == {"new_date": ["Enter the new date"]}
    assert update(**late, new_date="2026-11-30").errors == {
        "new_date": ["The new date must be after the day the action is due"]
    }
    assert update(**late, new_date="2027-01-15").problems() == []
    assert "evidence" not in update(**late, evidence="left over").answers()


def test_the_person_who_updates_an_action_sees_what_was_agreed_and_cannot_change_it():
    form = text.blank(ActionUpdateForm, {"action_number": "A12", "task": "Ask for the first language."})
    assert "Action: A12\n" in form
    assert "action_number" not in {name for topic in ActionUpdateForm.topics for name in topic.names}


@pytest.mark.tor("P.9")
def test_a_management_review_is_asked_for_only_when_the_request_is_for_one():
    assert "imr" not in topics_asked(ScopingForm, {"agency_involved": "yes"})
    assert "imr" not in topics_asked(ScopingForm, {"request_kind": "scoping", "agency_involved": "yes"})
    assert "imr" in topics_asked(ScopingForm, {"request_kind": "imr", "agency_involved": "yes"})


@pytest.mark.tor("P.9")
def test_what_was_written_on_a_management_review_is_not_kept_when_none_was_asked_for():
    given = {"agency_involved": "yes", "methodology": "Interviews"}
    assert "methodology" not in ScopingForm(data=given).answers()
    assert ScopingForm(data={**given, "request_kind": "imr"}).answers()["methodology"] == "Interviews"


@pytest.mark.tor("P.9")
def test_a_management_review_says_how_it_was_done_and_who_accepts_it():
    asked = {"agency_involved": "yes", "request_kind": "imr"}
    sentences = dict(ScopingForm.from_answers(asked, today=TODAY).problems())
    assert sentences["methodology"] == "Say how the review was done"
    assert sentences["senior_manager"] == "Enter the senior manager who has read and accepts this review"
    nil = ScopingForm.from_answers({**asked, "agency_involved": "no"}, today=TODAY)
    assert "methodology" not in dict(nil.problems())


def test_documents_leave_out_what_the_office_has_ruled_out_and_no_more():
    heading = "Individual management review"
    assert heading not in text.blank(ScopingForm)
    assert f"== {heading} ==" in text.blank(ScopingForm, {"request_kind": "imr"})
    assert "Good practice" in text.blank(ScopingForm, {"agency_involved": "no"})
    assert len(word.blank(ScopingForm, ScopingForm.fullest)) > len(word.blank(ScopingForm))


def test_a_draft_keeps_no_answer_that_was_only_assumed():
    form = ScopingForm(data={"author_name": "Cal", "agency_name": "Fire"}, only=("author_name",))
    assert form.merged() == {"author_name": "Cal", "agency_name": "Fire"}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_form_says_what_it_is_and_what_it_is_for(form):
    assert form.title
    assert form.purpose.endswith(".")
