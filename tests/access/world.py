"""One partnership with cases at every stage, for the walk through every page as everybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.actions.service import Agreed, agree
from jcr.cases import named
from jcr.cases.model import Case
from jcr.cases.rules import england
from jcr.cases.service import put_up_wall
from jcr.cases.workflow import perform
from jcr.correspondence.service import Letterhead
from jcr.costs import service as costs
from jcr.meetings import minuting
from jcr.meetings.service import call_business_meeting
from jcr.people.model import Person
from jcr.records import inquiring, publication
from jcr.records.inquiry_model import Kind
from jcr.referrals import signing
from jcr.referrals.model import Referral
from jcr.roles import Actor
from tests.cases import made

# What each case is to those who walk; its references in the order they are made
OWN, NEW, UNSIGNED, ASKED, CLOSED, CONFLICTED = (f"JCR-2026-{number:04d}" for number in range(1, 7))
EVERY_CASE = (OWN, NEW, UNSIGNED, ASKED, CLOSED, CONFLICTED)


@dataclass(frozen=True)
class World:
    """`people` holds somebody of each role; all of them declared a conflict on the case CONFLICTED."""

    app: Flask
    people: dict[str, Person]
    browsers: dict[str, FlaskClient] = field(default_factory=dict)


def fill(session: Session, head: Letterhead, partnership: Any, now: datetime) -> None:
    """The cases; each is made the way the product makes it."""
    officer = partnership.officer.as_actor()
    own = made.in_ratification(session, head, partnership, now).case
    made.in_triage(session, head, session.merge(partnership.officer), now)
    unsigned = made.referred(session, head, now)
    referral = session.scalars(select(Referral).where(Referral.case_id == unsigned.id)).one()
    signing.ask(session, head, referral, "b.vane@wyevalley.example", officer, now)
    made.in_scoping(session, head, partnership.officer, now, partnership.wvt)
    closed = made.referred(session, head, now)
    perform(session, closed, "redirect", officer, now, "It is a safeguarding concern.")
    perform(session, closed, "close", officer, now, "It is with the front door.")
    conflicted = made.in_ratification(session, head, partnership, now).case
    for key in ("panel", "reviewer"):
        for case in (own, conflicted):
            named.name(
                session,
                case,
                session.merge(getattr(partnership, key)),
                officer,
                now,
                independent=True,
                senior=True,
            )
    _tell_of(session, head, conflicted, officer, now)
    for person in session.scalars(select(Person).where(Person.password_hash != "")):
        put_up_wall(session, conflicted, person, "knows the family", officer, now)
    assert session.scalars(select(Case.reference).order_by(Case.id)).all() == list(EVERY_CASE)


def _tell_of(session: Session, head: Letterhead, case: Case, actor: Actor, now: datetime) -> None:
    """Costs, a publication copy, a request for information, and a meeting whose words alone name the case."""
    due = (now + timedelta(days=30)).date()
    costs.estimate(session, head, case, f"Reviewer of {case.reference}", 10_000, 0, actor, now)
    publication.save(session, head, case, None, f"About {case.reference}", case.reference, {}, actor, now)
    inquiring.enter(
        session, Kind.FOI, now.date(), "A. Person", "", case.reference, case, england(), actor, now
    )
    agree(session, None, Agreed(f"Ring about {case.reference}", "Officer", due), actor, now)
    meeting = call_business_meeting(session, now + timedelta(days=60), "Plough Lane", actor, now)
    item = minuting.add_item(session, meeting, f"Learning from {case.reference}", "note", "", 5)
    minuting.add_action(session, item, Agreed("Share it", case.reference, due), actor, now)
