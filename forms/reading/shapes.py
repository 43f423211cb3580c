"""A reading in the shape the web form keeps its answers in: one mapping, people in rows."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from forms import FORMS
from forms.fields import Rows
from forms.form import definition

from .coded import with_codes

if TYPE_CHECKING:
    from .result import Reading


def as_form_answers(reading: "Reading") -> dict[str, Any]:
    """Return the answers of a reading as `Form(data=...)` takes them.

    In a referral, what is known of the one subject goes into the first row of `subjects`; parts of a name are
    put together; a prefix such as referrer_contact that was not split stays as it is, for a person to place.
    """
    answers: dict[str, Any] = {
        **reading.fields,
        **{name: [dict(row) for row in rows] for name, rows in reading.rows.items()},
    }
    if reading.kind == "referral" and reading.stamp is None:
        _grounds(answers)
        _subjects(answers)
    if reading.kind == "scoping" and reading.stamp is None:
        _lists_as_text(answers)
    if reading.stamp is None and reading.kind in FORMS:
        answers = with_codes(reading.kind, answers)
    return answers


def _subjects(answers: dict[str, Any]) -> None:
    """Move the subject's answers into a row of their own."""
    form = definition(FORMS["referral"])
    subjects = form["subjects"]
    assert isinstance(subjects, Rows)
    names = {name for name, _ in subjects.entries[0]._unbound_fields}
    subject = {
        name: answers.pop(name) for name in list(answers) if name in names and name not in form._fields
    }
    parts = [answers.pop(name, "") for name in ("subject_forename", "subject_surname")]
    if any(parts) and "subject_name" not in subject:
        subject["subject_name"] = " ".join(part for part in parts if part)
    for name in ("subject_identifier", "subject_initials"):
        if value := answers.pop(name, ""):
            subject.setdefault("subject_name", value)
    if subject.get("subject_date_of_death"):
        subject.setdefault("subject_died", "yes")
    answers.pop("subject_postcode", None)  # it is part of the address
    _plan(answers, subject)
    if subject:
        answers["subjects"] = [subject, *answers.get("subjects", [])]


def _plan(answers: dict[str, Any], subject: dict[str, Any]) -> None:
    """A form that asks of current and earlier plans at once answers both when the answer is no."""
    either = answers.pop("cp_plan_current_or_previous", None)
    if either == "no":
        subject.setdefault("cp_plan_current", "no")
        subject.setdefault("cp_plan_previous", "no")
    elif either:
        subject.setdefault("cp_plan_details", f"Current or previous plan: {either}")


def _grounds(answers: dict[str, Any]) -> None:
    """A stranger's grounds keep their printed letters or words, as text under our own question."""
    grounds = answers.pop("criteria_grounds", None)
    if grounds:
        words = "; ".join(grounds) if isinstance(grounds, list) else grounds
        before = answers.get("criteria_grounds_text", "")
        answers["criteria_grounds_text"] = f"{before}\nGrounds relied on: {words}".strip()


def _lists_as_text(answers: dict[str, Any]) -> None:
    for name, value in answers.items():
        if isinstance(value, list) and not any(isinstance(item, Mapping) for item in value):
            answers[name] = "\n".join(value)
