"""A person's own account: password, second factor, recovery codes, and where they are signed in."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovTextInput
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from jcr.admission import gate, half_way, second_factor, service, who
from jcr.admission.blueprint import pages
from jcr.admission.form_page import form_page
from jcr.errors import Incomplete
from jcr.history.service import record
from jcr.links import hashed
from jcr.people import passwords
from jcr.web.access import signed_in
from jcr.web.request import actor, db, keep_in_spite, now, person, settings, the_letterhead


class PasswordForm(FlaskForm):
    password = PasswordField(
        "Password you have now", [InputRequired("Enter the password you have now")], widget=GovPasswordInput()
    )
    new_password = PasswordField(
        "New password", [InputRequired("Enter a new password")], widget=GovPasswordInput()
    )


class AppForm(FlaskForm):
    password = PasswordField(
        "Your password", [InputRequired("Enter your password")], widget=GovPasswordInput()
    )
    code = StringField("Code", [InputRequired("Enter the code")], widget=GovTextInput())


class ConfirmForm(FlaskForm):
    password = PasswordField(
        "Your password", [InputRequired("Enter your password")], widget=GovPasswordInput()
    )


@pages.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    return render_template(
        "admission/account.html",
        person=person(),
        factor=second_factor.of(db(), person()),
        codes_left=second_factor.recovery_codes_left(db(), person()),
        sign_ins=service.holding(db(), person(), now(), settings().longest_session),
        here=hashed(who.token()),
    )


@pages.route("/account/password", methods=["GET", "POST"])
@signed_in
def password() -> ResponseReturnValue:
    form = PasswordForm()
    if not form.validate_on_submit() or not _right(form):
        return form_page("password", form)
    try:
        passwords.set_password(person(), form.new_password.data, (settings().partnership,))
    except Incomplete as wrong:
        form.new_password.errors = [str(wrong).rstrip(".")]
        return form_page("password", form)
    record(db(), None, actor(), now(), "changed their password")
    service.end_everywhere(db(), person(), actor(), now(), but=who.token())
    changed = "The password of your account was changed"
    service.tell_of_change(db(), the_letterhead(), person().name, person().email, changed, now())
    flash("Your password is changed. Everywhere else you are signed out.")
    return redirect(url_for("admission.account"))


@pages.route("/account/second-factor", methods=["GET", "POST"])
@signed_in
def another_app() -> ResponseReturnValue:
    """Sets up an app, or another one in its place."""
    form, secret = AppForm(), half_way.secret()
    shown = {"picture": second_factor.picture(secret, person(), settings().partnership), "secret": secret}
    if not form.validate_on_submit() or not _right(form):
        return form_page("another_app", form, **shown)
    try:
        codes = second_factor.set_up(db(), person(), secret, form.code.data, settings().secret_key, now())
    except Incomplete as wrong:
        form.code.errors = [str(wrong).rstrip(".")]
        return form_page("another_app", form, **shown)
    session.pop(half_way.SECRET, None)
    return render_template("admission/recovery_codes.html", codes=codes, onward=url_for("admission.account"))


@pages.route("/account/recovery-codes", methods=["GET", "POST"])
@signed_in
def recovery_codes() -> ResponseReturnValue:
    form = ConfirmForm()
    if not form.validate_on_submit() or not _right(form):
        return form_page("new_codes", form)
    codes = second_factor.new_recovery_codes(db(), person())
    record(db(), None, actor(), now(), "made new recovery codes")
    return render_template("admission/recovery_codes.html", codes=codes, onward=url_for("admission.account"))


@pages.post("/account/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    service.end_everywhere(db(), person(), actor(), now(), but=who.token())
    flash("You are signed out everywhere but here.")
    return redirect(url_for("admission.account"))


@pages.get("/account/stay")
@signed_in
def stay() -> ResponseReturnValue:
    """Asked for by a page that is open: whoever is still there stays signed in."""
    return {"seconds": who.seconds_left()}


def _right(form: FlaskForm) -> bool:
    """Whether this is their password; tries are counted as at signing in, but keep nobody from signing in."""
    if refused := gate.PASSWORD_AGAIN.too_soon(person()):
        form.password.errors = [refused]
        return False
    if passwords.is_right(person(), form.password.data):
        gate.PASSWORD_AGAIN.passed(person())
        return True
    gate.PASSWORD_AGAIN.failed(person())
    keep_in_spite()
    form.password.errors = ["This is not your password. Check it and try again"]
    return False
