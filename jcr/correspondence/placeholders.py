"""All the letters whose words the office may change, and the placeholders that each may use."""

from __future__ import annotations

from jcr.correspondence.case_letters import DECISIONS, REFERRAL, VARIANTS
from jcr.correspondence.meeting_letters import MEETINGS
from jcr.correspondence.placeholder import COMMON, LETTER, ONE_LINE, PARTS, Placeholder, Template
from jcr.correspondence.scoping_letters import SCOPING

__all__ = ["LETTER", "ONE_LINE", "PARTS", "TEMPLATES", "Placeholder", "Template", "placeholders_of"]

TEMPLATES: dict[str, Template] = REFERRAL | SCOPING | DECISIONS | VARIANTS | MEETINGS


def placeholders_of(key: str) -> dict[str, Placeholder]:
    """All placeholders that a letter may use; a part of a letter has no reference of its own to give."""
    own = TEMPLATES[key]
    if "subject" not in own.parts:
        return {name: one for name, one in COMMON.items() if name != "contact"} | dict(own.placeholders)
    return COMMON | dict(own.placeholders)
