"""A referral as its readers see it, with the answers for which our form has no question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from forms import ReferralForm
from forms.shown import NOT_ANSWERED, Line, Section, sections

# The form speaks to the referrer; these are the same topics for everybody else.
TITLES = {
    "referrer": "The referrer",
    "lead": "The safeguarding lead",
    "criteria": "Why the criteria may be met",
}


LABELS = {
    "referrer_name": "Name",
    "referrer_role": "Role",
    "referrer_agency": "Agency",
    "referrer_email": "E-mail address",
    "safeguarding_lead_name": "Name of the safeguarding lead",
    "safeguarding_lead_role": "Role of the safeguarding lead",
    "safeguarding_lead_email": "E-mail address of the safeguarding lead",
    "safeguarding_lead_telephone": "Telephone number of the safeguarding lead",
    "date_aware": "Date the agency became aware",
}


def for_readers(answers: Mapping[str, Any]) -> list[Section]:
    """The answers, topic by topic, under headings for those who did not write them."""
    found = sections(ReferralForm, answers)
    return [_retold(section) for section in found]


def _retold(section: Section) -> Section:
    lines = [replace(line, label=LABELS.get(line.name, line.label)) for line in section.lines]
    return replace(section, title=TITLES.get(section.key, section.title), lines=_in_brief(lines))


def _in_brief(lines: Sequence[Line]) -> list[Line]:
    """The answers, and in one line which questions have none."""
    empty = [line.label for line in lines if not line.answered]
    rest = [Line("", NOT_ANSWERED, "; ".join(empty), answered=False)] if empty else []
    return [*(line for line in lines if line.answered), *rest]


def leftover(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Heading and text of each, so that nothing a referrer wrote is hidden."""
    found = ReferralForm.unknown(answers)
    return [(heading(name), in_words(value)) for name, value in found.items()]


def heading(name: str) -> str:
    """A canonical name as a heading: `family_members.0.note` gives Family members 1, note."""
    parts = [part.replace("_", " ") for part in name.split(".")]
    numbered = [f"{int(part) + 1}" if part.isdecimal() else part for part in parts]
    return ", ".join(numbered).replace(", ", " ", 1 if len(parts) > 2 else 0).capitalize()


def in_words(value: Any) -> str:
    """A value of any shape as lines of text."""
    if isinstance(value, Mapping):
        return ", ".join(f"{heading(name).lower()}: {in_words(item)}" for name, item in value.items())
    if isinstance(value, list | tuple):
        return "\n".join(in_words(item) for item in value)
    return str(value)
