"""The page at which a referral is sent on to the process it belongs to."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, LongText
from forms.web import dress, error_list
from jcr.cases.model import Case
from jcr.cases.web import the_case
from jcr.cases.workflow import open_to
from jcr.errors import Incomplete
from jcr.permissions import Permission
from jcr.triage import redirecting
from jcr.triage.blueprint import pages
from jcr.triage.destinations import DESTINATIONS
from jcr.triage.redirecting import Onward
from jcr.web.access import allow
from jcr.web.request import actor, db, now, the_letterhead

PASSED_ON = {
    "yes": "We passed it on already, by the secure way agreed with that body",
    "no": "The referrer is asked to report it there",
}


class RedirectForm(Form):
    destination = Choice(
        "Where does it belong?",
        {code: one.name for code, one in DESTINATIONS.items()},
        required=True,
        ask="Select where the referral belongs",
    )
    body = LongText(
        "Which body, and how is it reached?",
        required=True,
        lines=3,
        hint="Goes into the letter: for example the team’s name, telephone and e-mail address",
        ask="Enter the body it goes to and how it is reached",
    )
    passed_on = Choice("Who passes it on?", PASSED_ON, required=True, ask="Select who passes it on")
    why = LongText(
        "Why is it not for this process?",
        required=True,
        lines=6,
        hint="Goes into the letter. Use initials, not names.",
        ask="Give the reasons: the referrer reads them",
    )

    def onward(self) -> Onward:
        """What was chosen, from a form that was checked."""
        return Onward(self.destination.data, self.body.data, self.passed_on.data == "yes", self.why.data)


@pages.route("/cases/<reference>/redirect", methods=["GET", "POST"])
@allow(Permission.REDIRECT)
def redirected(reference: str) -> ResponseReturnValue:
    case, form = the_case(reference), RedirectForm(request.form)
    if request.method == "GET" or not form.validate():
        return _page(case, form)
    head = the_letterhead()
    try:
        redirecting.redirect(db(), head, case, form.onward(), actor(), now())
    except Incomplete as refused:  # what was typed stays on the page
        db().rollback()
        form.why.errors = [str(refused)]
        return _page(the_case(reference), form)
    flash("The referral is sent elsewhere. The letter to the referrer is in the post.")
    return redirect(f"/cases/{case.reference}")


def _page(case: Case, form: Form) -> ResponseReturnValue:
    dress(form)
    errors = error_list(form) if request.method == "POST" else None
    page = render_template(
        "triage/redirect.html",
        case=case,
        form=form,
        errors=errors,
        may_redirect="redirect" in {act.name for act in open_to(actor(), case)},
        sent=redirecting.of_case(db(), case),
        destinations=DESTINATIONS,
    )
    return page, 422 if errors else 200
