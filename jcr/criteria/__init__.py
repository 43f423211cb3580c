"""The statutory tests: child, adult and domestic, as pure functions of three-valued facts."""

from __future__ import annotations

from jcr.criteria.adults import adult
from jcr.criteria.children import child, learning_activity_is_review
from jcr.criteria.domestic_deaths import domestic, regime_for
from jcr.criteria.facts import FACTS
from jcr.criteria.limbs import Limb, questions
from jcr.criteria.overlaps import PARALLEL_PROCESSES, Overlap, joint_review_proposed, overlaps
from jcr.criteria.verdict import Test
from jcr.rule_sets import RULE_SETS, RuleSet

__all__ = [
    "FACTS",
    "PARALLEL_PROCESSES",
    "RULE_SETS",
    "Limb",
    "Overlap",
    "RuleSet",
    "Test",
    "adult",
    "child",
    "domestic",
    "joint_review_proposed",
    "learning_activity_is_review",
    "overlaps",
    "questions",
    "regime_for",
]
