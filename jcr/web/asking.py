"""The page that asks with a form."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from forms import Form
from forms.web import error_list


def form_page(template: str, form: Form, status: int = 422, **shown: Any) -> ResponseReturnValue:
    """The form to fill in; or, when what was sent will not do, the same with what is wrong, as a 422 or another."""
    if request.method == "GET":
        return render_template(template, form=form, errors=None, **shown)
    return render_template(template, form=form, errors=error_list(form), **shown), status
