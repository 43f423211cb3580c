"""The page on which an office holder reads the report and answers, once for each office held."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.web import dress, error_list
from jcr.cases.model import Case
from jcr.cases.web import the_case
from jcr.decisions import service
from jcr.decisions.blueprint import pages
from jcr.decisions.model import Answered
from jcr.decisions.questions import AnswerForm, ConflictForm
from jcr.decisions.recommendation_pages import shown
from jcr.people.model import OFFICE_NAMES, Office
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.request import actor, db, now, person, today


@pages.get("/ratify")
@allow(Permission.READ_RECOMMENDATION)
def ratification(reference: str) -> ResponseReturnValue:
    return _page(the_case(reference), AnswerForm(), ConflictForm())


@pages.post("/ratify/<office>")
@allow(Permission.RATIFY)
def answer(reference: str, office: str) -> ResponseReturnValue:
    case, form = the_case(reference), AnswerForm(request.form)
    if office not in set(Office):
        abort(404)
    if not form.validate():
        return _page(case, form, ConflictForm(), form, Office(office)), 422
    outcome = Answered(form.outcome.data)
    service.ratify(db(), case, Office(office), outcome, form.reason.data, person(), now())
    flash(f"Your answer as {OFFICE_NAMES[Office(office)]} is recorded: {outcome.shown.lower()}.")
    return redirect(url_for("decisions.ratification", reference=case.reference))


@pages.post("/ratify/conflict")
@allow(Permission.RATIFY)
def conflict(reference: str) -> ResponseReturnValue:
    case, form = the_case(reference), ConflictForm(request.form)
    if not form.validate():
        return _page(case, AnswerForm(), form, form), 422
    service.declare_conflict(db(), case, form.what.data, person(), actor(), now())
    flash("Your conflict of interest is recorded. You no longer see this case, and another has to answer.")
    return redirect("/")


def _page(
    case: Case,
    form: AnswerForm,
    conflict: ConflictForm,
    wrong: Form | None = None,
    office: Office | None = None,
) -> str:
    """The report with the form for the first office that waits for this person, if any."""
    found = service.latest(db(), case)
    waiting = service.offices_to_answer(db(), found, person(), today()) if found else []
    dress(form)
    dress(conflict)
    return shown(
        case,
        "decisions/ratify.html",
        form=form,
        conflict=conflict,
        office=office if office in waiting else next(iter(waiting), None),
        waiting=waiting,
        names=OFFICE_NAMES,
        errors=error_list(wrong) if wrong else None,
    )
