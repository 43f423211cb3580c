"""The list of agencies: what each is to the group, whom the office writes to there, and what it writes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jcr.errors import Incomplete
from jcr.history.service import record
from jcr.people.codes import free_code
from jcr.people.model import Agency, Membership, Sector
from jcr.roles import Actor

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
COUNTS_AS = {Sector.HEALTH: "health", Sector.LOCAL_AUTHORITY: "council"}  # ToR 5, Quorum
FACTS = ("name", "sector", "membership", "quorum_group", "domains",
         "contact_name", "contact_email", "board_email")  # fmt: skip


def add(session: Session, facts: Mapping[str, Any], actor: Actor, now: datetime) -> Agency:
    """An agency new to the list, with its `FACTS`. Raises Incomplete when one of this name is on it."""
    _must_be_new(session, facts["name"], None)
    agency = Agency(code=free_code(session, Agency, facts["name"]))
    _take(agency, facts)
    session.add(agency)
    session.flush()
    record(session, None, actor, now, f"put {agency.name} on the agency list", after=facts_of(agency))
    return agency


def change(session: Session, agency: Agency, facts: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """The agency with other facts; those not given stay. Raises Incomplete when another has the name."""
    before = facts_of(agency)
    facts = {**before, **facts}
    _must_be_new(session, facts["name"], agency)
    _take(agency, facts)
    after = facts_of(agency)
    changed = [name for name in FACTS if before[name] != after[name]]
    if changed:
        told: dict[str, Any] = {name: before[name] for name in changed}
        done = f"changed {agency.name} on the agency list"
        record(session, None, actor, now, done, before=told, after={name: after[name] for name in changed})


def facts_of(agency: Agency) -> dict[str, Any]:
    """What is on the list about an agency, JSON-safe."""
    return {name: getattr(agency, name) for name in FACTS}


def strange_domain(domains: list[str]) -> str | None:
    """The first that is no e-mail domain."""
    return next((one for one in domains if not DOMAIN.fullmatch(one)), None)


def _take(agency: Agency, facts: Mapping[str, Any]) -> None:
    agency.name, agency.contact_name = facts["name"].strip(), facts["contact_name"].strip()
    agency.sector, agency.membership = Sector(facts["sector"]), Membership(facts["membership"])
    agency.quorum_group = facts["quorum_group"].strip() or COUNTS_AS.get(agency.sector, agency.code)
    agency.domains = list(facts["domains"])
    agency.contact_email = facts["contact_email"].strip().lower()
    agency.board_email = facts["board_email"].strip().lower()


def _must_be_new(session: Session, name: str, itself: Agency | None) -> None:
    named = session.scalar(select(Agency).where(func.lower(Agency.name) == name.strip().lower()))
    if named is not None and named is not itself:
        raise Incomplete(f"{named.name} is on the list already. Change it there, or give another name.")
