"""The page on which what belongs to no case is marked for destruction, and agreed or taken back."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, LongText
from forms.web import dress
from jcr.errors import Refused
from jcr.permissions import Permission
from jcr.records import of_no_case
from jcr.records.blueprint import pages
from jcr.records.model import OldMark
from jcr.records.rules import COUNTED_FROM, OF_NO_CASE
from jcr.web.access import allow, may
from jcr.web.asking import form_page
from jcr.web.request import actor, db, now, settings, today


class MarkForm(Form):
    why = LongText(
        "Why are they destroyed?", required=True, lines=3, ask="Give the reasons",
        hint="Somebody else has to agree, then the operator destroys them.",
    )  # fmt: skip


class AnswerForm(Form):
    answer = Choice("What becomes of them?", {"agree": "I agree: they are destroyed", "keep": "They are kept"},
                    required=True, ask="Choose what becomes of them")  # fmt: skip
    why = LongText("What did you look at, and why?", required=True, lines=3, ask="Give the reasons")


@pages.route("/records/old/<kind>", methods=["GET", "POST"])
@allow(Permission.KEEP_RECORDS)
def old(kind: str) -> ResponseReturnValue:
    """Marks what is old enough, or answers the mark of a colleague."""
    if kind not in OF_NO_CASE:
        abort(404)
    mark = of_no_case.standing(db(), kind)
    form = (AnswerForm if mark else MarkForm)(request.form or None)
    if mark and not of_no_case.may_agree(mark, actor()):
        del form.answer.options["agree"]
    if request.method == "GET" or not form.validate():
        return _page(kind, mark, form)
    try:
        done = _answer(mark, form) if mark else _mark(kind, form)
    except Refused as wrong:
        form.why.errors = [str(wrong)]
        return _page(kind, mark, form)
    flash(done)
    return redirect(url_for("records.to_review"))


def _mark(kind: str, form: Form) -> str:
    day = of_no_case.up_to(kind, settings().retention_years, today())
    of_no_case.mark(db(), kind, day, form.why.data, actor(), now())
    return "They are marked. Somebody else has to agree."


def _answer(mark: OldMark, form: Form) -> str:
    if form.answer.data == "keep":
        of_no_case.take_back(db(), mark, form.why.data, actor(), now())
        return "They are kept."
    of_no_case.agree(db(), mark, form.why.data, actor(), now())
    return "You agreed. The operator can destroy them now."


def _page(kind: str, mark: OldMark | None, form: Form) -> ResponseReturnValue:
    day = mark.up_to if mark else of_no_case.up_to(kind, settings().retention_years, today())
    dress(form)
    return form_page(
        "records/old.html",
        form,
        name=OF_NO_CASE[kind],
        since=COUNTED_FROM[kind],
        years=settings().retention_years[kind],
        mark=mark,
        day=day,
        number=of_no_case.how_many(db(), kind, day),
        oldest=of_no_case.oldest(db(), kind, day),
        may_mark=may(Permission.MARK_FOR_DESTRUCTION),
        source=settings().retention_source,
    )
