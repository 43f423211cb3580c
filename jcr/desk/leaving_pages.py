"""The administrator's page on which somebody's work is handed on and their account closed."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, LongText
from forms.web import dress
from jcr.admission import joining
from jcr.desk import leaving
from jcr.desk.blueprint import pages
from jcr.errors import Refused
from jcr.people.model import Person
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.asking import form_page
from jcr.web.request import actor, db, now


@pages.route("/people/<int:id>/leave", methods=["GET", "POST"])
@allow(Permission.KEEP_PEOPLE)
def leave(id: int) -> ResponseReturnValue:
    someone: Person = db().get(Person, id) or abort(404)
    form = _form(someone)(request.form or None)
    if request.method == "GET" or not form.validate():
        return _page(someone, form)
    to = db().get_one(Person, int(form.to.data))
    try:
        left = leaving.leave(db(), someone, to, form.why.data, actor(), now())
    except Refused as why:
        db().rollback()
        form.to.errors = [str(why)]
        return _page(someone, form)
    flash(" ".join([f"The work is handed on to {to.name}, and the account is closed.", *left]))
    return redirect(url_for("admission.one_person", id=id))


def _form(someone: Person) -> type[Form]:
    staying = [one for one in joining.everybody(db()) if one.active and one.id != someone.id]
    names = {str(one.id): f"{one.name}, {one.post or one.role.shown}" for one in staying}
    questions = {
        "to": Choice("Who takes the work on?", names, required=True, ask="Choose who takes the work on"),
        "why": LongText("Why?", required=True, lines=2, hint="For example: a new post elsewhere from 1 May.",
                        ask="Say why: it is kept in the history"),
    }  # fmt: skip
    return type("LeaveForm", (Form,), questions)


def _page(someone: Person, form: Form) -> ResponseReturnValue:
    dress(form)
    return form_page(
        "desk/leave.html", form, someone=someone, work=leaving.open_work(db(), someone, now()).lines
    )
