"""The page of the costs of a case."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import LongText, Text
from forms.web import dress, error_list
from jcr.cases.model import Case
from jcr.cases.web import the_case
from jcr.costs import service
from jcr.costs.model import Expense
from jcr.costs.rules import pence, shares
from jcr.errors import Incomplete
from jcr.permissions import Permission
from jcr.web.access import allow, may
from jcr.web.request import actor, db, now, settings, the_letterhead

pages = Blueprint("costs", __name__, url_prefix="/cases/<reference>/costs")


class EstimateForm(Form):
    what = LongText("What is the money for?", required=True, lines=2, ask="Say what the money is for")
    amount = Text("Expected cost, in pounds", required=True, ask="Enter the expected cost")
    from_budget = Text(
        "Covered by the unit’s budget, in pounds", required=True, ask="Enter what the budget covers"
    )

    def money_faults(self) -> bool:
        """Puts a sentence at each amount that is none."""
        for field in (self.amount, self.from_budget):
            if field.data and pence(field.data) is None:
                field.errors = ["Write an amount in pounds, such as 1250 or 1250.50"]
        return bool(self.amount.errors or self.from_budget.errors)


@pages.get("")
@allow(Permission.SEE_OFFICE)
def costs(reference: str) -> ResponseReturnValue:
    return _page(the_case(reference), EstimateForm())


@pages.post("")
@allow(Permission.ESTIMATE_COSTS)
def estimate(reference: str) -> ResponseReturnValue:
    case, form = the_case(reference), EstimateForm(request.form)
    good = form.validate()
    if form.money_faults() or not good:
        return _page(case, form, faulty=True)
    amount, covered = pence(form.amount.data) or 0, pence(form.from_budget.data) or 0
    try:
        service.estimate(db(), the_letterhead(), case, form.what.data, amount, covered, actor(), now())
    except Incomplete as lacking:
        form.from_budget.errors = [str(lacking)]
        return _page(case, form, faulty=True)
    flash("The estimate is recorded. The manager is consulted before any money is committed.")
    return redirect(url_for("costs.costs", reference=case.reference))


@pages.post("/<int:expense>/answer")
@allow(Permission.ANSWER_COSTS)
def answer(reference: str, expense: int) -> ResponseReturnValue:
    case, found = _expense(reference, expense)
    agreed = request.form.get("agreed") == "yes"
    service.answer(db(), case, found, agreed, request.form.get("said", ""), actor(), now())
    flash("Your answer is recorded.")
    return redirect(url_for("costs.costs", reference=case.reference))


@pages.post("/<int:expense>/commit")
@allow(Permission.COMMIT_COSTS)
def take_on(reference: str, expense: int) -> ResponseReturnValue:
    case, found = _expense(reference, expense)
    service.take_on(db(), case, found, settings().cost_shares, actor(), now())
    flash("The cost is committed.")
    return redirect(url_for("costs.costs", reference=case.reference))


def _expense(reference: str, id: int) -> tuple[Case, Expense]:
    case = the_case(reference)
    found = next((one for one in service.of_case(db(), case) if one.id == id), None)
    return case, found or abort(404)


def _page(case: Case, form: EstimateForm, faulty: bool = False) -> ResponseReturnValue:
    dress(form)
    found = service.of_case(db(), case)
    parts = settings().cost_shares
    page = render_template(
        "costs/costs.html",
        case=case,
        expenses=found,
        shares={one.id: one.shares or shares(one.shortfall, parts) for one in found},
        money=service.money,
        source=settings().cost_shares_source,
        managers=service.managers(db(), case),
        form=form,
        may_estimate=may(Permission.ESTIMATE_COSTS, case),
        may_commit=may(Permission.COMMIT_COSTS, case),
        may_answer=may(Permission.ANSWER_COSTS, case),
        errors=error_list(form) if faulty else None,
    )
    return page, 422 if faulty else 200
