"""When a question is asked: conditions are data on the fields, weighed here against the answers given."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

When = tuple[str, tuple[str, ...]]
"""The name of another question, and the answers under which this one is asked."""


class Standing(Enum):
    """How a question stands, given the answers so far."""

    ASKED = "asked"
    OPEN = "open"  # the question it depends on has no answer yet: neither required nor dropped
    HIDDEN = "hidden"


def standing(name: str, conditions: Mapping[str, When | None], fact: Callable[[str], Any]) -> Standing:
    """Weigh the condition of one question by the answers, which `fact` gives; one under a hidden one is hidden too.

    An unanswered condition leaves the question open, because a document that comes back by e-mail may
    carry the date of death and forget to tick that the person died: that date must not be dropped.
    """
    when = conditions.get(name)
    if when is None:
        return Standing.ASKED
    other, values = when
    above = standing(other, conditions, fact)
    if above is Standing.HIDDEN:
        return Standing.HIDDEN
    given = codes(fact(other))
    if not given:
        return Standing.OPEN
    return above if given & set(values) else Standing.HIDDEN


def codes(answer: Any) -> set[str]:
    """The option codes in an answer, which is one code, a list of codes or nothing."""
    if not answer:
        return set()
    return {answer} if isinstance(answer, str) else {item for item in answer if isinstance(item, str)}
