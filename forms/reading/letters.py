"""A letter: who wrote it, as they signed it, and which of our forms it stands for, as it says."""

import re
from itertools import islice

from . import dates
from .gathered import Answers
from .layout import Layout, Line
from .meaning import Match
from .pairs import SIGNED
from .prompts import SIGN_OFF
from .result import Found
from .split import AGENCY, EMAIL, TELEPHONE, looks_like_role, looks_like_work
from .standing import AND_WHERE, BY_CONTEXT, Standing
from .whose import writer

DEAR = re.compile(
    r"\W*(?:dear\b|f\W?a\W?o\b|annwyl\b|hello\b|hi\b|good (?:morning|afternoon)\b"
    r"|to whom it may concern\b).{0,80}",
    re.I,
)
_NAME = re.compile(r"(?:[^\W\d_a-z][\w'’-]*+\.?[ ,]*+){2,5}(?:\([^\W\d_][\w' -]{1,24}\))?")
_OF_A_JOB = re.compile(r"[^\d@:]{4,90}[^.?!:]")
_A_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?[./ -](?:\d{1,2}|[A-Z][a-z]{2,8})[./ -]\d{2,4}")
_LINES_BELOW = 9  # a letter is signed with so many lines at most, empty ones among them
_SIGNED_AS = ("name", "role", "agency")
_LONGEST_HEAD = 20  # lines
_LONGEST_NAME = 8  # words
_BOARD = re.compile(r"\b(?:board|partnership|panel|review|form|referral|notification|report|return)\b", re.I)
_DATED = re.compile(r"\b(?:date[d]?|our|ref)\b", re.I)
_A_REVIEW = re.compile(r"\b(?:review|sar|dhr|dardr|l?cspr)\b", re.I)
_REFERS = re.compile(
    r"\b(?:i|we)\b[^.?!]{0,60}?\b(?:refer(?:ring)?|notify(?:ing)?|nominat(?:e|ing))\b(?! to\b)[^.?!]{0,200}"
    r"|\b(?:i|we|to)\b[^.?!]{0,30}?\b(?:request|ask|propose|invite|suggest)(?:ing)?\b[^.?!]{0,80}?"
    r"\b(?:consider|commission|undertake|arrange|hold|carry out)(?:s|ed|ing)?"
    r" (?:whether |holding )?an? (?:(?!the )\w+ ){0,4}(?:review|sar|dhr|dardr|l?cspr)\b",
    re.I,
)
_TO_BE_TAKEN = re.compile(
    r"\bplease (?:accept|treat|take|consider) this (?:\w+ )?as (?:our|my|an?|the)"
    r" (?:\w+ ){0,3}(?:referral|notification)\b",
    re.I,
)
_TO_A_BOARD = re.compile(
    r"\bnotif\w+ (?:you|the (?:\w+ ){0,3}(?:board|partnership)) of (?:the )?\w*\s?(?:death|harm|incident)\b",
    re.I,
)
_ANSWERS = re.compile(
    r"\b(?:in (?:response|reply) to|(?:further|with reference) to|thank you for|as requested in|following) (?:your|the)"
    r" (?:(?:recent )?(?:letter|e-?mail|request|information request)|request for (?:information|a chronology))\b"
    r".{0,200}",
    re.I | re.S,
)
_HOLDS = re.compile(
    r"\b(?:our|the|practice|clinical|school|housing|police|case) (?:records?|files?|systems?|notes)\b"
    r"|\b(?:known|registered|open) (?:to|with) (?:us|this|our|the)\b|\bour (?:involvement|contact)\b",
    re.I,
)


class Letters(Standing):
    """Takes the lines below "Yours sincerely" as who wrote a letter."""

    dear = False  # whether somebody was greeted
    signed_off: int | None = None  # the line that takes leave

    def greets(self, line: Line) -> None:
        """Note that a line greets somebody, or that it takes leave of them; from there on the writer is spoken of."""
        self.dear = self.dear or bool(DEAR.fullmatch(line.text))
        named = f"{writer(self.names.kind)}_name" in self.made.answered if self.dear else True
        if not named and SIGN_OFF.fullmatch(line.text):
            self.signed_off = line.number
            self.section, self.person = writer(self.names.kind), ""

    def signature(self, line: Line) -> bool:
        """Take a line below a letter as the name, the job or the agency of whoever wrote it."""
        text, who = line.text.strip(" ,"), writer(self.names.kind)
        below = (
            self.signed_off is not None and self.signed_off < line.number <= self.signed_off + _LINES_BELOW
        )
        if not below or not text or TELEPHONE.search(text) or EMAIL.search(text) or ":" in text:
            return False
        asked = [f"{who}_{part}" in self.made.answered for part in _SIGNED_AS]
        named, job, at = asked
        part = ""
        if _A_DAY.fullmatch(text):
            name = "date_completed" if who == "author" else "date_of_referral"
            self.add("", line.text, (line,), line, SIGNED, Match((name,), BY_CONTEXT))
            return True
        if not named and _NAME.fullmatch(text) and not looks_like_work(text):
            part = "name"
        elif named and _OF_A_JOB.fullmatch(text) and looks_like_work(text):
            part = "role" if not job and looks_like_role(text.split(",")[0]) else "agency" if not at else ""
        if part:
            name = "agency_name" if (who, part) == ("author", "agency") else f"{who}_{part}"
            names = (name, *(AND_WHERE.get(name, ()) if not at else ()))
            self.add("", line.text, (line,), line, SIGNED, Match(names, BY_CONTEXT))
        return bool(part)


def letter_kind(layout: Layout) -> str:
    """Return the form of ours that a letter stands for, "referral" or "scoping", by what it says; else nothing."""
    lines = [line for line in layout.lines() if line.text.strip()]
    leave = any(SIGN_OFF.fullmatch(line.text.strip()) for line in lines if line.aside in ("", "signature"))
    texts = [line.text.strip() for line in lines if not line.aside]
    greeted = next((at for at, text in enumerate(texts) if DEAR.fullmatch(text)), None)
    if any(map(_TO_BE_TAKEN.search, texts)) and any(_A_REVIEW.search(line.text) for line in lines):
        return "referral"
    if greeted is None or not leave:
        return ""
    told = "\n".join(texts[greeted:])
    if not _A_REVIEW.search(told):
        return ""
    refers = [one[0] for one in _REFERS.finditer(told)]
    if any(_A_REVIEW.search(one) or _TO_A_BOARD.search(one) for one in refers):
        return "referral"
    return "scoping" if _ANSWERS.search(told) and _HOLDS.search(told) else ""


def take_head(answers: Answers, layout: Layout, kind: str) -> None:
    """Take from above "Dear ..." the day the letter was written and, from its first line, the agency that wrote it."""
    above: list[Line] = []
    for line in islice(layout.lines(), _LONGEST_HEAD):
        if DEAR.fullmatch(line.text):
            break
        above += [line] if line.text.strip() and not line.aside else []
    else:
        return
    who = "agency_name" if kind == "scoping" else "referrer_agency"
    first = above[0].text.strip() if above else ""
    if AGENCY.search(first) and not _BOARD.search(first) and len(first.split()) <= _LONGEST_NAME:
        _put(answers, who, first, above[0])
    for line in above:
        when = dates.find(line.text, answers.era)
        if (
            when
            and when.precision == "day"
            and _DATED.sub("", line.text.replace(when.text, "")).strip(" :.,") == ""
        ):
            _put(answers, "date_completed" if kind == "scoping" else "date_of_referral", when.iso, line)


def _put(answers: Answers, name: str, value: str, line: Line) -> None:
    if name not in answers.asked and name not in answers.found and line.number not in answers.claimed:
        answers.put(name, value, Found(line.text.strip(), line.where, "at the head of a letter", BY_CONTEXT))
