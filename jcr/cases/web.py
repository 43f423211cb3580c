"""How pages come to a case, and closing it: the one act on a case that belongs to no other room."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import LongText
from forms.web import dress
from jcr.cases.model import Case
from jcr.cases.openings import opened
from jcr.cases.service import by_reference
from jcr.cases.workflow import perform
from jcr.permissions import READING, Permission
from jcr.web.access import allow
from jcr.web.asking import form_page
from jcr.web.request import actor, db, now, person

pages = Blueprint("cases", __name__)


def the_case(reference: str) -> Case:
    """The case with this reference; a page not found for whoever may not see it.

    The request keeps it as `g.case`, so that what is read of it can be put on record; as `g.opening` how somebody
    reads it who opened it in an emergency.
    """
    found: Case = by_reference(db(), person(), reference) or _opened(reference) or abort(404)
    g.case = found
    return found


def _opened(reference: str) -> Case | None:
    if request.method != "GET" or g.asked not in READING:
        return None
    g.opening = opened(db(), person(), reference, now())
    return g.opening.case if g.opening else None


class CloseForm(Form):
    why = LongText(
        "Why can the case be closed?",
        required=True,
        lines=4,
        hint="For example: the referrer has been told and nothing is outstanding.",
        ask="Say why the case can be closed: the reason is part of the record",
    )


@pages.route("/cases/<reference>/close", methods=["GET", "POST"])
@allow(Permission.CLOSE)
def close(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    form = CloseForm(request.form)
    if request.method == "POST" and form.validate():
        perform(db(), case, "close", actor(), now(), form.why.data)
        flash("The case is closed. Its record stays.")
        return redirect(f"/cases/{case.reference}")
    dress(form)
    return form_page("cases/close.html", form, case=case)
