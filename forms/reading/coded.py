"""A stranger's wording of an option as the code of ours, where it is clear which one is meant."""

import re
from collections.abc import Mapping
from typing import Any

from rapidfuzz import fuzz

from forms import FORMS
from forms.fields import Choice, Choices
from forms.form import definition
from forms.vocabulary import OPTION_WORDS

_LIKE = 80.0  # of 100
_CLEARLY = 8.0  # so much nearer than the next
_NOT_WORDS = re.compile(r"[\W_]+")


def with_codes(kind: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers with the options of a form's choices by their codes; what is not clear stays as it was."""
    coded = dict(answers)
    for question in definition(FORMS[kind]).questions:
        name = question.short_name
        if isinstance(question, Choice) and name in coded:
            coded[name] = _coded(question, coded[name])
    return coded


def _coded(question: Choice, given: Any) -> Any:
    """Return one answer, or the several of a question that takes several, as codes."""
    if isinstance(question, Choices):
        items = given if isinstance(given, list) else str(given).split("\n")
        return list(dict.fromkeys(code_for(question, item) or item for item in items))
    if isinstance(given, list):
        given = "; ".join(given)
    return code_for(question, given) or given


def code_for(question: Choice, words: str) -> str:
    """Return the code of the option that some words clearly mean, or nothing."""
    exact = question.code_of(words)
    if exact in question.options:
        return exact
    spelt = _spelt(words)
    told = [
        code
        for code, pattern in OPTION_WORDS.get(question.short_name, {}).items()
        if re.search(pattern, spelt)
    ]
    if told:
        return told[0] if len(told) == 1 else ""
    scores = sorted(
        ((_likeness(spelt, _spelt(text)), code) for code, text in question.options.items()), reverse=True
    )
    (best, code), (second, _) = scores[0], (*scores[1:], (0.0, ""))[0]
    return code if best >= _LIKE and best - second >= _CLEARLY else ""


def _likeness(words: str, option: str) -> float:
    """Return how near some words are to an option: by the words they share, and by how both begin."""
    begins = fuzz.ratio(words, option[: len(words)])
    return 0.6 * fuzz.token_set_ratio(words, option) + 0.4 * begins


def _spelt(text: str) -> str:
    return " ".join(
        word for word in _NOT_WORDS.sub(" ", text.casefold()).split() if word not in ("a", "an", "the")
    )
