"""The page on which panel members and independent reviewers are named to a case."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jcr.cases import briefing, named
from jcr.cases.model import Case
from jcr.cases.web import the_case
from jcr.desk.blueprint import pages
from jcr.errors import Incomplete
from jcr.permissions import Permission
from jcr.web.access import allow, may
from jcr.web.request import actor, db, now, person


@pages.get("/cases/<reference>/named")
@allow(Permission.NAME_REVIEWERS)
def who_is_named(reference: str) -> ResponseReturnValue:
    return _named_page(the_case(reference))


@pages.post("/cases/<reference>/named")
@allow(Permission.NAME_REVIEWERS)
def name_somebody(reference: str) -> ResponseReturnValue:
    case, chosen = the_case(reference), request.form.get("person", "")
    who = next((one for one in named.may_be_named(db(), case) if str(one.id) == chosen), None)
    if who is None:
        return _named_page(case, "Choose somebody to name first.", "#person"), 422
    independent, senior = ("independent" in request.form, "senior" in request.form)
    try:
        named.name(db(), case, who, actor(), now(), independent=independent, senior=senior)
    except Incomplete as lacking:
        return _named_page(case, str(lacking), "#senior" if independent else "#independent"), 422
    flash(f"{who.name} is named, and sees this case and no other that they are not named to.")
    return redirect(url_for("desk.who_is_named", reference=reference))


def _named_page(case: Case, wrong: str = "", where: str = "") -> str:
    """Who is named, and the form to name somebody, as it was sent where something is wrong with it."""
    line = {"text": wrong, "href": where}
    return render_template(
        "desk/named.html",
        case=case,
        named=named.of_case(db(), case),
        free=named.may_be_named(db(), case),
        typed=request.form,
        errors={"titleText": "There is a problem", "errorList": [line]} if wrong else None,
    )


@pages.post("/cases/<reference>/named/<int:id>/end")
@allow(Permission.NAME_REVIEWERS)
def end_naming(reference: str, id: int) -> ResponseReturnValue:
    case = the_case(reference)
    one = next((one for one in named.of_case(db(), case) if one.id == id), None) or abort(404)
    named.end(db(), case, one, actor(), now())
    flash(f"{one.person.name} does not see this case any more.")
    return redirect(url_for("desk.who_is_named", reference=reference))


@pages.post("/cases/<reference>/named/<int:id>/briefed")
@allow(Permission.CONFIRM_BRIEFING)
def confirm_briefing(reference: str, id: int) -> ResponseReturnValue:
    """A member confirms it on the desk; the office records here what it heard."""
    case = the_case(reference)
    one = next((one for one in named.of_case(db(), case) if one.id == id), None) or abort(404)
    try:
        briefing.confirm(db(), one, person(), request.form.get("who", ""), now())
        flash(f"It is on record that {one.person.name} is briefed, prepared and supported.")
    except Incomplete as lacking:
        flash(str(lacking), "problem")
    if may(Permission.NAME_REVIEWERS, case):
        return redirect(url_for("desk.who_is_named", reference=reference))
    return redirect(url_for("desk.front"))
