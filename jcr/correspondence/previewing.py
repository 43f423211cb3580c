"""A letter's words as a reader would get them, filled from a case or with demonstration values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.correspondence.delivery import readable_by
from jcr.correspondence.filling import filled, in_words
from jcr.correspondence.model import Letter
from jcr.correspondence.placeholders import placeholders_of
from jcr.correspondence.shown import without_secrets
from jcr.people.model import Person

DEMONSTRATION = "with demonstration values"


@dataclass(frozen=True)
class Preview:
    """Each part as it would read, and what it was filled from."""

    parts: Mapping[str, str]
    filled_from: str


def preview(
    session: Session, key: str, parts: Mapping[str, str], person: Person, case: Case | None
) -> Preview:
    """Fills words that need not be saved. Placeholders without a value in the case get their example."""
    values = {name: one.example or None for name, one in placeholders_of(key).items()}
    values |= {name: "" for name in values if name.startswith("only_")}  # every line is shown
    source = DEMONSTRATION
    if case:
        values |= _of_case(case)
        letter = _last_letter(session, key, person, case)
        values |= {name: letter.values.get(name) for name in values} if letter else {}
        said = "the letter written on" if letter else "what is known of"
        source = f"from {said} {case.reference}{'' if letter else ', else with demonstration values'}"
    return Preview({part: without_secrets(filled(words, values)) for part, words in parts.items()}, source)


def _of_case(case: Case) -> dict[str, str | None]:
    known = {"reference": case.reference, "initials": case.initials, "received_on": case.received_on}
    return {name: in_words(value) for name, value in known.items() if value}


def _last_letter(session: Session, key: str, person: Person, case: Case) -> Letter | None:
    """The last letter of this kind on the case, whose own values fill the words."""
    written = readable_by(person).where(Letter.case_id == case.id, Letter.kind.in_([key]))
    found = session.scalar(written.order_by(Letter.id.desc()).limit(1))
    return found if found and found.values else None
