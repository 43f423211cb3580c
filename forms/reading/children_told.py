"""Several children told in one answer, one a line or one behind the other: "1. Amelia Stone, 4/4/2014"."""

import re
from collections.abc import Sequence

from . import dates, split
from .dates import Era
from .result import RowValues
from .rows import PERSON

NUMBERED = re.compile(r"\A\W{0,3}\d{1,2}[.):]\s*(?=[^\W\d])")
_ASKED = frozenset({"subject_name", "subject_dob", "subject_gender", "subject_age", "subject_details"})
_SEVERAL = re.compile(r"\bchild(?:\(?ren\)?|/ren)|\bnames\b|name\(s\)|\bsubjects\b", re.I)
_LINE = re.compile(r"\n|;")
_BETWEEN = re.compile(r"\n|;|,?\s+(?:and|&)\s+|(?<=\)),\s*|(?<=\d),\s+(?=[A-Z])")
_COMMA = re.compile(rf"{_BETWEEN.pattern}|,\s+(?=[A-Z])")
_BORN = re.compile(r"[\s,;:(–—-]*\b(?:d\.?o\.?b\.?|born|date of birth)[\s:]*$", re.I)
_FEWEST = 2
_LONGEST = 600  # characters


def children_told(label: str, names: Sequence[str], text: str, era: Era) -> list[RowValues]:
    """Return each of several children whom the answer to a question for the child's name tells of; [] of one."""
    if (
        not set(names) <= _ASKED
        or names[0] not in ("subject_name", "subject_details")
        or len(text) > _LONGEST
    ):
        return []
    several = bool(_SEVERAL.search(label))
    for between in (_LINE, _BETWEEN, *([_COMMA] if several else [])):
        pieces = [piece.strip() for piece in between.split(text) if piece.strip()]
        told = [_child(piece, era) for piece in pieces] if len(pieces) >= _FEWEST else []
        if not told or not all(told):
            continue
        counted = all(map(NUMBERED.match, pieces)) or all("subject_dob" in one for one in told)
        if several or counted or between is not _LINE:
            return told
    return []


def born_each(text: str, how_many: int, era: Era) -> list[str]:
    """Return when each of so many children was born; [] of an answer that does not tell that of each."""
    born = [when.iso for when in dates.every(text, era) if when.precision == "day"]
    return born if len(born) == how_many else []


def _child(text: str, era: Era) -> RowValues:
    """Return a child named in a few words, perhaps with the date of birth; {} of anything else."""
    text = NUMBERED.sub("", text)
    when = dates.find(text, era, birth=True)
    named, behind = text.split(when.text, 1) if when and when.precision == "day" else (text, "")
    name = _BORN.sub("", named).strip(" ,;:(–—-")
    if not PERSON.match(name) or split.looks_like_work(name) or re.search(r"\w", behind):
        return {}
    return {"subject_name": name, **({"subject_dob": when.iso} if when and when.precision == "day" else {})}
