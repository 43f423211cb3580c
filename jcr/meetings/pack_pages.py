"""The page on which a member fetches the pack of a meeting, with their own name on it."""

from __future__ import annotations

import io

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Text
from forms.web import dress, error_list
from jcr.errors import Incomplete, Refused
from jcr.files.service import PDF
from jcr.files.web import download
from jcr.meetings import packing, papers, submitted
from jcr.meetings.blueprint import pages
from jcr.meetings.meeting_pages import own_sight, visible
from jcr.meetings.paper_model import MeetingPaper
from jcr.meetings.performance import waiting_to_be_agreed
from jcr.permissions import Permission
from jcr.web.access import allow, may
from jcr.web.request import actor, calendar, db, now, person, settings, the_letterhead


class PackForm(Form):
    password = Text(
        "Password for the file, if you want one",
        hint="12 letters or more, such as four words. Nobody can open the file without it, and we do not keep it",
        autocomplete="off",
    )


@pages.route("/meetings/<int:meeting_id>/pack", methods=["GET", "POST"])
@allow(Permission.READ_MEETINGS)
def pack(meeting_id: int) -> ResponseReturnValue:
    """Asks for a password or none, and hands out the pack."""
    meeting, form = visible(meeting_id), PackForm(request.form or None)
    if request.method == "GET":
        return _page(meeting_id, form)
    try:
        content = packing.pack(
            db(), the_letterhead(), meeting, person(), calendar(), settings().council_directorates_apart,
            actor(), now(), form.password.data or "",
        )  # fmt: skip
    except Refused as why:
        form.password.errors = [str(why)]
        return _page(meeting_id, form, True), 422
    return send_file(io.BytesIO(content), PDF, True, papers.file_name(meeting, "pack"))


@pages.get("/meetings/<int:meeting_id>/papers/<int:paper_id>")
@allow(Permission.READ_MEETINGS)
def paper(meeting_id: int, paper_id: int) -> ResponseReturnValue:
    """One paper as members get it; before the chair's leave only the office sees a late one,
    and one for those named nobody else."""
    found = _paper(meeting_id, paper_id)
    if not found.goes_to(person()) or (found.needs_leave and not may(Permission.HOLD_MEETINGS)):
        abort(404)
    return download(found.pdf, papers.file_name(found.meeting, f"paper-{found.id}"))


@pages.post("/meetings/<int:meeting_id>/papers/<int:paper_id>/leave")
@allow(Permission.GIVE_LEAVE)
def leave(meeting_id: int, paper_id: int) -> ResponseReturnValue:
    """The chair lets a late paper go to members."""
    try:
        submitted.give_leave(db(), _paper(meeting_id, paper_id), request.form.get("why", ""), actor(), now())
        flash("The late paper may go to members. Your reason is on record.")
    except Incomplete as why:
        flash(str(why), "problem")
    return redirect(url_for("meetings.show", meeting_id=meeting_id, _anchor="papers"))


def _paper(meeting_id: int, paper_id: int) -> MeetingPaper:
    seen = submitted.of_meeting(db(), visible(meeting_id), own_sight())
    return next((one for one in seen if one.id == paper_id), None) or abort(404)


def _page(meeting_id: int, form: Form, faulty: bool = False) -> str:
    dress(form)
    meeting = visible(meeting_id)
    return render_template(
        "meetings/pack.html",
        meeting=meeting,
        to_agree=waiting_to_be_agreed(db(), meeting, now()),
        papers=submitted.for_reader(db(), meeting, person()),
        form=form,
        errors=error_list(form) if faulty else None,
    )
