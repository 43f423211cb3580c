"""Whom the office writes to at each agency: its contact for scoping, and its member of the board."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Email, Text
from forms.web import dress, error_list
from jcr.people import service
from jcr.people.blueprint import pages
from jcr.permissions import Permission
from jcr.web.access import allow, may
from jcr.web.request import actor, db, now


class AddressesForm(Form):
    contact_name = Text("Who gets scoping requests", hint="A name or a post")
    contact_email = Email("E-mail address for scoping requests", required=True)
    board_email = Email(
        "E-mail address of its board or partnership member",
        hint="Told when a scoping return does not come (terms of reference, 7.iv).",
    )


@pages.get("/agencies")
@allow(Permission.SEE_GROUP)
def agencies() -> ResponseReturnValue:
    found = service.agencies(db())
    return render_template(
        "people/agencies.html", agencies=found, may_act=may(Permission.CHANGE_AGENCIES), wide=True
    )


@pages.route("/agencies/<code>", methods=["GET", "POST"])
@allow(Permission.CHANGE_AGENCIES)
def addresses(code: str) -> ResponseReturnValue:
    agency = service.agency_of(db(), code) or abort(404)
    stored = {
        "contact_name": agency.contact_name,
        "contact_email": agency.contact_email,
        "board_email": agency.board_email,
    }
    form = AddressesForm(request.form or None, data=stored)
    dress(form)
    if request.method == "POST" and form.validate():
        given = (form.contact_name.data, form.contact_email.data, form.board_email.data)
        service.set_addresses(db(), agency, *given, actor(), now())
        flash(f"Changed whom the office writes to at {agency.name}.")
        return redirect(url_for("people.agencies"))
    faulty = request.method == "POST"
    errors = error_list(form) if faulty else None
    page = render_template("people/addresses.html", agency=agency, form=form, errors=errors)
    return page, 422 if faulty else 200
