"""The page on which what was confirmed of a person is put right, once the office has seen what it changes."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Date, LongText, NhsNumber, Text, YesNo
from forms.web import dress, error_list
from jcr.cases import joining, likeness
from jcr.cases.model import Case, Subject
from jcr.cases.web import the_case
from jcr.desk import correcting
from jcr.desk.blueprint import pages
from jcr.desk.correcting import Effect
from jcr.errors import Refused
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.meanwhile import saved_meanwhile, stamp
from jcr.web.request import actor, calendar, db, now, person, settings, today


class CorrectForm(Form):
    subject_name = Text("Full name", required=True, ask="Enter the full name of the person")
    subject_other_names = Text("Other names")
    subject_dob = Date("Date of birth", not_future=True)
    subject_died = YesNo("Has the person died?")
    subject_date_of_death = Date("Date of death", not_future=True)
    subject_nhs_number = NhsNumber("NHS number", what="NHS number")
    incident_date = Date("Date of the incident", not_future=True)
    date_aware = Date("Date the agency became aware", not_future=True)
    why = LongText("How is it known?", required=True, lines=3, ask="Say how it is known")


@pages.route("/cases/<reference>/people/<int:subject_id>/correct", methods=["GET", "POST"])
@allow(Permission.CONFIRM_REFERRAL)
def correct_person(reference: str, subject_id: int) -> ResponseReturnValue:
    """Shows what would change, or corrects it: only ever what was shown."""
    case = the_case(reference)
    subject = next((one for one in case.subjects if one.id == subject_id), None) or abort(404)
    correcting.must_be_open(case)
    before = correcting.told(db(), case, subject)
    if request.method == "GET":
        return _page(case, subject, CorrectForm(data=before))
    form = CorrectForm(request.form)
    if theirs := saved_meanwhile(form, before):
        return _page(case, subject, form, theirs=theirs), 409
    good = form.validate()
    right = {name: str(form[name].data or "") for name in correcting.FACTS}
    for name, wrong in correcting.faults(right, case, today()) if good else ():
        form[name].errors, good = [wrong], False
    if not good:
        return _page(case, subject, form, errors=error_list(form)), 422
    found = correcting.effects(db(), case, subject, right, today(), calendar(), settings().dardr_commenced_on)
    if request.form.get("confirmed") != stamp(right):
        return _page(case, subject, form, found=found, confirmed=stamp(right))
    try:
        correcting.correct(db(), case, subject, right, form.why.data, found, actor(), now(), today())
    except Refused as refused:
        form.why.errors = [str(refused)]
        return _page(case, subject, form, errors=error_list(form)), 422
    flash("Corrected. What was on record before stands in the history.")
    for pair in likeness.resemblances(db(), person(), case):
        if pair.judged and joining.drifted(pair.judged, pair.subject, pair.other):
            flash(
                f"{pair.other.case.reference} holds the same person and still says otherwise. "
                "“Who may be known already” shows both."
            )
    return redirect(url_for("desk.case", reference=case.reference))


def _page(
    case: Case,
    subject: Subject,
    form: CorrectForm,
    found: list[Effect] | None = None,
    confirmed: str = "",
    theirs: Any = None,
    errors: Any = None,
) -> str:
    dress(form)
    return render_template(
        "desk/correct.html",
        case=case,
        subject=subject,
        form=form,
        found=found,
        confirmed=confirmed,
        earlier=correcting.earlier(db(), case, subject),
        seen=stamp(correcting.told(db(), case, subject)),
        theirs=theirs,
        errors=errors,
    )
