"""Where one case falls to several reviews, and whether a joint one is to be proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jcr.answer import Answer
from jcr.criteria.domestic_deaths import died_close_to_home
from jcr.criteria.known import Known, read
from jcr.criteria.verdict import Test
from jcr.wording import listed

PARALLEL_PROCESSES = (
    "Inquest",
    "Police investigation or prosecution",
    "Patient safety investigation (PSIRF)",
    "Child death overview",
    "MAPPA serious case review",
    "Fatal fire review",
    "Professional regulator",
    "LeDeR review",
)


@dataclass(frozen=True)
class Overlap:
    """Why more than one route has to be looked at for one subject."""

    key: str
    routes: tuple[str, ...]
    because: str


def overlaps(facts: Mapping[str, object]) -> tuple[Overlap, ...]:
    """What the officer must not overlook: routes that stand side by side, and notices beside a review.

    Only what the facts already show; unknown facts raise no overlap.
    """
    return tuple(_overlaps(read(facts)))


def joint_review_proposed(tests: Iterable[Test] | Mapping[str, Test]) -> Answer:
    """Whether a joint review is to be put to the chairs: tests of two or more routes are met (ToR 3).

    The tests may be those of several subjects; a case is decided as one.
    """
    given = list(tests.values()) if isinstance(tests, Mapping) else list(tests)
    met = list(dict.fromkeys(test.route for test in given if test.met == "yes"))
    source = "ToR 3"
    if len(met) > 1:
        because = f"The {listed(met)} tests are met, so a joint review is proposed to the chairs concerned."
        return Answer(True, because, source)
    pending = list(
        dict.fromkeys(test.route for test in given if test.met == "not_known" and test.route not in met)
    )
    if len(met) + len(pending) > 1:
        because = f"Not yet: still without an answer on the {listed(pending)} side."
        return Answer(False, because, source)
    return Answer(False, "Fewer than two tests are or may be met.", source)


def _overlaps(known: Known) -> Iterator[Overlap]:
    age, at_death = known.age("subject_age", "victim_age"), known.age("victim_age", "subject_age")
    if age is None or at_death is None:
        return
    if age < 18 <= at_death:
        because = (
            f"At {age:g} when it happened a child, and at {at_death:g} an adult: the child and the adult test both "
            "have to be looked at."
        )
        yield Overlap("child_and_adult", ("child", "adult"), because)
    close = died_close_to_home(known) == "yes"
    if 16 <= at_death < 18 and close:
        because = f"At {at_death:g} the person who died is a child for one review and old enough for the domestic one."
        yield Overlap("child_and_domestic", ("child", "domestic"), because)
    if at_death >= 18 and close and known.tri("has_care_and_support_needs") == "yes":
        because = "An adult with needs for care and support died among relatives, partners or a household."
        yield Overlap("adult_and_domestic", ("adult", "domestic"), because)
    if known.tri("care_leaver") == "yes" and 18 <= at_death < 25 and known.died() == "yes":
        because = (
            "A care leaver's death is notified; that requires no review, but an adult review is possible."
        )
        yield Overlap("care_leaver_and_adult", ("child", "adult"), because)
    if at_death < 18 and known.tri("has_care_and_support_needs") == "yes":
        yield Overlap("not_an_adult", ("child",), "Under 18 there is no safeguarding adult review.")
