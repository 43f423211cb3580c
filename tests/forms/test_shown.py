"""Answers as people read them, on check pages, case pages and copies."""

from forms import FORMS, ReferralForm, ScopingForm
from forms.shown import NOT_ANSWERED, sections


def texts(form, answers):
    return {line.name: line.text for section in sections(form, answers) for line in section.lines}


def test_answers_are_put_into_words():
    shown = texts(
        ReferralForm,
        {
            "review_type_requested": ["child", "learning"],
            "incident_date": "2026-02-03",
            "family_aware": "not_known",
            "incident_summary": "One\nTwo",
        },
    )
    assert shown["review_type_requested"].splitlines()[1].startswith("Other learning")
    assert shown["incident_date"] == "3 February 2026"
    assert shown["family_aware"] == "Not known"
    assert shown["incident_summary"] == "One\nTwo"


def test_a_question_left_empty_says_so_and_a_hidden_one_is_not_there():
    shown = texts(ReferralForm, {"review_type_requested": ["adult"], "immediate_concerns": "no"})
    assert shown["referrer_name"] == NOT_ANSWERED
    assert "immediate_concerns_details" not in shown
    assert "sin_sent" not in shown


def test_a_wrong_answer_is_shown_as_it_was_typed():
    assert texts(ReferralForm, {"incident_date": "31/2/2026"})["incident_date"] == "31/2/2026"


def test_people_with_many_answers_are_shown_in_blocks_and_the_others_in_tables():
    found = sections(
        ReferralForm,
        {
            "subjects": [
                {"subject_name": "Marek", "subject_nhs_number": "9990047855"},
                {"subject_name": "Lena"},
            ],
            "family_members": [{"name": "Kezia", "relationship": "Mother"}, {"name": "Denzel"}],
        },
    )
    blocks = next(section for section in found if section.key == "subjects").blocks
    assert [(name, heading) for name, heading, _ in blocks] == [
        ("subjects", "Person 1"),
        ("subjects", "Person 2"),
    ]
    assert {line.label: line.text for line in blocks[0][2]} == {
        "Full name": "Marek",
        "NHS number": "999 004 7855",
    }
    table = next(section for section in found if section.key == "family").tables[0]
    assert table.heads == ["Name", "Relationship to the person"]
    assert table.rows == [["Kezia", "Mother"], ["Denzel", ""]]


def test_a_nil_return_shows_only_what_was_asked():
    found = sections(ScopingForm, {"agency_involved": "no", "involvement_summary": "left over"})
    assert [section.key for section in found] == ["agency", "involvement"]


def test_every_form_can_be_shown_empty():
    for form in FORMS.values():
        assert sections(form, {})
