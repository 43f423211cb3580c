"""Agenda and minutes as they go out: publishing, the minutes as a page, corrections, and the group's agreement."""

from __future__ import annotations

from typing import Any, cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, LongText
from forms.web import dress, error_list
from jcr.documents import minutes as minute_sheets
from jcr.errors import Incomplete
from jcr.files.web import download
from jcr.meetings import agreeing, papers, publishing
from jcr.meetings.blueprint import pages
from jcr.meetings.item_pages import undecidable
from jcr.meetings.meeting_pages import own_sight, quorum_of, visible, visible_item
from jcr.meetings.model import Item, Meeting
from jcr.meetings.paper_model import Paper
from jcr.meetings.sight import sight_of
from jcr.permissions import Permission
from jcr.web.access import allow, may
from jcr.web.request import actor, calendar, db, now, person, the_letterhead

PARTS = {
    "summary": "What was said",
    "decision": "What was decided",
    "rationale": "Why it was decided",
    "dissent": "Dissent",
}


class CorrectionForm(Form):
    words = LongText("What it should say", lines=6)
    why = LongText("Why, and who asked for it", required=True, lines=2, ask="Say why the minutes change")


@pages.post("/meetings/<int:meeting_id>/publish")
@allow(Permission.HOLD_MEETINGS)
def publish(meeting_id: int) -> ResponseReturnValue:
    meeting = visible(meeting_id)
    made = publishing.publish_agenda(db(), the_letterhead(), meeting, calendar(), actor(), now())
    what = f"Supplement {made.number} to the agenda" if made.number else "The agenda"
    flash(f"{what} is in the post to everybody invited.")
    return redirect(url_for("meetings.show", meeting_id=meeting.id))


@pages.get("/meetings/<int:meeting_id>/sent/<int:publication_id>")
@allow(Permission.READ_MEETINGS)
def sent_paper(meeting_id: int, publication_id: int) -> ResponseReturnValue:
    """A paper exactly as it went out; whoever may not see all of it gets it as it stands, without the rest."""
    meeting = visible(meeting_id)
    found = next((one for one in meeting.publications if one.id == publication_id), None) or abort(404)
    if own_sight().hidden:
        return redirect(url_for(f"meetings.{found.paper.value}", meeting_id=meeting.id))
    supplement = (
        f"-{'supplement' if found.paper is Paper.AGENDA else 'version'}-{found.number}"
        if found.number
        else ""
    )
    return download(found.file, papers.file_name(meeting, f"{found.paper.value}{supplement}"))


@pages.get("/meetings/<int:meeting_id>/minutes")
@allow(Permission.READ_MEETINGS)
def read_minutes(meeting_id: int) -> ResponseReturnValue:
    """The minutes as a page, the same words as the PDF, and what is to be done about them."""
    meeting = visible(meeting_id)
    return _page(meeting, _agree_form(meeting)())


@pages.post("/meetings/<int:meeting_id>/minutes/send")
@allow(Permission.HOLD_MEETINGS)
def send_minutes(meeting_id: int) -> ResponseReturnValue:
    meeting = visible(meeting_id)
    publishing.circulate_minutes(
        db(), the_letterhead(), meeting, quorum_of(meeting), calendar(), actor(), now()
    )
    flash("The minutes are in the post to everybody invited.")
    return redirect(url_for("meetings.read_minutes", meeting_id=meeting.id))


@pages.post("/meetings/<int:meeting_id>/minutes/agree")
@allow(Permission.HOLD_MEETINGS)
def agree_minutes(meeting_id: int) -> ResponseReturnValue:
    meeting = visible(meeting_id)
    form = _agree_form(meeting)(request.form)
    if not form.validate():
        return _page(meeting, form, faulty=True), 422
    chosen = form.answers()["agreed_at"]
    at = next(one for one in agreeing.later_meetings(db(), meeting, now()) if str(one.id) == chosen)
    agreeing.agree(db(), the_letterhead(), meeting, at, quorum_of(meeting), actor(), now())
    flash("The minutes are agreed and closed. They are in the post to everybody invited.")
    return redirect(url_for("meetings.read_minutes", meeting_id=meeting.id))


@pages.route("/meetings/<int:meeting_id>/items/<int:item_id>/correct", methods=["GET", "POST"])
@allow(Permission.HOLD_MEETINGS)
def correct(meeting_id: int, item_id: int) -> ResponseReturnValue:
    item = visible_item(meeting_id, item_id)
    asked = request.values.get("part", "")
    part = cast(agreeing.Part, asked if asked in PARTS else "summary")
    form = CorrectionForm(request.form or None, data={"words": getattr(item, part)})
    if request.method == "GET":
        return _correction_page(item, part, form)
    if not form.validate():
        return _correction_page(item, part, form, True), 422
    try:
        if part == "decision" and (refused := undecidable(item, form.words.data)):
            raise Incomplete(refused)
        agreeing.correct(db(), item, part, form.words.data, form.why.data, actor(), now())
    except Incomplete as why:
        form.words.errors = [str(why)]
        return _correction_page(item, part, form, True), 422
    flash(f"Item {item.position} is corrected, and what it said before is kept.")
    return redirect(url_for("meetings.read_minutes", meeting_id=meeting_id))


def _agree_form(meeting: Meeting) -> type[Form]:
    later = {str(one.id): one.title for one in agreeing.later_meetings(db(), meeting, now())}
    asked = Choice("At which meeting", later, required=True, ask="Choose the meeting that agreed them")
    return type("AgreeForm", (Form,), {"agreed_at": asked})


def _page(meeting: Meeting, form: Form, faulty: bool = False) -> str:
    dress(form)
    sight = sight_of(db(), person().id, meeting)
    sheet = papers.minutes_of(meeting, quorum_of(meeting), the_letterhead(), publishing.coming(db(), meeting))
    facts: dict[str, Any] = {
        "sent": publishing.of_paper(meeting, Paper.MINUTES),
        "unchanged": not meeting.agreement or agreeing.fingerprint(sheet) == meeting.agreement.sha256,
        "due": papers.minutes_due(meeting, calendar()),
        "held": meeting.starts_at <= now() and not meeting.cancelled_at,
    }
    return render_template(
        "meetings/minutes.html",
        meeting=meeting,
        sheet=sight.minutes(sheet),
        draft=minute_sheets.DRAFT,
        sight=sight,
        form=form,
        may_record=may(Permission.HOLD_MEETINGS),
        may_approve=may(Permission.APPROVE_MINUTES),
        errors=error_list(form) if faulty else None,
        wide=True,
        **facts,
    )


def _correction_page(item: Item, part: agreeing.Part, form: CorrectionForm, faulty: bool = False) -> str:
    """One part at a time, which starts from its own words."""
    dress(form)
    form.words.label.text = f"What it should say under “{PARTS[part].lower()}”"
    return render_template(
        "meetings/correct.html", item=item, meeting=item.meeting, form=form, parts=PARTS, part=part,
        errors=error_list(form) if faulty else None,
    )  # fmt: skip
