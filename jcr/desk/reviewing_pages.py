"""The page on which the office records the days of a review that was decided."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Date, LongText
from forms.web import dress, error_list
from jcr.cases.web import the_case
from jcr.desk import reviewing
from jcr.desk.blueprint import pages
from jcr.desk.case_dates import dates_of_each
from jcr.errors import NotNow, Refused
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.meanwhile import saved_meanwhile, stamp
from jcr.web.request import actor, db, now, today


class ReviewForm(Form):
    commissioned_on = Date("Day the reviewer was commissioned")
    reviewed_on = Date("Day the review was complete")
    publish_on = Date("Day publication is planned for")
    panel_copied_on = Date("Day the Panel was sent its copy", hint="A child’s review, before it is published")
    why = LongText("Why a recorded day changes", lines=2)


@pages.route("/cases/<reference>/review", methods=["GET", "POST"])
@allow(Permission.KEEP_NOTICES)
def review_days(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    [dates] = dates_of_each(db(), [case])
    if not reviewing.is_decided(dates):
        raise NotNow("No statutory review of this case is ratified, so it has no reviewer and no report.")
    known = {name: day.isoformat() if (day := getattr(case, name)) else "" for name in reviewing.DAYS}
    form = ReviewForm(request.form or None, data=known)
    if not reviewing.has_panel(case):
        del form.panel_copied_on
    dress(form)
    if request.method == "GET":
        return render_template("desk/review.html", case=case, form=form, seen=stamp(known))
    theirs, good = saved_meanwhile(form, known), form.validate()
    days = {name: form[name].day if name in form else None for name in reviewing.DAYS}
    for name, wrong in reviewing.faults(days, dates, today()) if good else ():
        form[name].errors, good = [wrong], False
    if good and not theirs:
        try:
            reviewing.set_days(db(), case, dates, days, form.why.data, actor(), now(), today())
        except Refused as refused:
            form.why.errors, good = [str(refused)], False
        else:
            flash("The days of the review are saved. The dates are counted from them.")
            return redirect(url_for("desk.case", reference=case.reference))
    errors = None if good else error_list(form)
    page = render_template(
        "desk/review.html", case=case, form=form, seen=stamp(known), theirs=theirs, errors=errors
    )
    return page, 409 if theirs else 422
