"""One line of a form cut into label and answer, or into the several prompts that stand on it."""

import re
from collections.abc import Callable, Sequence

from .attributes import ATTRIBUTE_OF
from .labels import LONGEST_LABEL, ends_as_label, plain
from .meaning import Match
from .prompts import INLINE, TELLS_HOW
from .waiting import BULLET

Known = Callable[[str], Match | None]
_MAY_BE_GAPPED = re.compile(r"\s/\s|[_….]{2}|\t|\s{3}|_\s")
_GAPPED = re.compile(
    r"\s/\s(?=[A-Z][\w ]{1,30}:\s)"
    r"|(?<=[_….]{2})\s+(?=[A-Z])|(?<=\S)(?:\t+|\s{3,})(?=(?:\d{1,2}[.)] ?)?[A-Z][\w /'’.&()]{1,40}:)|(?<=_)\s(?=\w+:)"
)
_LOOSELY = re.compile(r"(?<=\S)  (?=[A-Z][\w /'’.&()-]{1,40}:)")
_IN_TURN = re.compile(r"[,;]\s+(?=[A-Z][\w /'’.()-]{1,40}:\s*\S)")
_LONGEST_TURNS = 300  # characters
_SIGNED_ON = re.compile(  # "Signed J Orr Date 1 May 2025"
    r"(?P<signed>\W*sign(?:ed|ature)\b:?)(?P<who>(?!\s*(?-i:(?!by\b)[a-z]))[^:\d]*)\b(?P<dated>dated?\b:?)"
    r"(?P<when>[\s_.…/]*(?:\d[\w\s./-]{0,20})?)",
    re.I,
)
_ASKED_ON = re.compile(  # "Is the child on the register? Are any siblings? YES"
    r"(?P<label>[^?]{8,160}\?(?:\s*(?:if (?:so|yes|not?)|are|is|was|were|has|have|did|do|does"
    r"|when|what|which|who|why)\b"
    r"[^?]{3,200}\?)+|[^?]{8,160}\?\s*if (?:so|yes|not?)\b[^?:]{3,80}:)(?P<answer>[^?]*)$",
    re.I | re.S,
)
_DASH = re.compile(r"\s[–—-]\s|:\s|\?\s")
_SPACED_DASH = re.compile(r"\s[–—-]\s")
_LEADING_DASH = re.compile(r"^\s*[–—-]\s+")
_WITH_VALUE = re.compile(
    r"(?P<label>[A-Za-z. -]{3,40}?)\s+(?P<answer>\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|0[\d ()-]{8,}|\S+@\S+\.\w+)"
)
_DONE_BY = re.compile(  # "This form is completed by Jo Fenn"
    r"(?P<label>(?i:(?:this )?(?:(?:form|referral|report|notification|request|response|return|chronology|summary"
    r"|statement|imr) )?(?:(?:is|was) )?(?:completed|submitted|prepared|made|compiled|written"
    r"|authori[sz]ed|agreed) by))"
    r" (?P<who>(?:[^\W\d_a-z][\w'’.-]*+ ?){2,5}(?:\s?(?:[–—-]\s|[(,])[^.?!]*+(?:\.[\w.@-]++[^.?!]*+)*+)?)",
)
_OF_VALUES = re.compile(r"_dob$|_date$|date_|_telephone$|_email$|_contact$")
_HINTED = re.compile(r"(?P<label>[^:()\n]{2,60}\([^():\n]{3,40}\))\s+(?P<answer>[^\W_].*)", re.S)
_ALSO_LISTED = frozenset({"subject_gp", "subject_school"})  # "GP - Dr Rao" may stand in a list of agencies
_MAY_HAVE_GAPS = re.compile(r"…|\t|\s\s|\.{4}|___")
_GAPS = re.compile(r"\s*(?:\.{4,}|…+|_{3,})\s*|\s{2,}|\t+")  # leaders may be printed to write on
_LONGEST_TOLD = 6  # words: a longer bullet that ends with a full stop tells something and asks nothing
_MOST_APART = 8
_MOST_OF_LABEL = 5  # words of a label that a tab parts from its answer
_LONGEST_DASHED = 6  # words of a label before a dash, where it says whose
_SURELY = 0.9
_SHORT = 3  # words


def several(text: str, known: Known) -> list[tuple[str, str]]:
    """Return the prompts of a line such as "Signed: ____ Date: ____" with their answers; none of another line."""
    if signed := _SIGNED_ON.fullmatch(text):
        return [(signed["signed"], signed["who"]), (signed["dated"], signed["when"])]
    if ":" not in text and (apart := _apart(text, known)):
        return apart
    gapped = _GAPPED.split(text) if _MAY_BE_GAPPED.search(text) else ()
    pieces = [piece for piece in gapped if piece.strip()]
    if (
        " / " in text
        and ":" not in text
        and all(both := [valued(piece, known) for piece in text.split(" / ")])
    ):
        return [one for one in both if one]  # "Telephone 01632 960677 / Email j.tarrant@example.org"
    split = [_split(piece) for piece in pieces] if len(pieces) > 1 else []
    labels = [label for label, _ in split]
    if split and all(labels) and _all_prompts(labels, known):
        return split
    loose = [_split(piece) for piece in _LOOSELY.split(text)] if text.count(":") > 1 else []
    meant = [known(label) if label else None for label, _ in loose]
    return loose if len(loose) > 1 and all(one and one.score >= _SURELY for one in meant) else []


def in_turn(text: str) -> list[tuple[str, str]]:
    """Return labels with their answers that stand in turn on a line, parted by commas; none of another line."""
    pieces = _IN_TURN.split(text) if text.count(":") > 1 and len(text) < _LONGEST_TURNS else []
    turns = [_split(piece) for piece in pieces]
    return turns if len(turns) > 1 and all(label and answer.strip() for label, answer in turns) else []


def _apart(text: str, known: Known) -> list[tuple[str, str]]:
    """Return labels and answers that stand on one line with gaps between: "Signed   J Orr      Date   1 May 2025"."""
    if not _MAY_HAVE_GAPS.search(text):
        return []
    words = [word for word in _GAPS.split(text.strip()) if word]
    if (
        len(words) % 2
        or len(words) > _MOST_APART
        or any(len(plain(label).split()) > _MOST_OF_LABEL for label in words[::2])
    ):
        return []
    meant = [known(label) for label in words[::2]]
    if not all(one is not None and one.score >= _SURELY for one in meant) or any(map(known, words[1::2])):
        return []
    return list(zip(words[::2], words[1::2], strict=True))


def _split(text: str) -> tuple[str, str]:
    match = INLINE.match(text)
    if match:
        return match["label"], match["answer"]
    return (text, "") if ends_as_label(text) else ("", "")


def _all_prompts(labels: Sequence[str], known: Known) -> bool:
    """Say whether the labels on one line are prompts: all are known, or one is and the others are as short."""
    understood = [known(label) is not None for label in labels]
    return all(understood) or (
        any(understood) and all(len(plain(label).split()) <= _SHORT for label in labels)
    )


def cut(text: str, known: Known, listed: bool = False) -> tuple[str, str]:
    """Part a line into label and answer; "Name of: Next of kin: ..." is parted where the label names a person.

    `listed` where agencies are being listed: "GP - Dr Rao" is one of them there.
    """
    first = INLINE.match(text)
    if not first:
        return _hinted(text, known) or valued(text, known) or _dashed(text, known, listed)
    if asked_on := _ASKED_ON.match(text):
        return asked_on["label"], asked_on["answer"]
    if first["label"].endswith("?") and (dashed := _LEADING_DASH.match(first["answer"])):
        return first["label"], first["answer"][dashed.end() :]
    short = len(plain(first["label"]).split()) <= _SHORT
    second = INLINE.match(first["answer"].strip()) if short else None
    if second:
        longer = f"{first['label']} {second['label']}"
        meant = known(longer)
        if meant and meant.explicit and plain(first["label"]).endswith(" of"):
            return longer, second["answer"]
    return first["label"], first["answer"]


def valued(text: str, known: Known) -> tuple[str, str] | None:
    """Part "Date of death 10/03/2024" or "Tel No. 01632 960222", where nothing stands between label and answer."""
    parts = _WITH_VALUE.fullmatch(text.strip())
    meant = known(parts["label"]) if parts else None
    sure = meant is not None and meant.score >= _SURELY and _OF_VALUES.search(meant.name)
    if parts and sure:
        return parts["label"], parts["answer"]
    done = _DONE_BY.fullmatch(text.strip())
    return (done["label"], done["who"]) if done and known(f"{done['label']}:") else None


def _hinted(text: str, known: Known) -> tuple[str, str] | None:
    """Part "Report of (name of agency) Northbank Trust" behind the bracket that says what to write."""
    parts = _HINTED.fullmatch(text.strip())
    meant = known(parts["label"]) if parts else None
    if parts is None or meant is None or meant.score < _SURELY or known(parts["answer"]):
        return None
    return parts["label"], parts["answer"]


def _dashed(text: str, known: Known, listed: bool) -> tuple[str, str]:
    """Part a line typed as "Job title - Nurse" where the words before the dash are surely a short label."""
    text = text.strip()
    dash = _SPACED_DASH.search(text)
    if not dash:
        return "", ""
    label, answer = text[: dash.start()], text[dash.end() :]
    words = len(plain(label).split())
    meant = known(label) if words <= _LONGEST_DASHED else None
    sure = meant is not None and (words <= _SHORT or meant.explicit or plain(label) in ATTRIBUTE_OF)
    sure = (
        sure and meant is not None and meant.score >= _SURELY and not (listed and meant.name in _ALSO_LISTED)
    )
    bidden = TELLS_HOW.match(answer) is not None  # "Background – tell us about the adult and their needs"
    return (label, answer) if sure and (bidden or known(answer) is None) else ("", "")


def bullet(text: str, known: Known) -> tuple[str, str]:
    """Part a bullet into the prompt it surely is, up to its dash, colon or end, and the answer; ("", "") of others."""
    text = BULLET.sub("", text)
    best: tuple[float, str, str] = (0.0, "", "")
    for at in [*_DASH.finditer(text, 0, LONGEST_LABEL * 2), None]:
        label, answer = (text[: at.end()], text[at.end() :]) if at else (text, "")
        meant = known(label)
        if meant and meant.score > best[0]:
            best = (meant.score, label, _LEADING_DASH.sub("", answer))
    tells = not best[2].strip() and text.rstrip().endswith(".") and len(text.split()) > _LONGEST_TOLD
    return ("", "") if tells else best[1:]


def answered_beside(text: str, known: Known) -> bool:
    """Say whether a bullet asks something and its answer follows on the same line."""
    text = BULLET.sub("", text)
    return any(
        known(text[: at.end()])
        for at in _DASH.finditer(text, 0, LONGEST_LABEL * 2)
        if text[at.end() :].strip()
    )
