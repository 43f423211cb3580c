"""Choices on paper: which box is ticked, which printed alternative is left, and what yes or no was meant."""

import re
from collections.abc import Sequence

from .glyphs import CROSSED, EMPTY, TICKED
from .parting import parted
from .placeholders import is_blank, is_not_known, says_nothing, without_leaders

_BOXES = re.compile(f"([{TICKED}{EMPTY}])")
_HINT = re.compile(  # "We have (please tick): ☐ No record ☒ Had contact"
    r"^[^☒☐]*\((?:please )?(?:tick|select|mark|circle|delete)[^()]*\)[\s:]*(?=[☒☐])", re.I
)
_SIDE_BY_SIDE = re.compile(
    r"(?:(?:yes|no|male|female)\s+)+(?:yes|no|male|female)", re.I
)  # with one box for both
_COMMA = re.compile(",")
_STROKE = re.compile(r"/|\n|\s{2,}|\bor\b")
_LOOSE_STROKE = re.compile(r"^\s*/\s+|(?<!\s)\s+/\s*$")
_YES = re.compile(r"\W*(yes|y|true|yeah|ticked|ydy|ydyw|ydi|oes)\b", re.I)
_A_DAY = r"\d{1,2}(?:[./]\d{1,2}[./]\d|(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec))"
_NO = re.compile(
    r"\W*(nac (?:ydy|ydyw|ydi|oes)|naddo"
    r"|no|n|none|false|nil|never|not (?:yet|aware|on|subject|open|involved|currently|previously|at present))\b"
    rf"(?![.]?\s*(?!{_A_DAY})\d|-[a-z])",
    re.I,
)
_NOT_KNOWN = re.compile(
    r"\W*(not (yet )?known|unknown|n/?k\b|not sure|unsure|don['’]?t know|unable to say|unclear)", re.I
)
_DENIES = re.compile(
    r"\b(?:not|no|never|nil|nothing)\b", re.I
)  # a sentence ticked: "We have NOT been involved"
_ANSWER_HEAD = re.compile(
    r"^\W*(?!no [a-z])(yes|no|y|n|not known|unknown)\b[\s.,:;–—-]*(?:\((.*)\)\s*$)?", re.I | re.S
)  # "No contact details" is told whole


def chosen(text: str) -> list[str] | None:
    """Return the words of the ticked boxes, [] when boxes are there and none is ticked, None without boxes."""
    if not _BOXES.search(text):
        return None
    picked: list[str] = []
    for line in text.split("\n"):
        picked += _chosen_in(line)
    return picked if any(picked) or TICKED not in text else _chosen_in(" ".join(text.split("\n")))


def _chosen_in(line: str) -> list[str]:
    pieces = [piece.strip(" \t|,;:") for piece in _BOXES.split(_HINT.sub("", line, count=1))]
    before_words = pieces[0] in ("",) or (len(pieces) > 2 and not pieces[0])
    picked = []
    for at, piece in enumerate(pieces):
        if piece == TICKED:
            words = pieces[at + 1] if before_words else pieces[at - 1]
            nearest = words.split()[0 if before_words else -1] if _SIDE_BY_SIDE.fullmatch(words) else words
            picked.append(nearest if words not in (TICKED, EMPTY) else "")
    return [words for words in picked if words]


def picked(text: str, marked: Sequence[str]) -> str:
    """Return the one printed alternative that was picked out ("Expected / **Unexpected**"), or nothing."""
    choices = [choice.strip(" .\t") for choice in _STROKE.split(text)]
    words = [word.strip(" ./\t") for word in marked]
    return words[0] if len(words) == 1 and len(choices) > 1 and words[0] in choices else ""


def without_stroke(text: str) -> str:
    """Return an answer without the stroke that stood before or behind an alternative since struck out."""
    return _LOOSE_STROKE.sub("", text)


def yes_no(text: str, marked: Sequence[str] = ()) -> str:
    """Return "yes", "no", "not_known", or nothing when the answer is none of these or was left blank."""
    for word in marked:
        if meant := _plain_yes_no(word):
            return meant
    ticks = chosen(text)
    if text.lstrip().startswith(CROSSED):
        return "no"
    if ticks:
        said = next((meant for words in ticks if (meant := _plain_yes_no(words))), "")
        return said or ("no" if any(map(_DENIES.search, ticks)) else "yes")
    if ticks == []:
        return "yes" if text.strip() == TICKED else ""
    bare = without_leaders(text)
    return "" if is_blank(bare) else _plain_yes_no(bare)


def _plain_yes_no(text: str) -> str:
    if is_not_known(text) or _NOT_KNOWN.match(text):
        return "not_known"
    if _YES.match(text):
        return "yes"
    return "no" if _NO.match(text) else ""


def details(text: str) -> str:
    """Return what follows the yes or no of an answer, without the full stop or dash between."""
    rest = _ANSWER_HEAD.sub(lambda match: match[2] or "", text, count=1)
    rest = _BOXES.sub(" ", rest).strip() if _BOXES.search(rest) else rest.strip()
    rest = rest.rstrip()
    return rest[:-1] if rest.endswith(".") and rest.count(".") == 1 else rest


_NOBODY = re.compile(  # "None known", "No others that we are aware of"
    r"\W*(?:none|nil|no(?: ?one|body)?)(?: (?:others?|further|additional|agenc(?:y|ies)|services?|professionals"
    r"|organi[sz]ations|known|recorded|identified|involved|noted|at present|currently|that|to (?:our|my) knowledge"
    r"|(?:(?:we|i) (?:are|am) )?aware of))*\W*",
    re.I,
)


def several(text: str) -> list[str]:
    """Return the items of a list written with semicolons, bullets or lines; commas only when nothing else parts it."""
    ticks = chosen(text)
    if ticks is not None:
        return ticks
    pieces = re.split(r"\n|;|•|\s\|\s", text)
    if (
        len([piece for piece in pieces if piece.strip()]) == 1
        and text.count(",")
        and not text.strip().endswith(".")
    ):
        pieces = parted(_COMMA, text)
    items = [re.sub(r"^\s*(?:[-–—*]|\d+[.)])\s+", "", piece).strip(" \t,;") for piece in pieces]
    return [item for item in items if item and not (says_nothing(item) or _NOBODY.fullmatch(item))]
