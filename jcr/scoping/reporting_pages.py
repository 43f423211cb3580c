"""The page that reports a poor return, and the one behind an agency's link that confirms its staff are briefed."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import LongText, Text
from forms.web import dress, error_list
from jcr.errors import Refused
from jcr.permissions import Permission
from jcr.scoping import reporting
from jcr.scoping.blueprint import pages
from jcr.scoping.link_pages import found
from jcr.scoping.model import Request
from jcr.scoping.staff_pages import request_of
from jcr.web.access import allow, behind_link
from jcr.web.request import actor, db, now, the_letterhead


class ReportForm(Form):
    why = LongText(
        "What does the return lack?",
        required=True,
        lines=5,
        ask="Say what the return lacks",
        hint="The executive lead reads these words. Write initials instead of names.",
    )


class BriefedForm(Form):
    who = Text("Your name", required=True, ask="Enter your name", autocomplete="name")


@pages.route("/cases/<reference>/returns/<agency>/report", methods=["GET", "POST"])
@allow(Permission.KEEP_RETURNS)
def report(reference: str, agency: str) -> ResponseReturnValue:
    asked, form = request_of(reference, agency), ReportForm(request.form or None)
    if request.method == "GET":
        return _page(asked, form)
    if not form.validate():
        return _page(asked, form, faulty=True), 422
    try:
        reporting.report_poor(db(), the_letterhead(), asked, form.why.data, actor(), now())
    except Refused as why:
        form.why.errors = [str(why)]
        return _page(asked, form, faulty=True), 422
    flash(f"The letter to the executive lead of {asked.agency.name} is written.")
    return redirect(url_for("scoping.read", reference=reference, agency=agency))


@pages.route("/scoping/<token>/briefed", methods=["GET", "POST"])
@behind_link
def briefed(token: str) -> ResponseReturnValue:
    asked, form = found(token), BriefedForm(request.form or None)
    dress(form)
    if request.method == "POST" and form.validate():
        reporting.confirm_briefing(db(), asked, form.who.data, now())
        return redirect(url_for("scoping.start", token=token))
    errors = error_list(form) if request.method == "POST" else None
    page = render_template("scoping/briefed.html", asked=asked, token=token, form=form, errors=errors)
    return page, 422 if errors else 200


def _page(asked: Request, form: Form, faulty: bool = False) -> str:
    dress(form)
    errors = error_list(form) if faulty else None
    return render_template("scoping/report.html", asked=asked, case=asked.case, form=form, errors=errors)
