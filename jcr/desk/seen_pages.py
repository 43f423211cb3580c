"""Notes who reads what of a case, and shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from jcr.cases import openings
from jcr.cases.web import the_case
from jcr.correspondence import delivery
from jcr.correspondence import service as correspondence
from jcr.correspondence.model import Letter
from jcr.desk import seen
from jcr.desk.blueprint import pages
from jcr.history.service import note_read
from jcr.intake.model import Message
from jcr.meetings.model import Meeting
from jcr.meetings.sight import cases_of
from jcr.outsiders import service as outsiders
from jcr.permissions import Permission
from jcr.submissions.model import Submission
from jcr.web.access import allow, may
from jcr.web.request import actor, db, now, person, sessions

# By the first word of an address: what came in by e-mail or form, and what the record of readings calls it
CAME_IN: dict[str, tuple[type[Message | Submission], str]] = {
    "pile": (Message, "mail"), "submissions": (Submission, "forms"),
}  # fmt: skip


@pages.get("/cases/<reference>/seen")
@allow(Permission.SEE_OFFICE)
def who_has_seen(reference: str) -> ResponseReturnValue:
    """Who has seen or been sent this case, and which of its documents."""
    case = the_case(reference)
    letters = list(reversed(correspondence.of_case(db(), case.id)))
    read = seen.readers(db(), case, letters)
    return render_template(
        "desk/seen.html",
        wide=True,
        case=case,
        read=read,
        letters=letters,
        delivery=delivery.STATES,
        openings=openings.of_case(db(), case),
        now=now(),
        links=outsiders.of_case(db(), case.id),
        may_take_back=may(Permission.TAKE_LINKS_BACK, case),
    )


@pages.post("/cases/<reference>/seen/links/<int:link>/take-back")
@allow(Permission.TAKE_LINKS_BACK)
def take_link_back(reference: str, link: int) -> ResponseReturnValue:
    """A link that went outside for this case opens nothing any more."""
    case = the_case(reference)
    sent = {one.id: one for one in outsiders.of_case(db(), case.id)}
    outsiders.take_back(db(), sent.get(link) or abort(404), request.form.get("why", ""), actor(), now())
    flash("The link is taken back. It opens nothing any more, and no new one is sent to that address.")
    return redirect(url_for("desk.who_has_seen", reference=reference))


@pages.after_app_request
def note_what_is_read(response: Response) -> Response:
    """Puts on record that a page or document of a case was read, in a transaction of its own.

    Only the first reading of the day takes SQLite's one lock for writers.
    """
    if request.method == "GET" and response.status_code == 200 and current_user.is_authenticated:
        cases, page = _read(request.view_args or {})
        unnoted = seen.unnoted(db(), cases, person(), page, now())
        if unnoted:
            with sessions().transaction() as session:
                for case_id in unnoted:
                    note_read(session, case_id, actor(), now(), page)
    return response


def _read(given: Mapping[str, Any]) -> tuple[Sequence[int], str]:
    """The cases that a page with these in its address shows, and what the page is called within each."""
    if "reference" in given:
        page = request.path.partition(f"/cases/{given['reference']}")[2].strip("/")
        return [g.case.id] if "case" in g else [], page
    if "letter_id" in given:
        letter = db().get(Letter, given["letter_id"])
        return [letter.case_id] if letter and letter.case_id else [], f"letters/{given['letter_id']}"
    if "meeting_id" in given:
        meeting = db().get(Meeting, given["meeting_id"])
        return cases_of(db(), meeting, person().id) if meeting else [], request.path.strip("/")
    kind, what = CAME_IN.get(request.path.split("/")[1], (None, ""))
    if kind and "id" in given:
        came: Any = db().get(kind, given["id"])  # all that hangs on it counts as it: files, pictures of pages
        return [came.case_id] if came and came.case_id else [], f"{what}/{given['id']}"
    return [], ""
