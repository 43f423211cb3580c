"""A reading laid out so that an officer confirms it in a few clicks."""

from __future__ import annotations

from forms import ReferralForm
from forms.web import dress
from jcr.intake.laid_out import Group, groups

READ = {
    "referrer_name": "R Ashdown",
    "incident_date": "2026-05-01",
    "subjects": [{"subject_dob": "1951-03-14"}],
}


def laid_out(**faults: str) -> dict[str, Group]:
    form = ReferralForm(data=READ)
    for name, sentence in faults.items():
        form[name].errors = [sentence]
    dress(form)
    return {group.key: group for group in groups(form, {"referrer": "The referrer"}, {"incident_date"})}


def names(questions: object) -> list[str]:
    return [question.short_name for question in questions]  # type: ignore[attr-defined]


def test_what_is_doubtful_comes_first_and_stands_nowhere_else() -> None:
    found = laid_out()
    assert next(iter(found)) == "first"
    assert names(found["first"].answered) == ["incident_date"]
    assert "incident_date" not in names(found["incident"].answered + found["incident"].folded)


def test_answers_are_shown_and_empty_questions_are_folded() -> None:
    referrer = laid_out()["referrer"]
    assert referrer.title == "The referrer"
    assert names(referrer.answered) == ["referrer_name"]
    assert "referrer_role" in names(referrer.folded)


def test_a_question_with_a_fault_is_never_folded() -> None:
    assert "referrer_role" in names(laid_out(referrer_role="Enter your role")["referrer"].answered)


def test_a_row_keeps_its_first_question_in_sight() -> None:
    [people] = laid_out()["subjects"].answered
    [row] = people.entries
    assert names(row.shown) == ["subject_name", "subject_dob"]
    assert "subject_gender" in names(row.folded)
