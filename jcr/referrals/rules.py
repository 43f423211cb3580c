"""Which of a referral's answers are wrong, which are only missing, and which nobody can do without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms import ReferralForm
from forms.dates import day_or_none
from jcr.wording import count, long_date

ESSENTIAL = {
    "review_type_requested": "Choose which review the case may call for",
    "subjects": "Enter the name of at least one person concerned",
}


@dataclass(frozen=True)
class Weighed:
    """The faults of a referral read from a document, each as canonical name and sentence.

    `stops` must be put right before the reading is accepted. `missing` was not on the form: worth asking the
    referrer for, but no reason to refuse it.
    """

    stops: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]


def weigh(answers: Mapping[str, Any], today: date) -> Weighed:
    """Tells answers that cannot be right from those that are merely absent."""
    found = ReferralForm.from_answers(answers, today=today).problems()
    wrong = tuple((name, sentence) for name, sentence in found if is_given(answers, name))
    absent = tuple((name, sentence) for name, sentence in found if not is_given(answers, name))
    needed = tuple((name, sentence) for name, sentence in ESSENTIAL.items() if not _has(answers, name))
    return Weighed((*needed, *wrong), tuple(fault for fault in absent if fault[0] not in ESSENTIAL))


def delay(answers: Mapping[str, Any], referred_on: date) -> str:
    """How long the agency knew before it referred, in words; empty where no good date is given (ToR 7.i)."""
    aware = day_or_none(answers.get("date_aware"))
    if aware is None or aware > referred_on:
        return ""
    days = (referred_on - aware).days
    when = "the day it referred" if days == 0 else f"{count(days, 'day')} before it referred"
    return f"{long_date(aware)}, {when}"


def is_given(answers: Mapping[str, Any], path: str) -> bool:
    """Whether anything was answered under a canonical name such as `subjects.0.subject_dob`."""
    value: Any = answers
    for part in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return False
    return bool(value)


def _has(answers: Mapping[str, Any], name: str) -> bool:
    if name == "subjects":
        return any(row.get("subject_name") for row in answers.get("subjects") or [])
    return bool(answers.get(name))
