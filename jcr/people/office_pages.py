"""The page of the offices that decide: who holds each, since when, and who is to hold it next."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, Date
from forms.web import dress, error_list
from jcr.errors import Refused
from jcr.people import offices as on_record
from jcr.people.blueprint import pages
from jcr.people.model import OFFICE_NAMES, Office
from jcr.permissions import Permission
from jcr.web.access import allow, may
from jcr.web.request import actor, db, now, today


@pages.get("/offices")
@allow(Permission.SEE_GROUP)
def offices() -> ResponseReturnValue:
    return render_template(
        "people/offices.html",
        held=on_record.held(db()),
        names=OFFICE_NAMES,
        reminders=list(on_record.reminders(db(), today())),
        may_act=may(Permission.RECORD_OFFICES),
        today=today(),
        wide=True,
    )


@pages.route("/offices/give", methods=["GET", "POST"])
@allow(Permission.RECORD_OFFICES)
def give_office() -> ResponseReturnValue:
    form = _office_form()(request.form or None, data={"since": today().isoformat()})
    if request.method == "GET":
        return _page(form)
    if not form.validate():
        return _page(form, faulty=True), 422
    person = next(one for one in on_record.may_hold(db()) if str(one.id) == form.person.data)
    office, days = Office(form.office.data), (form.since.day, form.until.day)
    try:
        on_record.give(db(), office, person, *days, actor(), now())
    except Refused as why:
        db().rollback()
        form.since.errors = [str(why)]
        return _page(form, faulty=True), 422
    flash(f"{person.name} is on record as {OFFICE_NAMES[office]}.")
    return redirect(url_for("people.offices"))


def _office_form() -> type[Form]:
    people = {str(one.id): f"{one.name}, {one.post or 'no post'}" for one in on_record.may_hold(db())}
    questions = {
        "office": Choice("Office", {one.value: OFFICE_NAMES[one] for one in Office}, required=True,
                         ask="Choose the office"),
        "person": Choice("Who holds it", people, required=True, ask="Choose who holds it"),
        "since": Date("First day", required=True, what="The first day"),
        "until": Date("Last day, of a delegate", what="The last day",
                      hint="Leave empty for the next holder: whoever holds the office now ends the day before."),
    }  # fmt: skip
    return type("OfficeForm", (Form,), questions)


def _page(form: Form, faulty: bool = False) -> str:
    dress(form)
    return render_template("people/give_office.html", form=form, errors=error_list(form) if faulty else None)
