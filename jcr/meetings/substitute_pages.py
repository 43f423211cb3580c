"""The page on which the boards are asked for a substitute chair, and their answer is recorded."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, Text
from forms.web import dress, error_list
from jcr.errors import Refused
from jcr.meetings import service, substituting
from jcr.meetings.blueprint import pages
from jcr.meetings.meeting_pages import visible
from jcr.meetings.model import Meeting
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.request import actor, db, now, the_letterhead
from jcr.wording import count


@pages.get("/meetings/<int:meeting_id>/substitute")
@allow(Permission.HOLD_MEETINGS)
def substitute(meeting_id: int) -> ResponseReturnValue:
    meeting = visible(meeting_id)
    return _page(meeting, _form(meeting))


@pages.post("/meetings/<int:meeting_id>/substitute")
@allow(Permission.HOLD_MEETINGS)
def settle_substitute(meeting_id: int) -> ResponseReturnValue:
    """Asks the boards, or records whom they named, by the button that was pressed."""
    meeting = visible(meeting_id)
    if "ask" in request.form:
        sent = substituting.ask_boards(db(), the_letterhead(), meeting, actor(), now())
        flash(f"The boards are asked: {count(len(sent), 'letter')} written.")
        return redirect(url_for("meetings.substitute", meeting_id=meeting.id))
    form = _form(meeting)
    if not form.validate():
        return _page(meeting, form, faulty=True), 422
    named = next(one for one in substituting.candidates(db(), meeting) if str(one.id) == form.person.data)
    try:
        substituting.record_answer(db(), meeting, named, form.answered_by.data, actor(), now())
    except Refused as why:
        form.person.errors = [str(why)]
        return _page(meeting, form, faulty=True), 422
    flash(f"{named.name} may take the chair.")
    return redirect(url_for("meetings.show", meeting_id=meeting.id))


def _form(meeting: Meeting) -> Form:
    people = {str(one.id): one.name for one in substituting.candidates(db(), meeting)}
    person = Choice("Whom they named", people, required=True, ask="Choose whom the boards named")
    by = Text("Who answered for the boards", required=True, hint="Name and office", ask="Enter who answered")
    form: Form = type("AnswerForm", (Form,), {"person": person, "answered_by": by})(request.form or None)
    dress(form)
    return form


def _page(meeting: Meeting, form: Form, faulty: bool = False) -> str:
    return render_template(
        "meetings/substitute.html",
        meeting=meeting,
        should_chair=service.who_should_chair(meeting),
        form=form,
        errors=error_list(form) if faulty else None,
    )
