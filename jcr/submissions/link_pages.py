"""The page behind the link of an action: its owner says how far it is, without an account."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from forms import FORMS, Form
from forms.reading.result import Reading
from forms.web import dress, error_list
from jcr.actions.model import Action, State
from jcr.actions.service import by_link
from jcr.correspondence.codes import HOLDER
from jcr.errors import NotAllowed
from jcr.meetings.actions_seen import is_hidden_from
from jcr.outsiders import service as outsiders
from jcr.submissions import service
from jcr.submissions.blueprint import pages
from jcr.submissions.filled import About, filled
from jcr.submissions.placing import Place
from jcr.web.access import behind_link
from jcr.web.request import db, now, today

KIND = "action_update"
ASKED = [name for topic in FORMS[KIND].topics for name in topic.names]


@pages.route("/action/<token>", methods=["GET", "POST"])
@behind_link
def action(token: str) -> ResponseReturnValue:
    """The form with what is known filled in; sent, the office checks it before anything follows from it."""
    found = by_link(db(), token) or abort(404)
    link = outsiders.by_token(db(), token)
    if link and is_hidden_from(db(), found, link.address):
        raise NotAllowed(f"{found.label} is about a case on which you declared a conflict of interest.")
    if found.state is State.DONE:
        return render_template("submissions/updated.html", action=found)
    known, _ = filled(db(), KIND, About(found.case, found.agency, found), now())
    if request.method == "GET":
        return _page(found, FORMS[KIND](data=known, only=ASKED, today=today()))
    form = FORMS[KIND](request.form, data=known, only=ASKED, today=today())
    if not form.validate():
        return _page(found, form, error_list(form)), 422
    answers = form.elsewhere() | form.answers()
    read = Reading(KIND, form.title, form.edition, fields=answers).as_json()
    place = Place(found.case, action=found)
    sender = link.address if link else ""
    service.take(db(), KIND, place, {"reading": read, "answers": answers}, sender, now(), HOLDER, now())
    return render_template("submissions/updated.html", action=found)


def _page(found: Action, form: Form, errors: dict[str, Any] | None = None) -> str:
    dress(form)
    return render_template("submissions/update.html", action=found, form=form, errors=errors)
