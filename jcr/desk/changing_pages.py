"""The administrator's page on which what the office holds about a person is changed."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, Email, Text
from forms.web import dress, error_list
from jcr.admission import service as admission
from jcr.desk import changing
from jcr.desk.blueprint import pages
from jcr.errors import Incomplete, NotNow
from jcr.people.model import Person
from jcr.people.service import agencies
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.meanwhile import saved_meanwhile, stamp
from jcr.web.request import actor, db, now, the_letterhead

NO_AGENCY = "none"


@pages.route("/people/<int:id>/change", methods=["GET", "POST"])
@allow(Permission.KEEP_PEOPLE)
def change_person(id: int) -> ResponseReturnValue:
    someone: Person = db().get(Person, id) or abort(404)
    stored = changing.facts_of(someone)
    stored["agency"] = stored["agency"] or NO_AGENCY
    form = _form(someone)(request.form or None, data=stored)
    if request.method == "GET":
        return _page(someone, form, stored)
    if theirs := saved_meanwhile(form, stored):
        return _page(someone, form, stored, theirs), 409
    if not form.validate():
        return _page(someone, form, stored), 422
    given = {name: form[name].data or "" for name in stored}
    given["agency"] = given["agency"].replace(NO_AGENCY, "")
    try:
        changing.change(db(), someone, given, actor(), now())
    except (Incomplete, NotNow) as why:
        db().rollback()
        form["email" if isinstance(why, Incomplete) else "role"].errors = [str(why)]
        return _page(someone, form, stored), 422
    if someone.email != stored["email"]:
        moved = "The e-mail address of your account was changed to another one"
        admission.tell_of_change(db(), the_letterhead(), someone.name, stored["email"], moved, now())
    flash(f"What is held about {someone.name} is changed.")
    return redirect(url_for("admission.one_person", id=id))


def _form(someone: Person) -> type[Form]:
    listed = {NO_AGENCY: "None", **{one.code: one.name for one in agencies(db())}}
    questions = {
        "name": Text("Name", required=True, limit=200),
        "email": Email("E-mail address", required=True),
        "role": Choice("Role", {role.value: role.shown for role in changing.roles_for(someone)}, required=True,
                       hint="Another role signs them out everywhere."),
        "post": Text("Post", limit=200, hint="As in letters and minutes, such as Detective Inspector"),
        "agency": Choice("Agency", listed, required=True),
    }  # fmt: skip
    return type("ChangeForm", (Form,), questions)


def _page(
    someone: Person, form: Form, stored: dict[str, str], theirs: list[tuple[str, str]] | None = None
) -> str:
    dress(form)
    errors = error_list(form) if request.method == "POST" else None
    return render_template(
        "desk/change_person.html",
        someone=someone,
        form=form,
        theirs=theirs,
        seen=stamp(stored),
        errors=errors,
    )
