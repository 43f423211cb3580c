"""Who somebody is to the system: the roles, and the actor that every act is recorded under."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    OFFICER = "officer"
    SUPPORT_OFFICER = "support_officer"  # does the work of the team and decides nothing
    MANAGER = "manager"
    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    MEMBER = "member"
    DECISION_MAKER = "decision_maker"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    AGENCY_CONTACT = "agency_contact"
    PANEL_MEMBER = "panel_member"
    REVIEWER = "independent_reviewer"
    AUDITOR = "auditor"  # reads the history, and nothing that a case is about
    ADMINISTRATOR = "administrator"
    OUTSIDER = "outsider"  # acts by a link sent to them: a referrer, a safeguarding lead
    SYSTEM = "system"  # the worker

    @property
    def shown(self) -> str:
        return self.value.replace("_", " ").capitalize()


TEAM = (Role.OFFICER, Role.SUPPORT_OFFICER, Role.MANAGER)
CHAIRS = (Role.CHAIR, Role.VICE_CHAIR)
GROUP = (*TEAM, *CHAIRS, Role.MEMBER)
REVIEWING = (Role.PANEL_MEMBER, Role.REVIEWER)  # they see the cases they are named to
SIGNING_IN = tuple(role for role in Role if role not in (Role.OUTSIDER, Role.SYSTEM))
GIVEN = tuple(
    role for role in SIGNING_IN if role not in CHAIRS
)  # chairs are appointed, on a page of their own


@dataclass(frozen=True)
class Actor:
    """Whoever does an act, as the history will name them."""

    name: str
    role: Role
    person_id: int | None = None


WORKER = Actor("The system", Role.SYSTEM)


def outsider(name: str) -> Actor:
    """A person without an account, known by the link they came with."""
    return Actor(name, Role.OUTSIDER)
