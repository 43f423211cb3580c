"""What a recommendation may be: which reviews fit the case, what forbids it, and what must be weighed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from jcr.answer import Answer, any_holds
from jcr.criteria import RULE_SETS, learning_activity_is_review
from jcr.triage.rules import LEARNING_ACTIVITIES

JOINT, OTHER_LEARNING = "joint", "other_learning"
ROUTE_OF = {"sar_mandatory": "adult", "sar_discretionary": "adult", "lcspr": "child", "dhr": "domestic"}
REVIEW_ON: dict[str, str] = {
    RULE_SETS[key].route: RULE_SETS[key].printed for key in ("child-2026", "adult-2014", "dhr_2004")
}
NO_REVIEW = (OTHER_LEARNING, "no_further_action")
NAMES = {
    "sar_mandatory": "Safeguarding Adult Review (mandatory)",
    "sar_discretionary": "Safeguarding Adult Review (discretionary)",
    "lcspr": RULE_SETS["child-2026"].printed,
    "dhr": RULE_SETS["dhr_2004"].printed,
    JOINT: "Joint review",
    OTHER_LEARNING: "No statutory review; other learning activity",
    "no_further_action": "No statutory review and no further action",
}

Criteria = Sequence[Mapping[str, Any]]


def reviews_of(outcome: str, joined: Iterable[str] = ()) -> tuple[str, ...]:
    """The statutory reviews an outcome stands for; none for learning or no further action."""
    if outcome == JOINT:
        return tuple(joined)
    return () if outcome in NO_REVIEW else (outcome,)


def routes_of(reviews: Iterable[str]) -> set[str]:
    """The routes that these reviews belong to."""
    return {ROUTE_OF[review] for review in reviews}


def printed(outcome: str, criteria: Criteria) -> str:
    """The name of an outcome; of a domestic review, by the law that the case was judged by."""
    return RULE_SETS["dardr_2024"].printed if outcome == "dhr" and _by_2024(criteria) else NAMES[outcome]


def _by_2024(criteria: Criteria) -> bool:
    return any(one.get("regime") == "dardr_2024" for one in criteria)


def not_held(reviews: Collection[str], routes: Iterable[str], criteria: Criteria = ()) -> list[str]:
    """The reviews a case was considered for and does not get, where it gets another."""
    held = routes_of(reviews)
    names = REVIEW_ON | {"domestic": printed("dhr", criteria)}
    return [names[route] for route in routes if held and route not in held]


def offered(routes: Collection[str]) -> dict[str, str]:
    """The outcomes open to a case on these routes, with their names."""
    fitting = {code: NAMES[code] for code, route in ROUTE_OF.items() if route in routes}
    joint = {JOINT: NAMES[JOINT]} if len(set(routes)) > 1 else {}
    return fitting | joint | {code: NAMES[code] for code in NO_REVIEW}


def objections(
    outcome: str,
    joined: Sequence[str],
    activities: Collection[str],
    routes: Collection[str],
    criteria: Criteria,
) -> Iterator[Answer]:
    """Why this outcome cannot be recommended on this case; nothing when it can.

    `joined` are the reviews of a joint one; `criteria` the results of the tests, by subject and route.
    """
    reviews = reviews_of(outcome, joined)
    for review in reviews:
        if ROUTE_OF.get(review) not in routes:
            because = (
                f"{NAMES.get(review, review)}: the case is not on that route. Add the route to it first."
            )
            yield Answer(False, because, "ToR 3")
    if outcome == JOINT and len({ROUTE_OF.get(review) for review in reviews}) < 2:
        yield Answer(False, "Select the reviews to be joined, of at least two kinds.", "ToR 3")
    if {"sar_mandatory", "sar_discretionary"} <= set(reviews):
        because = "A Safeguarding Adult Review is either mandatory or discretionary. Select one of them."
        yield Answer(False, because, "Care Act 2014 s.44")
    if "lcspr" not in reviews:
        yield from _is_review_after_all(outcome, activities, criteria)


def _is_review_after_all(outcome: str, activities: Collection[str], criteria: Criteria) -> Iterator[Answer]:
    met = any_holds(one["met"] for one in criteria if one["route"] == "child")
    convened = outcome == OTHER_LEARNING or bool(LEARNING_ACTIVITIES & set(activities))
    answer = learning_activity_is_review(met, convened)
    if answer:
        advice = f"Select “{NAMES['lcspr']}” instead."
        yield Answer(False, f"{answer.because} {advice}", answer.source)


def cautions(outcome: str, joined: Sequence[str], criteria: Criteria) -> Iterator[Answer]:
    """What does not stop a recommendation, and what whoever ratifies it has to weigh."""
    reviews = reviews_of(outcome, joined)
    yield from _adult_cautions(reviews, criteria)
    for review, route in ROUTE_OF.items():
        if review in reviews and review != "sar_discretionary" and _met(criteria, route) != "yes":
            because = f"{NAMES[review]} is recommended, but the {route} test is not shown to be met."
            yield Answer(False, because, _source(criteria, route))
    unsettled = [one for one in criteria if one["met"] == "not_known"]
    for one in unsettled:
        because = f"The {one['route']} test of {one['initials']} cannot be answered from what is known."
        yield Answer(False, because, one["source"])
    met = sorted({one["route"] for one in criteria if one["met"] == "yes"})
    if len(met) > 1 and outcome != JOINT:
        because = f"Several tests are met ({', '.join(met)}), and no joint review is recommended."
        yield Answer(False, because, "ToR 3")


def _adult_cautions(reviews: Collection[str], criteria: Criteria) -> Iterator[Answer]:
    if _met(criteria, "adult") == "yes" and "sar_mandatory" not in reviews:
        because = (
            "The adult test is met. The Safeguarding Adults Board must then arrange a review, "
            "and no mandatory review is recommended."
        )
        yield Answer(False, because, "Care Act 2014 s.44(1)")


def _met(criteria: Criteria, route: str) -> str:
    return any_holds(one["met"] for one in criteria if one["route"] == route)


def _source(criteria: Criteria, route: str) -> str:
    return next((str(one["source"]) for one in criteria if one["route"] == route), "")
