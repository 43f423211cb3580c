"""The page on which a member fetches the pack of a meeting, with their own name on it."""

from __future__ import annotations

import io

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Text
from forms.web import dress, error_list
from jcr.errors import Refused
from jcr.files.service import PDF
from jcr.meetings import packing, papers
from jcr.meetings.blueprint import pages
from jcr.meetings.meeting_pages import visible
from jcr.roles import GROUP
from jcr.web.access import allow
from jcr.web.request import actor, calendar, db, now, person, settings, the_letterhead


class PackForm(Form):
    password = Text(
        "Password for the file, if you want one",
        hint="12 letters or more, such as four words. Nobody can open the file without it, and we do not keep it",
        autocomplete="off",
    )


@pages.route("/meetings/<int:meeting_id>/pack", methods=["GET", "POST"])
@allow(*GROUP)
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


def _page(meeting_id: int, form: Form, faulty: bool = False) -> str:
    dress(form)
    meeting = visible(meeting_id)
    return render_template(
        "meetings/pack.html",
        meeting=meeting,
        last=packing.minutes_to_agree(db(), meeting, now()),
        form=form,
        errors=error_list(form) if faulty else None,
    )
