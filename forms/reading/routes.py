"""Which route a stranger's referral seems meant for, as a suggestion a person must confirm."""

from functools import lru_cache

from forms.vocabulary import ROUTE_WORDS

from .gathered import Answers
from .kinds import printed
from .labels import plain_line
from .layout import Layout, Line
from .patterns import Patterns
from .result import Found

_WORDS = Patterns((pattern, pattern) for words in ROUTE_WORDS.values() for _, pattern in words)
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
    texts = [plain_line(line) for line in lines]
    speaking = [said for text in texts if (said := _speaking(text))]
    scored = sorted(((_score(route, speaking), route) for route in ROUTE_WORDS), reverse=True)
    (best, route), (second, _) = scored[0], scored[1]
    if best < _ENOUGH or second * 2 >= best:
        return
    shown = _tell_tale(route, lines)
    doubt = f"suggested from what the form prints (“{shown.text.strip()[:80]}”); please confirm"
    answers.put(NAME, [route], Found(shown.text.strip(), shown.where, "suggested", 0.5, doubt))
    answers.notes.append(
        f"The form does not say which review it asks for. From its wording it may be a {_NAMES[route]}: please confirm."
    )


def _score(route: str, speaking: list[frozenset[str]]) -> int:
    return sum(
        weight * min(sum(pattern in said for said in speaking), _MOST_TIMES)
        for weight, pattern in ROUTE_WORDS[route]
    )


def _tell_tale(route: str, lines: list[Line]) -> Line:
    """Return the line that says most plainly which route it is."""
    for _, pattern in ROUTE_WORDS[route]:
        for line in lines:
            if pattern in _speaking(plain_line(line)):
                return line
    return lines[0]


@lru_cache(maxsize=4096)
def _speaking(text: str) -> frozenset[str]:
    """Return the words of routes that a printed line holds; forms print the same lines again and again."""
    return frozenset(_WORDS.matching(text))
