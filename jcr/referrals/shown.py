"""A referral as its readers see it, with the answers for which our form has no question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from forms import ReferralForm
from forms.shown import Section, sections

# The form speaks to the referrer; these are the same topics for everybody else.
TITLES = {"referrer": "The referrer", "lead": "The safeguarding lead"}


def for_readers(answers: Mapping[str, Any]) -> list[Section]:
    """The answers, topic by topic, under headings for those who did not write them."""
    found = sections(ReferralForm, answers)
    return [replace(section, title=TITLES.get(section.key, section.title)) for section in found]


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
