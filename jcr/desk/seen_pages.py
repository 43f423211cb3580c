"""Notes who reads what of a case, and shows it."""

from __future__ import annotations

from flask import Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from jcr.cases.model import Case
from jcr.cases.service import by_reference
from jcr.correspondence import delivery
from jcr.correspondence.model import Letter
from jcr.db import Sessions
from jcr.desk import seen
from jcr.desk.blueprint import pages
from jcr.roles import CHAIRS, TEAM
from jcr.web.access import allow
from jcr.web.request import db, now, person


@pages.get("/cases/<reference>/seen")
@allow(*TEAM, *CHAIRS)
def who_has_seen(reference: str) -> ResponseReturnValue:
    """Who has seen or been sent this case, and which of its documents."""
    case = by_reference(db(), person(), reference) or abort(404)
    read, letters = seen.readers(db(), case), seen.sent(db(), case)
    return render_template(
        "desk/seen.html", wide=True, case=case, read=read, letters=letters, delivery=delivery.STATES
    )


@pages.after_app_request
def note_what_is_read(response: Response) -> Response:
    """Puts on record that a page or document of a case was read, in a transaction of its own."""
    if request.method == "GET" and response.status_code == 200 and current_user.is_authenticated:
        case, page = _read()
        if case is not None:
            sessions: Sessions = current_app.extensions["sessions"]
            with sessions.transaction() as session:
                seen.note(session, case, person(), page, now())
    return response


def _read() -> tuple[Case | None, str]:
    """The case whose page this is, and its address within the case."""
    given = request.view_args or {}
    if "reference" in given:
        page = request.path.partition(f"/cases/{given['reference']}")[2].strip("/")
        return by_reference(db(), person(), given["reference"]), page
    if "letter_id" in given:
        letter = db().get(Letter, given["letter_id"])
        return (letter.case if letter else None), f"letters/{given['letter_id']}"
    return None, ""
