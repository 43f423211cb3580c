"""A meeting's page: its agenda and papers, who is in the room, what they declared, who chairs, the minutes."""

from __future__ import annotations

import io
from typing import Any

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import LongText
from forms.web import dress, error_list
from jcr.answer import Answer
from jcr.documents import agenda as agendas
from jcr.documents import minutes as minute_sheets
from jcr.errors import Refused
from jcr.files.service import PDF
from jcr.meetings import interests, papers, service, submitted
from jcr.meetings.attendance_form import Marked, as_recorded, as_typed
from jcr.meetings.blueprint import pages
from jcr.meetings.forecast import forecast
from jcr.meetings.invitations import send_invitations
from jcr.meetings.item_room import chairs_of, whole_quorum
from jcr.meetings.minuting import item_of
from jcr.meetings.model import Item, Meeting
from jcr.meetings.paper_model import Paper
from jcr.meetings.publishing import coming, of_paper, supplements
from jcr.meetings.quarters import quarters_without
from jcr.meetings.room import is_recorded
from jcr.meetings.sight import Sight, sight_of
from jcr.paging import page_of
from jcr.people import reference
from jcr.people.service import group_members
from jcr.people.terms import reminders
from jcr.permissions import Permission
from jcr.scoping import service as scoping
from jcr.web.access import allow, may
from jcr.web.request import actor, calendar, db, now, person, settings, the_letterhead, today
from jcr.wording import count


class EarlyForm(Form):
    why = LongText(
        "Why is it opened before its day?",
        required=True,
        lines=3,
        ask="Say why it is opened before its day",
        hint="Who decided so, and how those who are not there were told. It is part of the record.",
    )


@pages.get("/meetings")
@allow(Permission.READ_MEETINGS)
def all_meetings() -> ResponseReturnValue:
    """Those ahead and those held, each a page at a time."""
    asked = request.args
    return render_template(
        "meetings/list.html",
        ahead=page_of(db(), service.ahead_of(person(), now()), asked.get("ahead", 1, type=int)),
        past=page_of(db(), service.before(person(), now()), asked.get("held", 1, type=int)),
        without=quarters_without(service.business_days(db()), today()),
        may_call=may(Permission.CALL_MEETINGS),
        reminders=[*reference.reminders(db(), today()), *reminders(db(), today())],
        wide=True,
    )


@pages.get("/meetings/<int:meeting_id>")
@allow(Permission.READ_MEETINGS)
def show(meeting_id: int) -> ResponseReturnValue:
    return _page(visible(meeting_id), EarlyForm())


def _page(meeting: Meeting, early: EarlyForm, errors: Any = None) -> str:
    dress(early)
    sight = sight_of(db(), person().id, meeting)
    sent_in = submitted.of_meeting(db(), meeting, sight)
    return render_template(
        "meetings/meeting.html",
        meeting=meeting,
        quorum=quorum_of(meeting),
        recorded=is_recorded(meeting),
        chair=chairs_of(meeting),
        should_chair=service.who_should_chair(meeting),
        partners=service.partners_warning(meeting),
        expected=forecast(meeting, settings().council_directorates_apart) if _is_expected(meeting) else None,
        missing=scoping.missing(meeting.round),
        minutes_due=papers.minutes_due(meeting, calendar()),
        may_record=may(Permission.HOLD_MEETINGS),
        early=early if service.is_before_its_day(meeting, now()) else None,
        errors=errors,
        may_approve=may(Permission.APPROVE_MINUTES),
        held=meeting.starts_at <= now() and not meeting.cancelled_at,
        may_change=may(Permission.HOLD_MEETINGS) and meeting.is_ahead(now()),
        ahead=meeting.is_ahead(now()),
        interests=interests.declared(db(), meeting),
        mine=next((place for place in meeting.attendances if place.person_id == person().id), None),
        agendas=of_paper(meeting, Paper.AGENDA),
        supplements=supplements(meeting, sight),
        sheet=sight.agenda(papers.agenda_of(meeting, the_letterhead(), calendar())),
        sight=sight,
        late_papers=[one for one in sent_in if one.late],
        reader=person(),
        minutes_sent=of_paper(meeting, Paper.MINUTES),
        to_invite=sum(place.told_sequence != meeting.sequence for place in meeting.attendances),
        wide=True,
    )


@pages.post("/meetings/<int:meeting_id>/open")
@allow(Permission.HOLD_MEETINGS)
def open_meeting(meeting_id: int) -> ResponseReturnValue:
    meeting, early = visible(meeting_id), EarlyForm(request.form)
    if service.is_before_its_day(meeting, now()) and not early.validate():
        return _page(meeting, early, error_list(early)), 422
    service.open_rapid_review(db(), meeting, actor(), now(), early.why.data or "")
    flash("The rapid review is open. Record who is in the room next.")
    return redirect(url_for("meetings.room", meeting_id=meeting.id))


@pages.get("/meetings/<int:meeting_id>/attendance")
@allow(Permission.HOLD_MEETINGS)
def room(meeting_id: int) -> ResponseReturnValue:
    meeting = visible(meeting_id)
    return _room_page(meeting, as_recorded(meeting, own_sight()))


@pages.post("/meetings/<int:meeting_id>/attendance")
@allow(Permission.HOLD_MEETINGS)
def record_attendance(meeting_id: int) -> ResponseReturnValue:
    """One press records the whole room; with a mistake in it nothing is recorded and all that was typed stays."""
    meeting = visible(meeting_id)
    lines = as_typed(meeting, request.form, own_sight())
    wrong = [fault for line in lines for fault in line.faults()]
    if wrong:
        return _room_page(meeting, lines, wrong), 422
    for line in lines:
        _take(meeting, line)
    service.attendance_taken(db(), meeting, actor(), now())
    refused = _take_chair(meeting, lines)
    if refused:
        db().rollback()
        fault = {"text": refused, "href": "#chairing"}
        meeting = visible(meeting_id)
        typed = as_typed(meeting, request.form, own_sight())
        return _room_page(meeting, typed, [fault]), 422
    flash("Attendance, declarations and the chair are recorded.")
    return redirect(url_for("meetings.show", meeting_id=meeting.id))


@pages.post("/meetings/<int:meeting_id>/invite")
@allow(Permission.HOLD_MEETINGS)
def invite(meeting_id: int) -> ResponseReturnValue:
    meeting = visible(meeting_id)
    chosen = request.form.get("person", "")
    guest = next((one for one in group_members(db()) if str(one.id) == chosen), None)
    if guest is None:
        flash("Choose somebody to invite first.", "problem")
    else:
        invited = service.invite(db(), meeting, guest, actor(), now())
        if meeting.starts_at > now():
            send_invitations(db(), the_letterhead(), meeting, actor(), now(), [invited])
        flash(f"{guest.name} is invited.")
    return redirect(url_for("meetings.room", meeting_id=meeting.id))


@pages.post("/meetings/<int:meeting_id>/invitations")
@allow(Permission.HOLD_MEETINGS)
def invitations(meeting_id: int) -> ResponseReturnValue:
    meeting = visible(meeting_id)
    written = send_invitations(db(), the_letterhead(), meeting, actor(), now())
    flash(f"{count(len(written), 'invitation')} written, each with an entry for the calendar.")
    return redirect(url_for("meetings.show", meeting_id=meeting.id))


@pages.post("/meetings/<int:meeting_id>/refresh")
@allow(Permission.HOLD_MEETINGS)
def refresh(meeting_id: int) -> ResponseReturnValue:
    meeting = visible(meeting_id)
    service.refresh_items(db(), meeting, now())
    flash("The agenda tells how things stand now.")
    return redirect(url_for("meetings.show", meeting_id=meeting.id))


@pages.post("/meetings/<int:meeting_id>/approve")
@allow(Permission.APPROVE_MINUTES)
def approve(meeting_id: int) -> ResponseReturnValue:
    meeting = visible(meeting_id)
    service.approve_minutes(db(), meeting, actor(), now())
    flash(
        "The minutes are approved and no longer marked as a draft. What changes now is a correction, with its reason."
    )
    return redirect(url_for("meetings.show", meeting_id=meeting.id))


@pages.get("/meetings/<int:meeting_id>/agenda.pdf")
@allow(Permission.READ_MEETINGS)
def agenda(meeting_id: int) -> ResponseReturnValue:
    meeting = visible(meeting_id)
    sheet = papers.agenda_of(meeting, the_letterhead(), calendar())
    content = agendas.render(own_sight().agenda(sheet))
    return send_file(io.BytesIO(content), PDF, False, papers.file_name(meeting, "agenda"))


@pages.get("/meetings/<int:meeting_id>/minutes.pdf")
@allow(Permission.READ_MEETINGS)
def minutes(meeting_id: int) -> ResponseReturnValue:
    meeting, sight = visible(meeting_id), own_sight()
    if meeting.agreement and not sight.hidden:
        closed = of_paper(meeting, Paper.MINUTES)[-1].file
        return send_file(io.BytesIO(closed.content), PDF, False, papers.file_name(meeting, "minutes"))
    sheet = papers.minutes_of(meeting, quorum_of(meeting), the_letterhead(), coming(db(), meeting))
    content = minute_sheets.render(sight.minutes(sheet))
    return send_file(io.BytesIO(content), PDF, False, papers.file_name(meeting, "minutes"))


def visible(meeting_id: int) -> Meeting:
    """The meeting, for those who may see it; a page not found for all others."""
    return service.by_id(db(), person(), meeting_id) or abort(404)


def own_sight() -> Sight:
    """What the reader of the page may see of meetings."""
    return sight_of(db(), person().id)


def visible_item(meeting_id: int, item_id: int) -> Item:
    """An item of a meeting they may see; a page not found where it is about a case behind their wall."""
    meeting = visible(meeting_id)
    item = item_of(meeting, item_id)
    if item is None or own_sight().hides_item(item):
        abort(404)
    assert (
        item.meeting is meeting
    )  # asked for while it is held: let go, it would be read once more with all its items
    return item


def _is_expected(meeting: Meeting) -> bool:
    return meeting.is_ahead(now()) and not any(place.is_in_the_room for place in meeting.attendances)


def quorum_of(meeting: Meeting) -> Answer:
    """Of the meeting as a whole, and of each item for which it was otherwise."""
    return whole_quorum(meeting, settings().council_directorates_apart)


def _take(meeting: Meeting, line: Marked) -> None:
    who = line.place.person
    service.note_attendance(db(), meeting, who, line.state, line.deputy_name, line.deputy_why)
    for declared in line.declared:
        if declared.changed:
            service.declare(
                db(), meeting, who, declared.conflicted, declared.what, declared.handled, actor(), now(),
                of_deputy=declared.of_deputy,
            )  # fmt: skip


def _take_chair(meeting: Meeting, lines: list[Marked]) -> str:
    """Records who chairs; the sentence to show when that person may not."""
    for line in lines:
        if line.chairing:
            try:
                service.take_chair(db(), meeting, line.place.person, actor(), now())
            except Refused as why:
                return str(why)
    return ""


def _room_page(meeting: Meeting, lines: list[Marked], wrong: list[dict[str, str]] | None = None) -> str:
    invited, sight = {place.person_id for place in meeting.attendances}, own_sight()
    return render_template(
        "meetings/room.html",
        meeting=meeting,
        lines=lines,
        should_chair=service.who_should_chair(meeting),
        quorum=quorum_of(meeting),
        recorded=is_recorded(meeting),
        partners=service.partners_warning(meeting),
        guests=[one for one in group_members(db()) if one.id not in invited],
        earlier=[
            one
            for one in meeting.declarations
            if one.person_id not in invited and not sight.hides([one.what, one.handled])
        ],
        errors={"titleText": "There is a problem", "errorList": wrong} if wrong else None,
        wide=True,
    )
