"""The pages of the criteria: the kinds of review considered, the facts of each test, what the tests say."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choices, LongText, Number
from forms.web import dress, error_list
from jcr.cases.model import Case, Route, Subject
from jcr.cases.web import the_case
from jcr.criteria import asking, joint_review_proposed, service
from jcr.criteria.facts import FACTS
from jcr.criteria.judged import judgement
from jcr.criteria.model import Fact
from jcr.history import service as history
from jcr.permissions import Permission
from jcr.web.access import allow, may
from jcr.web.meanwhile import saved_meanwhile, stamp
from jcr.web.reasoned import Given, ReasonedForm, reasoned_form, stored
from jcr.web.request import actor, db, now, settings, today

pages = Blueprint("criteria", __name__, url_prefix="/cases/<reference>/criteria")

ROUTES = {
    "child": "Local child safeguarding practice review",
    "adult": "Safeguarding adult review",
    "domestic": "Domestic homicide review (also called domestic abuse related death review)",
}
FORMS = {
    route: reasoned_form(
        questions,
        sourced=True,
        **(
            {asking.PERPETRATOR_AGE: Number(FACTS[asking.PERPETRATOR_AGE], high=130, what="Age")}
            if route is Route.DOMESTIC
            else {}
        ),
    )
    for route, questions in asking.QUESTIONS.items()
}


class RoutesForm(Form):
    routes = Choices(
        "Which reviews may this case fall into?",
        ROUTES,
        required=True,
        ask="Select at least one kind of review",
        hint="Choose all that may apply (terms of reference, section 3)",
    )
    why = LongText("If you change them, say why", lines=2)


@pages.get("")
@allow(Permission.READ_RECORD)
def overview(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    return _overview(case, RoutesForm(data={"routes": [route.value for route in case.route_names]}))


@pages.post("/routes")
@allow(Permission.TRIAGE)
def change_routes(reference: str) -> ResponseReturnValue:
    case, form = the_case(reference), RoutesForm(request.form)
    changed = set(form.routes.data) != {route.value for route in case.route_names}
    form.why.required = changed
    form.why.ask = "Say why the kinds of review change"
    if not form.validate():
        return _overview(case, form, errors=error_list(form)), 422
    routes = [Route(code) for code in form.routes.data]
    service.change_routes(db(), case, routes, form.why.data, actor(), now())
    flash("The kinds of review are saved.")
    return redirect(url_for("criteria.overview", reference=case.reference))


@pages.get("/<int:subject_id>/<route>")
@allow(Permission.TRIAGE)
def questions(reference: str, subject_id: int, route: str) -> ResponseReturnValue:
    case, subject, form = _asked(reference, subject_id, route)
    facts = service.facts_of(db(), case).get(subject.id, {})
    return _questions(case, subject, Route(route), form(data=_shown(case, subject, facts)))


@pages.post("/<int:subject_id>/<route>")
@allow(Permission.TRIAGE)
def record(reference: str, subject_id: int, route: str) -> ResponseReturnValue:
    case, subject, kind = _asked(reference, subject_id, route)
    form = kind(request.form)
    if theirs := saved_meanwhile(form, _recorded(case, subject)):
        return _questions(case, subject, Route(route), form, theirs=theirs), 409
    if not form.validate():
        return _questions(case, subject, Route(route), form, errors=error_list(form)), 422
    given = _given(form, asking.claimed(subject, service.referral_answers(db(), case)))
    count = service.record_facts(db(), case, subject, Route(route), given, actor(), now())
    flash("The answers are saved." if count else "Nothing had changed, so nothing was saved.")
    return redirect(url_for("criteria.overview", reference=case.reference))


def _asked(reference: str, subject_id: int, route: str) -> tuple[Case, Subject, type[ReasonedForm]]:
    case = the_case(reference)
    subject = next((one for one in case.subjects if one.id == subject_id), None)
    if subject is None or route not in case.route_names:
        abort(404)
    return case, subject, FORMS[Route(route)]


def _recorded(case: Case, subject: Subject) -> dict[str, Any]:
    """The facts on record, as the form takes them."""
    facts = service.facts_of(db(), case).get(subject.id, {})
    return stored({name: Given(fact.value, fact.why, fact.said_by) for name, fact in facts.items()})


def _shown(case: Case, subject: Subject, facts: dict[str, Fact]) -> dict[str, Any]:
    """What is recorded and, where nothing is, what the referral claims: to be accepted or changed."""
    claims = asking.claimed(subject, service.referral_answers(db(), case))
    recorded = {name: Given(fact.value, fact.why, fact.said_by) for name, fact in facts.items()}
    return stored(claims | recorded)


def _given(form: ReasonedForm, claims: dict[str, Given]) -> dict[str, Given]:
    """The answers, those taken over from the referral marked as its own, and none of the others."""
    given = {name: _sourced(one, claims.get(name)) for name, one in form.answered().items()}
    if asking.PERPETRATOR_AGE in form and not form[asking.PERPETRATOR_AGE].blank:
        given[asking.PERPETRATOR_AGE] = Given(form[asking.PERPETRATOR_AGE].data, "")
    return given


def _sourced(one: Given, claim: Given | None) -> Given:
    if claim and (one.value, one.why) == (claim.value, claim.why):
        return replace(one, said_by=one.said_by or claim.said_by)
    return replace(one, said_by="") if one.said_by == asking.THE_REFERRAL else one


def _overview(case: Case, form: RoutesForm, **more: Any) -> str:
    dress(form)
    judged = service.tests_of(db(), case, today(), settings().dardr_commenced_on)
    return render_template(
        "criteria/overview.html",
        case=case,
        form=form,
        by_subject=[(who, list(tests)) for who, tests in groupby(judged, lambda one: one.subject)],
        routes=ROUTES,
        questions=FACTS,
        evidence_for=service.evidence_for,
        overlaps=service.overlaps_of(db(), case, today()),
        others=service.other_routes_of(db(), case, today()) if case.status not in service.AFTER else (),
        record=judgement(case, history.of_case(db(), case.id), judged),
        facts_stand=case.status in service.AFTER,
        joint=joint_review_proposed([one.test for one in judged]),
        may_change=may(Permission.TRIAGE, case) and case.status not in (*service.BEFORE, *service.AFTER),
        **more,
    )


def _questions(case: Case, subject: Subject, route: Route, form: ReasonedForm, **more: Any) -> str:
    dress(form)
    referral = service.referral_answers(db(), case)
    facts = service.facts_of(db(), case).get(subject.id, {})
    incident_on = asking.incident_day(referral)
    return render_template(
        "criteria/questions.html",
        case=case,
        subject=subject,
        route=route,
        review=ROUTES[route.value],
        form=form,
        facts=facts,
        seen=stamp(_recorded(case, subject)),
        claims=asking.claimed(subject, referral),
        before=service.told_before(db(), subject),
        ages=asking.ages(subject, incident_on, today()),
        other_age=asking.perpetrator_age(referral, incident_on),
        **more,
    )
