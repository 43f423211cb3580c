"""The original made safe to show, and each answer with the place it came from."""

from __future__ import annotations

import pytest

from forms import ReferralForm
from jcr.intake.shown import annotate, box_of, safe_html, sources
from jcr.intake.storable import storable
from mail_intake.message import Message

READING = {
    "found": {
        "referrer_name": {"text": "R Ashdown", "where": "table 1, row 1", "how": "beside", "score": 1.0},
        "incident_date": {
            "text": "about May",
            "where": "line 4",
            "how": "line",
            "score": 1,
            "doubt": "approximate",
        },
        "subject_name": {
            "text": "C M",
            "where": "line 5",
            "how": "line",
            "score": 0.6,
            "label": "Name of adult",
        },
        "case_summary": {
            "text": "n/a",
            "where": "line 9",
            "how": "line",
            "score": 1,
            "doubt": "not applicable",
        },
    }
}


@pytest.mark.parametrize(
    "trick",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">here</a>',
        '<p style="background:url(//evil.example)">text</p>',
        "<style>p{background:url(//evil.example)}</style>",
        '<iframe src="//evil.example"></iframe>',
        "<svg><script>alert(1)</script></svg>",
        '<form action="//evil.example"><input name=x></form>',
    ],
)
def test_no_trick_of_a_page_survives(trick: str) -> None:
    shown = safe_html(Message("", 0, html=f"<p>Before</p>{trick}<p>After</p>"))
    assert "<p>Before</p>" in shown
    assert "<p>After</p>" in shown
    for danger in ("alert", "evil.example", "onerror", "<form", "<input", "<a", "style"):
        assert danger not in shown


def test_each_answer_says_where_it_came_from_and_why_to_doubt_it() -> None:
    found = {source.name: source for source in sources(READING)}
    assert found["referrer_name"].sentence("R Ashdown") == "On the form, table 1, row 1."
    assert found["referrer_name"].sentence("R Ash") == "On the form: “R Ashdown”, table 1, row 1."
    assert found["incident_date"].sentence("") == "On the form: “about May”, line 4. Check it: approximate."
    assert found["subject_name"].doubt == "the reader is not sure of it"
    assert "case_summary" not in found  # nothing was answered there


def test_the_hint_of_a_question_tells_its_source_also_for_the_subject() -> None:
    form = ReferralForm(data={"referrer_name": "R Ashdown", "subjects": [{"subject_name": "C M"}]})
    annotate(form, sources(READING))
    assert form["referrer_name"].hint.startswith("On the form, table 1, row 1")
    assert form["subjects"].entries[0]["subject_name"].hint.startswith("On the form, line 5")
    assert box_of(form, "subject_name") == "subjects-0-subject_name"
    assert box_of(form, "chronology") == ""


def test_text_no_database_can_hold_is_made_to_fit() -> None:
    assert storable({"a\x00": ["b\udc80c", ("d\x00", 1)], "e": None}) == {"a": ["bc", ["d", 1]], "e": None}


def test_headings_stand_on_lines_of_their_own_and_leave_the_outline_of_our_page_alone() -> None:
    shown = safe_html(Message("", 0, html="<h1 class=x>What happened</h1>He fell.<center>End</center>"))
    assert shown == "<div>What happened</div>He fell.<div>End</div>"
