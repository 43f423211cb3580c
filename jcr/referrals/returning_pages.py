"""The page at which the Partnership Team gives a referral back, and records the answer when it comes."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choices, LongText
from forms.web import dress, error_list
from jcr.cases.model import Status
from jcr.cases.web import the_case
from jcr.errors import Incomplete
from jcr.permissions import Permission
from jcr.referrals import returning, service
from jcr.referrals.blueprint import pages
from jcr.referrals.model import Referral
from jcr.web.access import allow
from jcr.web.request import actor, db, now, the_letterhead, today


class GiveBackForm(Form):
    why = LongText(
        "Why does the referral go back?",
        required=True,
        lines=4,
        hint="The referrer reads these words. Use initials, not names.",
        ask="Say why the referral goes back: the referrer reads it",
    )
    missing = Choices("Questions the form finds unanswered or wrong", {}, hint="Tick those to ask")
    others = LongText("Questions in your own words", lines=5, hint="One question a line")

    def __init__(self, formdata: Any = None, *, found: dict[str, str], **kwargs: Any) -> None:
        super().__init__(formdata, only=None if found else {"why", "others"}, **kwargs)
        if found:
            self.missing.options = found


class AnswerForm(Form):
    how = LongText(
        "What did the referrer answer, and how did it reach you?",
        required=True,
        lines=4,
        hint="For example: by e-mail today, filed with the case; the date of birth is in it",
        ask="Say what the referrer answered and how it reached you",
    )


@pages.route("/cases/<reference>/return", methods=["GET", "POST"])
@allow(Permission.GIVE_BACK)
def give_back(reference: str) -> ResponseReturnValue:
    referral = _of_case(reference)
    if referral.case.status is Status.RETURNED:
        return _page(referral, AnswerForm())
    found = returning.open_questions(referral, today())
    form = GiveBackForm(request.form, found=found, data={"missing": list(found)})
    if request.method == "GET" or not form.validate():
        return _page(referral, form)
    ticked = form.answers().get("missing") or ()
    chosen = {name: words for name, words in found.items() if name in ticked}  # in the order of the form
    others = form.others.data.splitlines()
    head = the_letterhead()
    try:
        returning.give_back(db(), head, referral, form.why.data, chosen, others, actor(), now())
    except Incomplete as refused:  # what was typed stays on the page
        db().rollback()
        form.others.errors = [str(refused)]
        return _page(_of_case(reference), form)
    flash("The referral went back to the referrer with your questions. It is not rejected.")
    return redirect(f"/cases/{reference}")


@pages.post("/cases/<reference>/return/answered")
@allow(Permission.TAKE_UP)
def take_up(reference: str) -> ResponseReturnValue:
    referral, form = _of_case(reference), AnswerForm(request.form)
    if not form.validate():
        return _page(referral, form)
    returning.take_up(db(), referral, form.how.data, actor(), now())
    flash("The answer is recorded and the case goes on.")
    return redirect(url_for("desk.case", reference=reference))


def _of_case(reference: str) -> Referral:
    case = the_case(reference)
    return service.of_case(db(), case) or abort(404)


def _page(referral: Referral, form: Form) -> ResponseReturnValue:
    dress(form)
    errors = error_list(form) if request.method == "POST" else None
    page = render_template(
        "referrals/give_back.html",
        referral=referral,
        case=referral.case,
        given=returning.latest(db(), referral.case),
        may=referral.case.status in (Status.REFERRED, Status.TRIAGE),
        form=form,
        errors=errors,
    )
    return page, 422 if errors else 200
