"""Signing in with password and second factor, and out."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovTextInput
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import InputRequired

from jcr.admission import (
    account_pages,
    away_pages,
    gate,
    half_way,
    import_pages,
    organisation_pages,
    people_pages,
    second_factor,
    service,
    who,
)
from jcr.admission.blueprint import pages
from jcr.admission.entering import after_first_factor, let_in, own_address
from jcr.admission.form_page import form_page
from jcr.errors import Incomplete
from jcr.people import passwords
from jcr.people.model import Person
from jcr.people.service import by_email
from jcr.web.access import public, signed_in
from jcr.web.request import actor, db, keep_in_spite, now, settings

__all__ = ["account_pages", "away_pages", "import_pages", "organisation_pages", "pages", "people_pages"]
NOT_RIGHT = "The e-mail address or the password is not right. Check both and try again"


class SignInForm(FlaskForm):
    email = EmailField("E-mail address", [InputRequired("Enter your e-mail address")], widget=GovTextInput())
    password = PasswordField("Password", [InputRequired("Enter your password")], widget=GovPasswordInput())


class CodeForm(FlaskForm):
    code = StringField("Code", [InputRequired("Enter the code")], widget=GovTextInput())


@pages.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate_on_submit():
        return form_page("sign_in", form)
    if refused := gate.too_soon(form.email.data):
        form.email.errors = [refused]
        return form_page("sign_in", form)
    person = by_email(db(), form.email.data)
    if not passwords.is_right(person, form.password.data) or person is None:
        gate.failed(form.email.data)
        keep_in_spite()
        form.email.errors = [NOT_RIGHT]
        return form_page("sign_in", form)
    gate.passed(form.email.data)
    half_way.begin(person, own_address(request.args.get("next", "")))
    return after_first_factor(person)


@pages.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    person, form = half_way.person(), CodeForm()
    if person is None:
        return _again()
    if not form.validate_on_submit():
        return form_page("code", form)
    if refused := gate.CODE.too_soon(person):
        form.code.errors = [refused]
        return form_page("code", form)
    key, former = settings().secret_key, settings().former_secret_keys
    if not second_factor.accept(db(), person, form.code.data, key, now(), former):
        gate.CODE.failed(person)
        keep_in_spite()
        form.code.errors = [second_factor.WRONG]
        return form_page("code", form)
    gate.CODE.passed(person)
    return redirect(let_in(person))


@pages.route("/sign-in/set-up", methods=["GET", "POST"])
@public
def first_set_up() -> ResponseReturnValue:
    """At the first sign-in: the password was right, and nothing else is open before the app is set up."""
    person, form = half_way.person(), CodeForm()
    if person is None or second_factor.of(db(), person):
        return _again()
    if not form.validate_on_submit():
        return set_up_page(person, form)
    try:
        codes = second_factor.set_up(
            db(), person, half_way.secret(), form.code.data, settings().secret_key, now()
        )
    except Incomplete as wrong:
        form.code.errors = [str(wrong).rstrip(".")]
        return set_up_page(person, form)
    onward = let_in(person)
    return render_template("admission/recovery_codes.html", codes=codes, onward=onward)


@pages.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    service.end(db(), who.token(), actor(), now())
    logout_user()
    session.clear()
    flash("You have signed out.")
    return redirect(url_for("admission.sign_in"))


def set_up_page(person: Person, form: CodeForm) -> ResponseReturnValue:
    secret = half_way.secret()
    picture = second_factor.picture(secret, person, settings().partnership)
    return form_page("set_up", form, picture=picture, secret=secret)


def _again() -> ResponseReturnValue:
    flash("That took too long. Sign in again.", "problem")
    return redirect(url_for("admission.sign_in"))
