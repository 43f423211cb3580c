"""The page on which the holder of a link passes it on to a colleague."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Email, LongText, Text
from forms.web import dress
from jcr.errors import Incomplete
from jcr.web.asking import form_page


class HandOnForm(Form):
    name = Text("Your colleague’s name", required=True, ask="Enter your colleague’s name")
    email = Email(
        "Their e-mail address", required=True, ask="Enter their e-mail address",
        hint="At your own organisation. The link goes there, and yours ends",
    )  # fmt: skip
    why = LongText("Why?", required=True, lines=2, ask="Say why you pass it on",
                   hint="For example: they hold the records. Name nobody the case is about")  # fmt: skip


@dataclass(frozen=True)
class Held:
    """What is passed on, such as *request*; the lines above the heading; and the page that the link opens."""

    what: str
    reference: str
    agency: str
    back_to: str
    address: str
    goes_with_it: str = ""


def hand_on_page(held: Held, hand_on: Callable[[str, str, str], None]) -> ResponseReturnValue:
    """Asks for the name, address and reason that `hand_on` takes; what it refuses stands on the form."""
    form = HandOnForm(request.form or None)
    dress(form)
    if request.method == "POST" and form.validate():
        try:
            hand_on(form.name.data, form.email.data, form.why.data)
        except Incomplete as refused:
            form.email.errors = [str(refused).rstrip(".")]
        else:
            return render_template("outsiders/handed_on.html", held=held)
    return form_page("outsiders/hand_on.html", form, held=held)
