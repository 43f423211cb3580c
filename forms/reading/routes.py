"""Which route a stranger's referral seems meant for, as a suggestion a person must confirm."""

import re

from forms.vocabulary import ROUTE_WORDS

from .answers import Answers
from .kinds import plain_line, printed
from .layout import Layout, Line
from .result import Found

_ENOUGH = 3
_MOST_TIMES = 3
_NAMES = {"child": "child safeguarding practice review", "adult": "safeguarding adult review",
          "domestic": "domestic homicide review"}  # fmt: skip
NAME = "review_type_requested"


def suggest_route(answers: Answers, layout: Layout) -> None:
    """Add the route the form's own print speaks for, marked as a suggestion; nothing when it speaks for two."""
    if NAME in answers.fields or not answers.fields:
        return
    lines = [line for line in printed(layout) if line.text.strip()]
    scored = sorted(((_score(route, lines), route) for route in ROUTE_WORDS), reverse=True)
    (best, route), (second, _) = scored[0], scored[1]
    if best < _ENOUGH or second * 2 >= best:
        return
    shown = _tell_tale(route, lines)
    doubt = f"suggested from what the form prints (“{shown.text.strip()[:80]}”); please confirm"
    answers.put(NAME, [route], Found(shown.text.strip(), shown.where, "suggested", 0.5, doubt))
    answers.notes.append(
        f"The form does not say which review it asks for. From its wording it may be a {_NAMES[route]}: please confirm."
    )


def _score(route: str, lines: list[Line]) -> int:
    total = 0
    for weight, pattern in ROUTE_WORDS[route]:
        times = sum(bool(re.search(pattern, plain_line(line))) for line in lines)
        total += weight * min(times, _MOST_TIMES)
    return total


def _tell_tale(route: str, lines: list[Line]) -> Line:
    """Return the line that says most plainly which route it is."""
    for _, pattern in ROUTE_WORDS[route]:
        for line in lines:
            if re.search(pattern, plain_line(line)):
                return line
    return lines[0]
