"""The people a case is about: who may be known already, what somebody found, and undoing it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.dates import day_or_none
from forms.fields import Choice, LongText
from forms.web import dress
from jcr.cases import joining, likeness
from jcr.cases.joining import Fact
from jcr.cases.likeness import Resemblance
from jcr.cases.model import Case, Likeness, Verdict
from jcr.cases.web import the_case
from jcr.desk.blueprint import pages
from jcr.errors import NotNow
from jcr.permissions import Permission
from jcr.web.access import allow, may
from jcr.web.asking import form_page
from jcr.web.request import actor, db, now, person
from jcr.wording import plain_date


class JudgeForm(Form):
    verdict = Choice(
        "Who is it?",
        {verdict.value: verdict.shown for verdict in Verdict},
        required=True,
        ask="Choose who it is",
    )
    why = LongText("How do you know?", required=True, lines=2, ask="Say how you know")


class UndoForm(Form):
    why = LongText("Why is it undone?", required=True, lines=2, ask="Say why it is undone")


@pages.get("/cases/<reference>/known")
@allow(Permission.SEE_OFFICE)
def known(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    found = likeness.resemblances(db(), person(), case)
    return render_template(
        "desk/known.html",
        case=case,
        found=found,
        drifted=joining.drifted,
        may_act=may(Permission.JUDGE_LIKENESS, case),
    )


@pages.route("/cases/<reference>/known/<int:subject>/<int:other>", methods=["GET", "POST"])
@allow(Permission.JUDGE_LIKENESS)
def judge(reference: str, subject: int, other: int) -> ResponseReturnValue:
    """Says who it is, or undoes what was said."""
    case, pair = _pair(reference, subject, other)
    form = UndoForm(request.form or None) if pair.judged else JudgeForm(request.form or None)
    dress(form)
    if request.method == "POST" and form.validate():
        if (request.form.get("act") == "undo") != bool(pair.judged):
            raise NotNow(
                "Somebody said who it is, or undid it, meanwhile. Go back and see how it stands now."
            )
        _act(pair, form)
        return redirect(url_for("desk.known", reference=case.reference))
    return form_page("desk/judge.html", form, case=case, pair=pair)


@pages.route("/cases/<reference>/known/<int:subject>/<int:other>/join", methods=["GET", "POST"])
@allow(Permission.JUDGE_LIKENESS)
def join(reference: str, subject: int, other: int) -> ResponseReturnValue:
    """Makes the records of one person in two cases one; undoing what was found takes them apart again."""
    case, pair = _pair(reference, subject, other)
    if pair.judged is None:
        abort(404)
    if pair.judged.joined and not joining.drifted(pair.judged, pair.subject, pair.other):
        abort(404)
    facts = joining.facts_of(pair.subject, pair.other)
    form = _join_form(facts, case, pair.other.case)(request.form or None)
    dress(form)
    if request.method == "POST" and form.validate():
        joining.join(db(), pair.judged, pair.subject, pair.other, form.answers(), actor(), now())
        flash("The two records are one. Undoing what was found takes them apart again.")
        return redirect(url_for("desk.known", reference=case.reference))
    return form_page("desk/join.html", form, case=case, pair=pair, facts=facts, shown=_shown)


def _join_form(facts: Sequence[Fact], case: Case, other: Case) -> type[Form]:
    """One question for each fact the two records differ in."""
    questions = {
        fact.key: Choice(
            f"{fact.label}: which is right?",
            {
                "here": f"{_shown(fact.here)}, as {case.reference} says",
                "there": f"{_shown(fact.there)}, as {other.reference} says",
            },
            required=True,
            ask=f"{fact.label}: choose which is right",
        )
        for fact in facts
        if fact.differs
    }
    return type("JoinForm", (Form,), questions)


def _shown(told: str) -> str:
    day = day_or_none(told)
    return plain_date(day) if day else told


def _pair(reference: str, subject: int, other: int) -> tuple[Case, Resemblance]:
    case = the_case(reference)
    return case, likeness.pair_of(db(), person(), case, subject, other) or abort(404)


def _act(pair: Resemblance, form: Form) -> None:
    judged: Likeness | None = pair.judged
    if judged:
        likeness.undo(db(), judged, form.why.data, actor(), now())
        flash("Undone. The question is open again, and both cases say so.")
    else:
        verdict = Verdict(form.verdict.data)
        likeness.judge(db(), pair.subject, pair.other, verdict, form.why.data, actor(), now())
        flash("Recorded on both cases. It can be undone.")
