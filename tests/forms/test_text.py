"""The form as plain text, to paste into an e-mail."""

import pytest

from forms import FORMS, ReferralForm, ScopingForm, Stamp, text
from forms.fields import Rows
from forms.names import stamp_in
from forms.reading import read

STAMP = Stamp("scoping", 1, "JCR-2026-0001", "POL", "k7Qx")


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_question_is_asked_under_its_topic(form):
    lines = text.blank(form, form.fullest).splitlines()
    for topic in form.topics:
        assert f"== {topic.title} ==" in lines
    given = set(form.given.names) if form.given else set()
    for question in form().questions:
        asked = question.entries[0].questions if isinstance(question, Rows) else [question]
        for one in asked:
            if one.short_name not in given:
                assert any(line.startswith(one.label.text) and ":" in line for line in lines)


def test_what_is_known_is_filled_in_beside_its_label():
    known = {"referrer_name": "Siân Łuk", "incident_date": "2026-02-03", "immediate_concerns": "no",
             "review_type_requested": ["adult"], "incident_summary": "One\nTwo",
             "family_members": [{"name": "Kezia"}]}  # fmt: skip
    form = text.blank(ReferralForm, known)
    assert "Your name *: Siân Łuk\n" in form
    assert "Date of the incident * (day/month/year): 3 February 2026\n" in form
    assert "Is anyone at risk now? *: [ ] Yes  [x] No  [ ] Not known\n" in form
    assert "[x] Safeguarding adult review" in form
    assert "What happened? *:\nOne\nTwo\n" in form
    assert "-- Person 1 --\nName *: Kezia\n" in form


def test_the_stamp_stands_in_a_line_of_its_own():
    form = text.blank(ScopingForm, {"subject_name": "Enid"}, STAMP)
    assert "Form code: form:scoping:1 JCR-2026-0001/POL/k7Qx\n" in form
    assert stamp_in(form) == STAMP
    assert "Name of the person: Enid\n" in form


def test_a_form_sent_to_nobody_says_which_form_it_is():
    assert stamp_in(text.blank(ReferralForm)) == Stamp("referral", 1)


def test_the_form_says_where_it_ends_so_that_a_signature_below_it_is_no_answer():
    assert text.blank(ReferralForm).endswith("\n\n== End of the form ==\n")


def test_a_long_answer_keeps_every_blank_line():
    told = {"agency_name": "Police", "involvement_summary": "One.\n\nTwo.\n\n\nThree: 3\n- four"}
    returned = text.blank(ScopingForm, told, STAMP).encode() + b"\nKind regards\nA. Pryce\n"
    assert read("return.txt", returned).answers() == told
