"""The page on which somebody says when they are away and who stands in."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, Date
from forms.web import dress
from jcr.admission.blueprint import pages
from jcr.admission.organisation import known_by_organisation
from jcr.errors import Refused
from jcr.people import absences
from jcr.people.model import Person
from jcr.web.access import signed_in
from jcr.web.asking import form_page
from jcr.web.request import actor, db, now, person, today


@pages.route("/account/away", methods=["GET", "POST"])
@signed_in
def away() -> ResponseReturnValue:
    """When somebody is away; what goes to them by name goes to their deputy as well."""
    colleagues = absences.may_stand_in(db(), person(), known_by_organisation(db()))
    form = _form(colleagues)(request.form or None, data={"since": today().isoformat()})
    if request.method == "GET" or not form.validate():
        return _page(form)
    deputy = next(one for one in colleagues if str(one.id) == form.deputy.data)
    try:
        absences.go_away(
            db(), person(), deputy, form.since.day or today(), form.until.day or today(), actor(), now()
        )
    except Refused as why:
        form.until.errors = [str(why)]
        return _page(form)
    flash(f"{deputy.name} stands in for you.")
    return redirect(url_for("admission.away"))


@pages.post("/account/away/end")
@signed_in
def come_back() -> ResponseReturnValue:
    if running := absences.of(db(), person(), today()):
        absences.come_back(db(), running, actor(), now())
    flash("You are back. Nobody stands in for you any more.")
    return redirect(url_for("admission.away"))


def _form(colleagues: Sequence[Person]) -> type[Form]:
    names = {str(one.id): f"{one.name}, {one.post or one.role.shown}" for one in colleagues}
    questions = {
        "deputy": Choice("Who stands in for you?", names, required=True, ask="Choose who stands in"),
        "since": Date("First day away", required=True, what="The first day away"),
        "until": Date("Last day away", required=True, what="The last day away"),
    }
    return type("AwayForm", (Form,), questions)


def _page(form: Form) -> ResponseReturnValue:
    dress(form)
    return form_page("admission/away.html", form, running=absences.of(db(), person(), today()))
