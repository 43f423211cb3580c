"""Our plain-text form comes back in an e-mail: every answer under its name, no line lost."""

from forms import ReferralForm, ScopingForm, Stamp, text
from forms.text_answers import answered

REFERRAL = {
    "review_type_requested": ["child", "learning"],
    "referrer_name": "Siân Łuk",
    "incident_date": "2026-02-03",
    "incident_time": "04:25",
    "incident_summary": "One\n\n  Two: with a colon\nThree [sic]",
    "criteria_grounds_child": ["child_died", "child_working_together"],
    "immediate_concerns": "no",
    "subjects": [{"subject_name": "Marek", "subject_dob": "2019-02-03", "subject_gender": "male",
                  "subject_care_status": "looked_after"}],
    "family_members": [{"name": "Kezia", "cp_plan": "not_known"}, {"name": "Denzel"}],
    "family_note": "They moved twice.",
}  # fmt: skip


def test_every_answer_comes_back_and_nothing_else():
    back = answered(ReferralForm, text.blank(ReferralForm, REFERRAL))
    assert back.answers == REFERRAL
    assert back.left == []


def test_an_empty_form_gives_no_answers():
    back = answered(ReferralForm, text.blank(ReferralForm))
    assert (back.answers, back.left) == ({}, [])


def test_a_form_quoted_in_a_reply_is_read_and_what_stands_round_it_is_left_over():
    quoted = "\n".join(f"> {line}" for line in text.blank(ReferralForm, REFERRAL).split("\n"))
    back = answered(ReferralForm, f"Dear team,\nplease find it below.\n\n{quoted}")
    assert back.answers["referrer_name"] == "Siân Łuk"
    assert back.answers["immediate_concerns"] == "no"
    assert back.left == ["Dear team,", "please find it below."]


def test_what_the_office_filled_in_and_the_agency_answered_come_back_together():
    sent = text.blank(ScopingForm, {"subject_name": "Enid", "agency_name": "Police"}, Stamp("scoping", 1))
    returned = sent.replace("or the family? *: [ ] Yes  [ ] No", "or the family? *: [ ] Yes  [X] No")
    back = answered(ScopingForm, returned)
    assert back.answers == {"subject_name": "Enid", "agency_name": "Police", "agency_involved": "no"}


def test_two_boxes_ticked_where_one_is_asked_are_kept_for_a_person_to_decide():
    sent = text.blank(ReferralForm).replace(
        "Is anyone at risk now? *: [ ] Yes  [ ] No", "Is anyone at risk now? *: [x] Yes  [x] No"
    )
    form = ReferralForm.from_answers(answered(ReferralForm, sent).answers)
    assert form.answers()["immediate_concerns"] == "Yes\nNo"
    assert "immediate_concerns" in form.errors


def test_a_signature_is_not_part_of_the_last_answer():
    back = answered(
        ReferralForm, text.blank(ReferralForm, {"sin_reference": "SIN 7"}) + "-- \nSiân Łuk\nNurse\n"
    )
    assert back.answers == {"sin_reference": "SIN 7"}
    assert back.left == ["--", "Siân Łuk", "Nurse"]
