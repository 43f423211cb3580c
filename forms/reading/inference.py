"""What follows from answers already found: a postcode in an address, a deadline inside a sentence."""

import re
from dataclasses import replace

from . import dates, options
from .gathered import Answers
from .glyphs import TICKED
from .layout import Layout
from .result import Found
from .routes import suggest_route
from .split import POSTCODE

_RETURN = re.compile(
    r"\b(?:return(?:ed)?|respond|complete|submit|reply)\b(?:[^.]|\.(?=\S)){0,160}?\b(?:by|before"
    r"|no later than)\b\s*(?P<rest>.{0,60})",
    re.I | re.S,
)
_NOTHING_KNOWN = re.compile(
    r"\bno (?:involvement|contact|records?|trace|knowledge)\b|\bnil return\b|\bnot known to\b", re.I
)
_LONGEST_SENTENCE = 600
_CURRENT_ADDRESS = re.compile(r"\b(?:current|present) (?:home )?address", re.I)


def derive(answers: Answers, layout: Layout, kind: str) -> None:
    """Add what other answers imply, each marked as inferred."""
    _only_address(answers)
    _postcode(answers)
    _unsafe_number(answers)
    if kind == "referral":
        suggest_route(answers, layout)
    if kind == "scoping":
        _nil_return(answers, layout)
        _deadline(answers, layout)


def _only_address(answers: Answers) -> None:
    """Take the "current address" of a form that asks for no other address as the person's address."""
    now = answers.found.get("subject_current_location")
    if now is None or "subject_current_location" not in answers.fields or "subject_address" in answers.found:
        return
    if _CURRENT_ADDRESS.search(now.label):
        answers.put("subject_address", answers.fields.pop("subject_current_location"), now)
        del answers.found["subject_current_location"]


def _postcode(answers: Answers) -> None:
    address = answers.fields.get("subject_address")
    match = POSTCODE.search(address) if isinstance(address, str) else None
    if match and "subject_postcode" not in answers.fields:
        source = answers.found["subject_address"]
        answers.put("subject_postcode", match[0], replace(source, how="inside the address"))


def _unsafe_number(answers: Answers) -> None:
    """Take a number that is not safe to call out of the answers; it stays in sight, and the officer is told."""
    if answers.fields.get("safe_to_call") == "no" and "subject_telephone" in answers.fields:
        del answers.fields["subject_telephone"]
        answers.leave(0, answers.found.pop("subject_telephone").text)
        answers.notes.append("The form says that it is not safe to call the person's telephone number.")


def _nil_return(answers: Answers, layout: Layout) -> None:
    """Take a ticked "has had no involvement" for the answer that the agency was not involved."""
    if "agency_involved" in answers.fields:
        return
    for line in layout.lines():
        if TICKED in line.text and any(map(_NOTHING_KNOWN.search, options.chosen(line.text) or ())):
            answers.put("agency_involved", "no", Found(line.text.strip(), line.where, "ticked", 0.8))
            return


def _deadline(answers: Answers, layout: Layout) -> None:
    """Take the return date out of a printed sentence such as "return securely by 17th May 2024"."""
    if "return_deadline" in answers.fields:
        return
    for line in layout.lines():
        match = _RETURN.search(line.text) if len(line.text) < _LONGEST_SENTENCE and not line.aside else None
        when = dates.find(match["rest"], answers.era) if match else None
        answered = any(line.text.strip() in found.text for found in answers.found.values())
        if when and when.precision == "day" and not answered:
            answers.put(
                "return_deadline", when.iso, Found(line.text.strip(), line.where, "inside a sentence", 0.8)
            )
            return
