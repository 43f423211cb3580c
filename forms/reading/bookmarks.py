"""Bookmarks hold forty characters: the path of the answer behind one whose name was cut off there."""

from collections.abc import Mapping, Sequence

from forms.fields import Rows
from forms.question import Question


def whole(path: str, questions: Mapping[str, Question]) -> str:
    """Return the one path of a form that begins with `path`; `path` itself where there is none, or are several."""
    *before, last = path.split(".")
    known = _names_under(before, questions)
    begun = [name for name in known if name.startswith(last)]
    return ".".join([*before, begun[0]]) if len(begun) == 1 and last not in known else path


def _names_under(before: Sequence[str], questions: Mapping[str, Question]) -> list[str]:
    """Return what may stand in a path after these parts: questions, the codes of options, or what a row asks."""
    if not before:
        return list(questions)
    question = questions.get(before[0])
    if isinstance(question, Rows):
        return [one.short_name for one in question.entries[0].questions] if len(before) > 1 else []
    return list(getattr(question, "options", ()))
