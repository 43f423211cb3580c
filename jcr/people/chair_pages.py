"""The page of the chairs: who is appointed, from which board, since when, and when each term is to be reviewed."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, Date, LongText, Text
from forms.web import dress, error_list
from jcr.errors import Incomplete, Refused
from jcr.people import terms
from jcr.people.blueprint import pages
from jcr.people.model import ChairTerm
from jcr.permissions import Permission
from jcr.roles import CHAIRS, Role
from jcr.web.access import allow, may
from jcr.web.request import actor, db, now, today


class ReviewForm(Form):
    review = LongText(
        "What the review found, and who agreed", required=True, lines=3, ask="Say what the review found"
    )


class BoardForm(Form):
    name = Text("Name of the board or partnership", required=True, limit=200)


@pages.get("/chairs")
@allow(Permission.SEE_GROUP)
def chairs() -> ResponseReturnValue:
    return render_template(
        "people/chairs.html",
        terms=terms.terms(db()),
        due=terms.review_due,
        reminders=list(terms.reminders(db(), today())),
        boards=terms.boards(db()),
        may_act=may(Permission.APPOINT_CHAIRS),
        wide=True,
    )


@pages.route("/chairs/appoint", methods=["GET", "POST"])
@allow(Permission.APPOINT_CHAIRS)
def appoint() -> ResponseReturnValue:
    asked = _appointment_form()
    form = asked(request.form or None, data={"since": today().isoformat()})
    if request.method == "GET":
        return _form_page("people/appoint.html", form)
    if not form.validate():
        return _form_page("people/appoint.html", form, faulty=True), 422
    said = form.answers()
    who = next(one for one in terms.may_be_appointed(db()) if str(one.id) == said["person"])
    board = next((one for one in terms.boards(db()) if one.code == said["board"]), None)
    try:
        terms.appoint(
            db(), who, Role(said["role"]), board, form.since.day, said.get("why_early", ""), actor(), now()
        )
    except Refused as why:
        db().rollback()
        form.why_early.errors = [str(why)]
        return _form_page("people/appoint.html", form, faulty=True), 422
    flash(f"{who.name} is {Role(said['role']).shown.lower()}.")
    return redirect(url_for("people.chairs"))


@pages.route("/chairs/<int:term_id>/review", methods=["GET", "POST"])
@allow(Permission.APPOINT_CHAIRS)
def review(term_id: int) -> ResponseReturnValue:
    term = db().get(ChairTerm, term_id) or abort(404)
    form = ReviewForm(request.form or None)
    if request.method == "GET":
        return _form_page("people/review_term.html", form, term)
    if not form.validate():
        return _form_page("people/review_term.html", form, term, faulty=True), 422
    terms.review(db(), term, form.review.data, actor(), now())
    flash("The review is recorded. The next is due two years from today.")
    return redirect(url_for("people.chairs"))


@pages.route("/boards/add", methods=["GET", "POST"])
@allow(Permission.APPOINT_CHAIRS)
def add_board() -> ResponseReturnValue:
    form = BoardForm(request.form or None)
    if request.method == "GET":
        return _form_page("people/board.html", form)
    if not form.validate():
        return _form_page("people/board.html", form, faulty=True), 422
    try:
        added = terms.add_board(db(), form.name.data, actor(), now())
    except Incomplete as there:
        form.name.errors = [str(there)]
        return _form_page("people/board.html", form, faulty=True), 422
    flash(f"{added.name} is added.")
    return redirect(url_for("people.chairs"))


def _appointment_form() -> type[Form]:
    people = {str(one.id): f"{one.name}, {one.post or 'no post'}" for one in terms.may_be_appointed(db())}
    boards = {one.code: one.name for one in terms.boards(db())}
    questions = {
        "role": Choice("Post", {role.value: role.shown for role in CHAIRS}, required=True, ask="Choose the post"),
        "person": Choice("Who is appointed", people, required=True, ask="Choose who is appointed"),
        "board": Choice(
            "Board they are a full member of", boards, required=True, ask="Choose the board they are a full member of"
        ),
        "since": Date("First day", required=True, what="The first day"),
        "why_early": LongText("If the term before ends within two years, why", lines=2),
    }  # fmt: skip
    return type("AppointmentForm", (Form,), questions)


def _form_page(template: str, form: Form, term: ChairTerm | None = None, faulty: bool = False) -> str:
    dress(form)
    return render_template(template, form=form, term=term, errors=error_list(form) if faulty else None)
