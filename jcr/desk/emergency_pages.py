"""The page on which a case is opened in an emergency, and the act that ends it before its time."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import LongText, Text
from forms.web import dress, error_list
from jcr.cases import openings
from jcr.cases.web import the_case
from jcr.desk import emergency
from jcr.desk.blueprint import pages
from jcr.errors import Refused
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.request import actor, db, now, person, settings, the_letterhead
from jcr.wording import clock_time


class EmergencyForm(Form):
    reference = Text("Reference of the case", required=True, hint="Such as JCR-2026-0001", autocomplete="off",
                     ask="Enter the reference of the case")  # fmt: skip
    why = LongText("What is the emergency, and why must you read the case now?", required=True, lines=4,
                   hint="The chair is sent your words by e-mail. Write initials, not names",
                   ask="Say what the emergency is")  # fmt: skip


@pages.route("/cases/emergency", methods=["GET", "POST"])
@allow(Permission.OPEN_IN_EMERGENCY)
def open_in_emergency() -> ResponseReturnValue:
    form = EmergencyForm(request.form or None)
    if request.method == "GET" or not form.validate():
        return _page(form)
    reference, why = form.reference.data, form.why.data
    try:
        made = emergency.open_case(
            db(), the_letterhead(), person(), reference, why, settings().emergency, now()
        )
    except Refused as refused:
        db().rollback()
        form.reference.errors = [str(refused)]
        return _page(form)
    flash(
        f"You may read {made.case.reference} until {clock_time(made.until)}. It is on record, and the chair is told."
    )
    return redirect(url_for("desk.case", reference=made.case.reference))


@pages.post("/cases/<reference>/openings/<int:id>/end")
@allow(Permission.END_OPENINGS)
def end_opening(reference: str, id: int) -> ResponseReturnValue:
    found = next((one for one in openings.of_case(db(), the_case(reference)) if one.id == id), None) or abort(
        404
    )
    emergency.end(db(), found, actor(), now())
    flash(f"{found.person.name} does not read this case any more.")
    return redirect(url_for("desk.who_has_seen", reference=reference))


def _page(form: Form) -> ResponseReturnValue:
    dress(form)
    errors = error_list(form) if request.method == "POST" else None
    mine = openings.of_person(db(), person(), now())
    page = render_template(
        "desk/emergency.html", form=form, errors=errors, mine=mine, hours=settings().emergency_hours
    )
    return page, 422 if errors else 200
