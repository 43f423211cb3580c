"""The page of the letter that tells a referrer that the decision waits: every word of it before it goes."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.question import tidy
from forms.web import dress, error_list
from jcr.cases.model import Case
from jcr.cases.web import the_case
from jcr.correspondence.shown import blocks
from jcr.decisions import interim, service
from jcr.decisions.blueprint import pages
from jcr.decisions.questions import InterimForm
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.request import actor, db, now, the_letterhead


@pages.get("/decision-waits")
@allow(Permission.TELL_REFERRER)
def decision_waits(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    recipient = interim.preview(db(), the_letterhead(), case, "–", actor(), now()).recipient
    return _page(case, InterimForm(data={"recipient": recipient}))


@pages.post("/decision-waits")
@allow(Permission.TELL_REFERRER)
def send_decision_waits(reference: str) -> ResponseReturnValue:
    """Shows the letter, or sends it: only ever the words that were shown."""
    case, form = the_case(reference), InterimForm(request.form)
    good = form.validate()
    if named := service.given_away(case, form.awaited.data):
        form.awaited.errors = [f"The words name a subject or a date of birth (“{named}”). Write initials"]
        good = False
    if not good:
        return _page(case, form, errors=error_list(form)), 422
    if "send" not in request.form or form.awaited.data != tidy(request.form.get("shown")):
        return _page(case, form, form.awaited.data, changed="send" in request.form)
    letter = interim.tell_it_waits(
        db(), the_letterhead(), case, form.awaited.data, form.recipient.data, actor(), now()
    )
    flash("The letter is in the post. It decides nothing: the decision letter follows.")
    return redirect(url_for("correspondence.letter", letter_id=letter.id))


def _page(case: Case, form: InterimForm, awaited: str = "", **more: Any) -> str:
    dress(form)
    preview = interim.preview(db(), the_letterhead(), case, awaited, actor(), now()) if awaited else None
    return render_template(
        "decisions/interim.html",
        case=case,
        form=form,
        preview=preview,
        awaited=awaited,
        formal=blocks(preview.text) if preview else (),
        mail=blocks(preview.body) if preview else (),
        **more,
    )
