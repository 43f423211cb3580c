"""The page behind the link in an invitation: a member without an account sends a paper for that meeting."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from forms import FORMS, Form
from forms.reading.result import Reading
from forms.web import dress, error_list, rows_changed
from jcr.correspondence.codes import HOLDER
from jcr.errors import Incomplete, NotNow
from jcr.meetings import papers
from jcr.meetings.invitations import by_link
from jcr.meetings.model import Attendance
from jcr.submissions import service
from jcr.submissions.answering_pages import file_of, named_case, not_taken
from jcr.submissions.blueprint import pages
from jcr.submissions.placing import Place
from jcr.web.access import behind_link
from jcr.web.request import calendar, db, now, today
from jcr.wording import local_day

KIND = "paper"


@pages.route("/meeting/<token>/paper", methods=["GET", "POST"])
@behind_link
def paper(token: str) -> ResponseReturnValue:
    """The cover sheet with what is known filled in, and the file; sent, the office checks it (ToR 9)."""
    place = by_link(db(), token) or abort(404)
    if place.meeting.cancelled_at or place.meeting.starts_at <= now():
        return _page("over", place)
    known = _known(place)
    if request.method == "GET":
        return _form_page(place, FORMS[KIND](data=known, today=today()))
    form = FORMS[KIND](request.form, data=known, today=today())
    if rows_changed(form, request.form):
        return _form_page(place, form)
    if not form.validate():
        return _form_page(place, form, error_list(form)), 422
    return _send(place, form)


def _send(place: Attendance, form: Form) -> ResponseReturnValue:
    meeting, answers = place.meeting, form.answers() | {"meeting_date": _known(place)["meeting_date"]}
    try:
        case = meeting.case or named_case(answers, place.person)
    except NotNow as why:
        lines = [{"text": str(why), "href": "#case_reference"}]
        return _form_page(place, form, {"titleText": "There is a problem", "errorList": lines}), 422
    try:
        taken = file_of(meeting, case, HOLDER)
    except Incomplete as why:
        return _form_page(place, form, not_taken(why)), 422
    read = Reading(KIND, form.title, form.edition, fields=answers).as_json()
    both, sender = {"reading": read, "answers": answers}, place.person.email
    service.take(db(), KIND, Place(case, meeting=meeting), both, sender, now(), HOLDER, now(), taken)
    return _page("taken", place)


def _known(place: Attendance) -> dict[str, Any]:
    """What the cover sheet need not ask of somebody invited."""
    return {
        "meeting_date": local_day(place.meeting.starts_at).isoformat(),
        "case_reference": place.meeting.case.reference if place.meeting.case else "",
        "agency_name": place.agency.name if place.agency else "",
        "author_name": place.person.name,
        "author_role": place.person.post,
        "author_email": place.person.email,
    }


def _form_page(place: Attendance, form: Form, errors: dict[str, Any] | None = None) -> str:
    dress(form)
    return _page("form", place, form=form, errors=errors)


def _page(stage: str, place: Attendance, **parts: Any) -> str:
    due = papers.papers_due(place.meeting, calendar())
    return render_template("submissions/paper.html", stage=stage, meeting=place.meeting, due=due, **parts)
