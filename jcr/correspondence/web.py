"""A letter as a page equal to its PDF, its enclosures, and sending it again when it did not go."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Email
from forms.web import dress, error_list
from jcr.correspondence import channel_pages, delivery, wording_pages
from jcr.correspondence.blueprint import pages
from jcr.correspondence.channels import channel_to
from jcr.correspondence.contacts import next_contacts
from jcr.correspondence.model import Letter
from jcr.correspondence.placeholders import TEMPLATES
from jcr.correspondence.service import TROUBLED
from jcr.correspondence.shown import blocks
from jcr.files.web import download
from jcr.permissions import Permission
from jcr.web.access import allow, may
from jcr.web.request import actor, db, now, person

__all__ = ["channel_pages", "pages", "wording_pages"]


class SendAgainForm(Form):
    recipient = Email("E-mail address", required=True, hint="Correct it here if it was wrong")


@pages.get("/<int:letter_id>")
@allow(Permission.SEE_OFFICE)
def letter(letter_id: int) -> ResponseReturnValue:
    found = _letter(letter_id)
    return _page(found, SendAgainForm(data={"recipient": found.recipient}))


@pages.post("/<int:letter_id>/again")
@allow(Permission.SEND_AGAIN)
def send_again(letter_id: int) -> ResponseReturnValue:
    found = _letter(letter_id)
    form = SendAgainForm(request.form)
    if not form.validate():
        return _page(found, form, errors=error_list(form)), 422
    delivery.send_again(db(), found, form.recipient.data, actor(), now())
    flash("The letter is in the post again.")
    return redirect(url_for("correspondence.letter", letter_id=letter_id))


@pages.get("/<int:letter_id>/enclosures/<int:enclosure_id>")
@allow(Permission.SEE_OFFICE)
def enclosure(letter_id: int, enclosure_id: int) -> ResponseReturnValue:
    enclosures = {enclosed.id: enclosed for enclosed in _letter(letter_id).enclosures}
    found = enclosures.get(enclosure_id) or abort(404)
    return download(found.file, found.name)


def _letter(letter_id: int) -> Letter:
    return delivery.by_id(db(), person(), letter_id) or abort(404)


def _page(letter: Letter, form: Form, **more: Any) -> str:
    dress(form)
    return render_template(
        "correspondence/letter.html",
        letter=letter,
        state=delivery.STATES[letter.delivery],
        formal=blocks(letter.text),
        mail=blocks(letter.body),
        form=form,
        in_team=may(Permission.CHANGE_WORDINGS),
        template=TEMPLATES.get(letter.kind.value),
        channel=channel_to(db(), letter.recipient),
        others=next_contacts(db(), letter) if letter.delivery in TROUBLED else (),
        may_send_again=letter.delivery in TROUBLED and may(Permission.SEND_AGAIN),
        **more,
    )
