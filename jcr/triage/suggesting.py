"""What the record already says about the flowchart's questions; offered to the officer, never answered for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from jcr.cases.model import Case, Route
from jcr.criteria.service import Judged
from jcr.referrals.model import Referral
from jcr.web.reasoned import Given
from jcr.wording import listed, local_day, long_date

THE_RECORD = "the record of the case"


def suggested(case: Case, referral: Referral | None, judged: Sequence[Judged]) -> dict[str, Given]:
    """An answer and its reason for each step that the referral, its sign-off or the tests can speak to."""
    found = [*_of_referral(referral), *_of_case(case), *_of_tests(judged)]
    return {step: Given(answer, why, THE_RECORD) for step, answer, why in found}


def _of_referral(referral: Referral | None) -> Iterator[tuple[str, str, str]]:
    if referral is None:
        return
    if referral.signed_off_at and referral.signed_off_how:
        day = long_date(local_day(referral.signed_off_at))
        why = f"Signed off by {referral.signed_off_by} on {day}, {referral.signed_off_how.shown}."
        yield "lead_approved", "yes", why
    answers: dict[str, Any] = referral.best_known
    if (risk := answers.get("immediate_concerns")) in ("yes", "no"):
        yield (
            "immediate_risk",
            risk,
            f"The referral says: {answers.get('immediate_concerns_details') or risk}",
        )
    if acted := answers.get("immediate_action_taken"):
        yield "risk_acted_on", "yes", f"The referral says: {acted}"


def _of_case(case: Case) -> Iterator[tuple[str, str, str]]:
    if case.incident_notified_on:
        yield "sin_sent", "yes", f"Sent on {long_date(case.incident_notified_on)}."


def _of_tests(judged: Sequence[Judged]) -> Iterator[tuple[str, str, str]]:
    for one in judged:
        if one.route is Route.CHILD:
            notice = one.test.finding("notifiable_to_panel")
            if notice.answer == "yes":
                yield "looks_notifiable", "yes", f"{one.subject.initials}: {notice.because}"
    met = list(dict.fromkeys(one.route.value for one in judged if one.test.met == "yes"))
    if met:
        yield "outside_every_route", "no", f"The {listed(met)} criteria are met on what is recorded."
