"""The page on which an office holder reads the report and answers, once for each office held."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.web import dress, error_list
from jcr.cases.model import Case
from jcr.cases.web import the_case
from jcr.decisions import putting, service
from jcr.decisions.blueprint import pages
from jcr.decisions.model import Answered
from jcr.decisions.questions import AnswerForm, ConflictForm, PutToForm, TakeBackForm
from jcr.decisions.recommendation_pages import shown
from jcr.errors import Incomplete
from jcr.people.model import OFFICE_NAMES, Office
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.asking import form_page
from jcr.web.request import actor, calendar, db, now, person, the_letterhead, today


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


@pages.post("/ratify/<office>/take-back")
@allow(Permission.RATIFY)
def take_back(reference: str, office: str) -> ResponseReturnValue:
    case, form = the_case(reference), TakeBackForm(request.form)
    if office not in set(Office):
        abort(404)
    if not form.validate():
        return _page(case, AnswerForm(), ConflictForm(), form), 422
    service.take_back(db(), case, Office(office), form.why.data, person(), now())
    flash(f"Your acceptance as {OFFICE_NAMES[Office(office)]} is taken back. You are asked to answer again.")
    return redirect(url_for("decisions.ratification", reference=case.reference))


@pages.route("/ratify/<office>/another", methods=["GET", "POST"])
@allow(Permission.RECOMMEND)
def another(reference: str, office: str) -> ResponseReturnValue:
    """Puts the recommendation to another holder of the office, or to a delegate."""
    case = the_case(reference)
    if office not in set(Office):
        abort(404)
    found = service.latest(db(), case) or abort(404)
    people = {one.id: one for one in putting.can_be_put_to(db(), found, Office(office), today())}
    form = PutToForm(request.form or None, people=list(people.values()))
    dress(form)
    if request.method == "POST" and form.validate():
        chosen, until = people[int(form.person.data)], form.until.day or today()
        try:
            putting.put_to(
                db(),
                the_letterhead(),
                calendar(),
                case,
                Office(office),
                chosen,
                until,
                form.why.data,
                actor(),
                now(),
            )
        except Incomplete as lacking:
            form.until.errors = [str(lacking)]
        else:
            flash(f"The recommendation is put to {chosen.name}, who is written to.")
            return redirect(url_for("decisions.ratification", reference=case.reference))
    name = OFFICE_NAMES[Office(office)]
    return form_page("decisions/put_to.html", form, case=case, name=name)


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
    back = wrong if isinstance(wrong, TakeBackForm) else TakeBackForm()
    dress(back)
    return shown(
        case,
        "decisions/ratify.html",
        form=form,
        conflict=conflict,
        office=office if office in waiting else next(iter(waiting), None),
        waiting=waiting,
        accepted=service.acceptances(db(), case, person()),
        back=back,
        names=OFFICE_NAMES,
        errors=error_list(wrong) if wrong else None,
    )
