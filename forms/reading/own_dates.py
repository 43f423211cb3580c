"""Days written short in our own forms ("3/5/24", "3rd May"): read as a stranger's are, where no doubt is left."""

from collections.abc import Mapping
from typing import Any

from forms.dates import day_or_none
from forms.fields import Rows
from forms.question import Question

from . import dates
from .dates import Era


def with_short_days(tree: dict[str, Any], questions: Mapping[str, Question], era: Era) -> dict[str, Any]:
    """Return the answers of a form with every day as an ISO date where that is what its writing means."""
    return {name: _meant(value, questions[name], era) for name, value in tree.items()}


def _meant(value: Any, question: Question, era: Era) -> Any:
    if isinstance(question, Rows) and isinstance(value, list):
        inner = {one.short_name: one for one in question.entries[0].questions}
        return [with_short_days(row, inner, era) for row in value]
    if not question.is_date or not isinstance(value, str) or day_or_none(value):
        return value
    when = dates.find(value, era, birth="dob" in question.short_name)
    sure = when is not None and when.precision == "day" and not when.doubt and when.text == value.strip()
    return when.iso if when is not None and sure else value
