"""The page of the decision letter: every word of it before it goes, and the button that sends it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.question import tidy
from forms.web import dress, error_list
from jcr.cases.model import Case
from jcr.cases.web import the_case
from jcr.correspondence.shown import blocks
from jcr.decisions import service
from jcr.decisions.blueprint import pages
from jcr.decisions.questions import LetterForm
from jcr.decisions.telling_agencies import agencies_told
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.request import actor, calendar, db, now, the_letterhead


@pages.get("/decision-letter")
@allow(Permission.TELL_REFERRER)
def decision_letter(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    latest = service.latest(db(), case)
    written = service.letter_of(db(), latest) if latest else None
    if written:
        return redirect(url_for("correspondence.letter", letter_id=written.id))
    recipient = _preview(case, "").recipient
    return _page(case, LetterForm(data={"recipient": recipient}), "")


@pages.post("/decision-letter")
@allow(Permission.TELL_REFERRER)
def send_letter(reference: str) -> ResponseReturnValue:
    """Shows the letter with the paragraph, or sends it: only ever the words that were shown."""
    case, form = the_case(reference), LetterForm(request.form)
    good = form.validate()
    if named := service.given_away(case, form.paragraph.data):
        form.paragraph.errors = [
            f"The paragraph names a subject or a date of birth (“{named}”). Write initials"
        ]
        good = False
    if not good:
        return _page(case, form, tidy(request.form.get("shown")), errors=error_list(form)), 422
    if "send" not in request.form:
        return _page(case, form, form.paragraph.data)
    if form.paragraph.data != tidy(request.form.get("shown")):
        return _page(case, form, form.paragraph.data, changed=True)
    return _send(case, form)


def _send(case: Case, form: LetterForm) -> ResponseReturnValue:
    paragraph, recipient = form.paragraph.data, form.recipient.data
    letter = service.notify_referrer(
        db(), the_letterhead(), calendar(), case, actor(), now(), paragraph=paragraph, recipient=recipient
    )
    flash("The decision letter is in the post. The case is decided once it has gone.")
    return redirect(url_for("correspondence.letter", letter_id=letter.id))


def _preview(case: Case, paragraph: str) -> service.Preview:
    return service.preview(db(), the_letterhead(), calendar(), case, actor(), now(), paragraph)


def _page(case: Case, form: LetterForm, paragraph: str, **more: Any) -> str:
    dress(form)
    preview = _preview(case, paragraph)
    return render_template(
        "decisions/letter.html",
        case=case,
        form=form,
        preview=preview,
        paragraph=paragraph,
        agencies=agencies_told(db(), case),
        formal=blocks(preview.text),
        mail=blocks(preview.body),
        **more,
    )
