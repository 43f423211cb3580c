"""The group's own forms filled in on a page: the same definition and the same way on as those that come by e-mail."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import FORMS, Form
from forms.reading.result import Reading
from forms.web import dress, error_list, rows_changed
from jcr.cases.model import Case
from jcr.cases.service import visible_to
from jcr.cases.words import as_reference
from jcr.errors import Incomplete, NotNow, Refused
from jcr.files.web import must_be_clean
from jcr.meetings import submitted
from jcr.meetings.model import Meeting
from jcr.meetings.paper_model import MeetingPaper
from jcr.people.model import Person
from jcr.permissions import Permission
from jcr.roles import Actor
from jcr.submissions import service
from jcr.submissions.blank_pages import about
from jcr.submissions.blueprint import pages
from jcr.submissions.filled import About, filled
from jcr.submissions.placing import place_of
from jcr.web.access import allow, may
from jcr.web.request import actor, calendar, db, now, person, today


@pages.route("/forms/<kind>", methods=["GET", "POST"])
@allow(Permission.SEE_GROUP)
def answer(kind: str) -> ResponseReturnValue:
    """One form on one page, filled with what is known; sent, it waits to be checked like any other."""
    if kind not in service.CALLED:
        abort(404)
    found = about()
    try:
        known, _ = filled(db(), kind, found, now())
    except Refused as why:
        flash(str(why), "problem")
        return redirect(url_for("submissions.forms", case=found.case.reference if found.case else None))
    if request.method == "GET":
        return _page(found, FORMS[kind](data=known, today=today()))
    return _send(kind, found, FORMS[kind](request.form, data=known, today=today()))


def _send(kind: str, about: About, form: Form) -> ResponseReturnValue:
    """Takes the form in, or shows it again with everything typed and what is to be put right."""
    if rows_changed(form, request.form):
        return _page(about, form)
    if not form.validate():
        return _page(about, form, error_list(form)), 422
    answers = form.answers()
    case = about.case or (about.action.case if about.action else None)
    try:
        case = case or (named_case(answers, person()) if kind == "paper" else None)
        place = place_of(db(), kind, answers, case, person().agency)
    except NotNow as why:
        return _page(about, form, {"titleText": "There is a problem", "errorList": [{"text": str(why)}]}), 422
    paper = None
    if kind == "paper" and place.meeting:
        try:
            paper = file_of(place.meeting, place.case, actor())
        except Incomplete as why:
            return _page(about, form, not_taken(why)), 422
    read = Reading(kind, type(form).title, type(form).edition, fields=answers).as_json()
    both = {"reading": read, "answers": answers}
    taken = service.take(db(), kind, place, both, person().email, now(), actor(), now(), paper)
    if may(Permission.SORT_MAIL):
        flash("It is taken in. Accept it, and what it says is acted on.")
        return redirect(f"/submissions/{taken.id}")
    flash("It is with the Partnership Team. Nothing follows from it until they have looked at it.")
    return redirect(url_for("submissions.forms"))


def named_case(answers: dict[str, Any], author: Person) -> Case | None:
    """The case a paper names itself. Raises NotNow for one that there is not, or that its author does not see."""
    reference = as_reference(str(answers.get("case_reference") or ""))
    if not reference:
        return None
    found = db().scalar(visible_to(author).where(Case.reference == reference))
    if found is None:
        raise NotNow("There is no such case. Check the case reference, or leave it empty.")
    return found


def file_of(meeting: Meeting, case: Case | None, sender: Actor) -> MeetingPaper:
    """The file that came with a paper. Raises Incomplete, with what to do, when it cannot be taken."""
    content = next((file.read() for file in request.files.getlist("file") if file.filename), b"")
    if not content:
        raise Incomplete("Choose the paper itself, a Word or PDF file. What you typed is still here.")
    try:
        must_be_clean(content)
        pdf = submitted.as_pdf(content)
    except Incomplete as why:
        submitted.keep_refused(db(), case, content, str(why), sender, now())
        raise
    return submitted.take(db(), meeting, case, content, pdf, calendar(), now())


def not_taken(why: Incomplete) -> dict[str, Any]:
    """The file is not taken, in words for the top of the page; a file that is refused stays with us."""
    g.kept = True
    fault = {"text": f"The file was not taken. {why}", "href": "#file"}
    return {"titleText": "There is a problem", "errorList": [fault]}


def _page(about: About, form: Form, errors: dict[str, Any] | None = None) -> str:
    dress(form)
    return render_template("submissions/answer.html", form=form, about=about, errors=errors)
