"""A page with one form of the way in, and what is wrong with it."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm


def form_page(name: str, form: FlaskForm, **more: object) -> ResponseReturnValue:
    faulty = [{"text": field.errors[0], "href": f"#{field.id}"} for field in form if field.errors]
    errors = {"titleText": "There is a problem", "errorList": faulty}
    page = render_template(f"admission/{name}.html", form=form, errors=errors, **more)
    return page, 422 if form.is_submitted() else 200
