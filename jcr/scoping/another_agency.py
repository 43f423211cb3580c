"""A return in which another agency is named than the one that was asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jcr.people.model import Agency
from jcr.scoping.model import Request


def answers_for(session: Session, request: Request, answers: Mapping[str, Any]) -> Agency | None:
    """The other agency of our list that the answers name as their own; it is asked by itself."""
    named = str(answers.get("agency_name") or "").strip().lower()
    return session.scalar(
        select(Agency).where(func.lower(Agency.name) == named, Agency.id != request.agency_id)
    )


def refusal(session: Session, request: Request, answers: Mapping[str, Any]) -> str:
    """What the holder of a link is told who answers for another agency; else empty."""
    other = answers_for(session, request, answers)
    if other is None:
        return ""
    return (
        f"This link is for {request.agency.name}, and {other.name} answers by a link of its own. "
        "Name your own agency, or ask the Partnership Team to write to the other."
    )
