"""Signing in and out, beside the pages of agencies and of the chairs."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovTextInput
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired

from jcr.history.service import record
from jcr.people import agency_pages, chair_pages, service
from jcr.people.blueprint import pages
from jcr.web.access import public, signed_in
from jcr.web.request import actor, db, now

__all__ = ["agency_pages", "chair_pages", "pages"]


class SignInForm(FlaskForm):
    email = EmailField("E-mail address", [InputRequired("Enter your e-mail address")], widget=GovTextInput())
    password = PasswordField("Password", [InputRequired("Enter your password")], widget=GovPasswordInput())


@pages.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form, 422 if form.is_submitted() else 200)
    person = service.sign_in(db(), form.email.data, form.password.data)
    if person is None:
        form.email.errors = ["The e-mail address or the password is not right. Check both and try again"]
        return _sign_in_page(form, 422)
    session.clear()
    session.permanent = True
    login_user(person)
    record(db(), None, person.as_actor(), now(), "signed in")
    return redirect(_own_address(request.args.get("next", "")) or url_for("desk.front"))


@pages.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    record(db(), None, actor(), now(), "signed out")
    logout_user()
    session.clear()
    flash("You have signed out.")
    return redirect(url_for("people.sign_in"))


def _sign_in_page(form: SignInForm, status: int) -> ResponseReturnValue:
    faulty = [{"text": field.errors[0], "href": f"#{field.id}"} for field in form if field.errors]
    errors = {"titleText": "There is a problem", "errorList": faulty}
    return render_template("people/sign_in.html", form=form, errors=errors), status


def _own_address(target: str) -> str:
    """The page to go on to, if it is one of ours; a link elsewhere is ignored."""
    parts = urlsplit(target)
    if not target.isprintable():
        return ""
    ours = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc
    return target if ours else ""
