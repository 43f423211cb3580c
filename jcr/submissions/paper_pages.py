"""The page behind the link in an invitation: a member without an account sends a paper for that meeting."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from forms import FORMS, Form
from forms.reading.result import Reading
from forms.web import dress, error_list, rows_changed
from jcr.correspondence.codes import HOLDER
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.meetings import papers
from jcr.meetings.interests import sight_behind_link
from jcr.meetings.invitations import by_link
from jcr.meetings.model import Attendance
from jcr.meetings.sight import may_be_sent
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
    place, of_deputy = by_link(db(), token) or abort(404)
    meeting = place.meeting
    if not may_be_sent(sight_behind_link(db(), place, of_deputy), meeting):
        raise NotAllowed("You declared an interest in this case, so papers for it are not taken from you.")
    if place.meeting.cancelled_at or place.meeting.starts_at <= now():
        return _page("over", place)
    known = _known(place, of_deputy)
    if request.method == "GET":
        return _form_page(place, FORMS[KIND](data=known, today=today()))
    form = FORMS[KIND](request.form, data=known, today=today())
    if rows_changed(form, request.form):
        return _form_page(place, form)
    if not form.validate():
        return _form_page(place, form, error_list(form)), 422
    return _send(place, form, known)


def _send(place: Attendance, form: Form, known: dict[str, Any]) -> ResponseReturnValue:
    meeting, answers = place.meeting, form.answers() | {"meeting_date": known["meeting_date"]}
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
    both, sender = {"reading": read, "answers": answers}, known["author_email"]
    service.take(db(), KIND, Place(case, meeting=meeting), both, sender, now(), HOLDER, now(), taken)
    return _page("taken", place)


def _known(place: Attendance, of_deputy: bool) -> dict[str, Any]:
    """What the cover sheet need not ask of somebody invited, or of their deputy."""
    who = place.person
    author = (who.name, who.post, who.email)
    if of_deputy:
        author = (place.deputy_name, place.deputy_post, place.deputy_email)
    return dict(zip(("author_name", "author_role", "author_email"), author, strict=True)) | {
        "meeting_date": local_day(place.meeting.starts_at).isoformat(),
        "case_reference": place.meeting.case.reference if place.meeting.case else "",
        "agency_name": place.agency.name if place.agency else "",
    }


def _form_page(place: Attendance, form: Form, errors: dict[str, Any] | None = None) -> str:
    dress(form)
    return _page("form", place, form=form, errors=errors)


def _page(stage: str, place: Attendance, **parts: Any) -> str:
    due = papers.papers_due(place.meeting, calendar())
    return render_template("submissions/paper.html", stage=stage, meeting=place.meeting, due=due, **parts)
