"""The page of the terms of reference: which are in force, when they are to be reviewed, and their renewal."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Date, LongText
from forms.web import dress, error_list
from jcr.errors import Refused
from jcr.people import reference
from jcr.people.blueprint import pages
from jcr.permissions import Permission
from jcr.web.access import allow, may
from jcr.web.request import actor, db, now, today


class RenewalForm(Form):
    approved_on = Date(
        "When did the boards approve them?", required=True, what="The day of approval", not_future=True
    )
    review_by = Date("By when are they to be reviewed?", required=True, what="The day of the review")
    what_changed = LongText(
        "What changed?", required=True, lines=3, ask="Say what changed, or that nothing did"
    )


@pages.get("/terms-of-reference")
@allow(Permission.SEE_GROUP)
def terms_of_reference() -> ResponseReturnValue:
    return _page(RenewalForm())


@pages.post("/terms-of-reference")
@allow(Permission.RENEW_TERMS)
def renew_terms() -> ResponseReturnValue:
    form = RenewalForm(request.form, today=today())
    if not form.validate():
        return _page(form, faulty=True), 422
    approved_on, review_by = form.approved_on.day, form.review_by.day
    assert approved_on
    assert review_by
    try:
        reference.renew(db(), approved_on, review_by, form.what_changed.data, actor(), now())
    except Refused as why:
        form.review_by.errors = [str(why)]
        return _page(form, faulty=True), 422
    flash("The terms of reference are recorded.")
    return redirect(url_for("people.terms_of_reference"))


def _page(form: Form, faulty: bool = False) -> str:
    dress(form)
    return render_template(
        "people/terms_of_reference.html",
        in_force=reference.in_force(db()),
        editions=reference.editions(db()),
        reminders=list(reference.reminders(db(), today())),
        may_act=may(Permission.RENEW_TERMS),
        form=form,
        errors=error_list(form) if faulty else None,
    )
