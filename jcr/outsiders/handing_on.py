"""The form on which the holder of a link passes it on to a colleague, and what comes of filling it in."""

from __future__ import annotations

from collections.abc import Callable

from flask import request

from forms import Form
from forms.fields import Email, LongText, Text
from jcr.errors import Incomplete


class HandOnForm(Form):
    name = Text("Your colleague’s name", required=True, ask="Enter your colleague’s name")
    email = Email(
        "Their e-mail address", required=True, ask="Enter their e-mail address",
        hint="At your own organisation. The link goes there, and yours ends",
    )  # fmt: skip
    why = LongText("Why?", required=True, lines=2, ask="Say why you pass it on",
                   hint="Name nobody the case is about")  # fmt: skip


def is_handed_on(form: HandOnForm, hand_on: Callable[[str, str, str], None]) -> bool:
    """Whether `hand_on` took the name, address and reason that were sent; what it refused stands on the form."""
    if request.method == "GET" or not form.validate():
        return False
    try:
        hand_on(form.name.data, form.email.data, form.why.data)
    except Incomplete as refused:
        form.email.errors = [str(refused).rstrip(".")]
        return False
    return True
