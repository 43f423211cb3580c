"""What an agency's contact with an account sees: the shell of the case, and their own agency's return."""

from __future__ import annotations

from flask import abort, g, render_template
from flask.typing import ResponseReturnValue

from forms import ScopingForm
from forms.shown import sections
from jcr.permissions import Permission
from jcr.scoping import service
from jcr.scoping.blueprint import pages
from jcr.web.access import allow
from jcr.web.request import db, person


@pages.get("/cases/<reference>/own-return")
@allow(Permission.READ_OWN_RETURN)
def own_return(reference: str) -> ResponseReturnValue:
    asked = service.own_request(db(), person(), reference) or abort(404)
    g.case, latest = asked.case, asked.latest
    answers = sections(ScopingForm, latest.answers) if latest else []
    return render_template(
        "scoping/own.html", asked=asked, case=asked.case, returned=latest, sections=answers
    )
