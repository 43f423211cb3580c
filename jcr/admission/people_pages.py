"""The administrator's pages of people, and the page at which an invited person chooses a password."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovSelect, GovTextInput
from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Regexp

from forms.fields import EMAIL
from jcr.admission import joining, second_factor, service
from jcr.admission.blueprint import pages
from jcr.admission.form_page import form_page
from jcr.admission.organisation import known_by_organisation
from jcr.errors import Incomplete
from jcr.people import service as people
from jcr.people.model import Person
from jcr.permissions import Permission
from jcr.roles import GIVEN, Role
from jcr.web.access import allow, public
from jcr.web.request import actor, db, now, the_letterhead

ONE_ADDRESS = Regexp(
    rf"\s*{EMAIL.pattern}\s*$", message="Enter one e-mail address, such as name@example.gov.uk"
)


class PersonForm(FlaskForm):
    name = StringField("Name", [InputRequired("Enter the name")], widget=GovTextInput())
    email = EmailField(
        "E-mail address", [InputRequired("Enter the e-mail address"), ONE_ADDRESS], widget=GovTextInput()
    )
    role = SelectField("Role", widget=GovSelect(), choices={role.value: role.shown for role in GIVEN})
    post = StringField("Post", widget=GovTextInput())
    agency = SelectField("Agency", widget=GovSelect())


class ChosenPassword(FlaskForm):
    new_password = PasswordField("Password", [InputRequired("Enter a password")], widget=GovPasswordInput())


@pages.get("/people")
@allow(Permission.KEEP_PEOPLE)
def everybody() -> ResponseReturnValue:
    known = known_by_organisation(db())
    return render_template(
        "admission/people.html", people=joining.everybody(db()), through_organisation=known, wide=True
    )


@pages.route("/people/add", methods=["GET", "POST"])
@allow(Permission.KEEP_PEOPLE)
def add_person() -> ResponseReturnValue:
    form = PersonForm()
    form.agency.choices = {"": "None", **{one.code: one.name for one in people.agencies(db())}}
    if not form.validate_on_submit():
        return form_page("add_person", form)
    agency = people.agency_of(db(), form.agency.data)
    role, said = Role(form.role.data), (form.name.data, form.email.data)
    try:
        added = joining.add(db(), *said, role, form.post.data or "", agency, actor(), now())
    except Incomplete as taken:
        form.email.errors = [str(taken).rstrip(".")]
        return form_page("add_person", form)
    joining.invite(db(), the_letterhead(), added, actor(), now())
    flash(f"{added.name} is added. An e-mail with a link to choose a password is on its way.")
    return redirect(url_for("admission.everybody"))


@pages.get("/people/<int:id>")
@allow(Permission.KEEP_PEOPLE)
def one_person(id: int) -> ResponseReturnValue:
    found = _found(id)
    factor, known = second_factor.of(db(), found), known_by_organisation(db())
    return render_template("admission/person.html", someone=found, factor=factor, through_organisation=known)


@pages.post("/people/<int:id>/invite")
@allow(Permission.KEEP_PEOPLE)
def invite(id: int) -> ResponseReturnValue:
    joining.invite(db(), the_letterhead(), _found(id), actor(), now())
    return _done(id, "An e-mail with a link to choose a password is on its way.")


@pages.post("/people/<int:id>/second-factor")
@allow(Permission.KEEP_PEOPLE)
def take_second_factor_away(id: int) -> ResponseReturnValue:
    someone = _found(id)
    second_factor.take_away(db(), someone, actor(), now())
    taken = "The second factor of your account was taken away"
    service.tell_of_change(db(), the_letterhead(), someone.name, someone.email, taken, now())
    return _done(id, "The second factor is taken away. A new one is set up at the next sign-in.")


@pages.post("/people/<int:id>/suspend")
@allow(Permission.KEEP_PEOPLE)
def suspend(id: int) -> ResponseReturnValue:
    joining.suspend(db(), _found(id), request.form.get("why", ""), actor(), now())
    return _done(id, "Suspended, and signed out everywhere.")


@pages.post("/people/<int:id>/let-in")
@allow(Permission.KEEP_PEOPLE)
def let_in_again(id: int) -> ResponseReturnValue:
    joining.let_in_again(db(), _found(id), actor(), now())
    return _done(id, "This person can sign in again.")


@pages.route("/invitation/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> ResponseReturnValue:
    """Nothing happens before a password is sent: programs that follow each link in an e-mail send none."""
    invited, form = joining.invited(db(), token, now()), ChosenPassword()
    if invited is None:
        return render_template("admission/invitation_over.html", days=joining.LINK_HOLDS.days), 404
    if not form.validate_on_submit():
        return form_page("invitation", form, email=invited.email)
    try:
        joining.accept(db(), token, form.new_password.data, now())
    except Incomplete as wrong:
        form.new_password.errors = [str(wrong).rstrip(".")]
        return form_page("invitation", form, email=invited.email)
    flash("Your password is kept. Sign in with it.")
    return redirect(url_for("admission.sign_in"))


def _found(id: int) -> Person:
    return db().get(Person, id) or abort(404)


def _done(id: int, sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("admission.one_person", id=id))
