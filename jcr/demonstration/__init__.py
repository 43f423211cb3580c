"""A made-up partnership on the shape of the terms of reference: boards, agencies and posts; the people are invented."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jcr.history.service import record
from jcr.people.model import Agency, Board, ChairTerm, Membership, Office, OfficeHolder, Person, Sector
from jcr.people.passwords import hash_password
from jcr.roles import WORKER, Role

TERM_BEGAN = date(2026, 4, 1)
BOARDS = (
    ("hscp", "Herefordshire Safeguarding Children Partnership"),
    ("hsab", "Herefordshire Safeguarding Adults Board"),
    ("csp", "Community Safety Partnership"),
)
STANDING, WHEN_APPROPRIATE = Membership.STANDING, Membership.WHEN_APPROPRIATE
# code, name, sector, counts to quorum as, membership (ToR 5), e-mail domain
AGENCIES = (
    ("icb", "Herefordshire and Worcestershire ICB", Sector.HEALTH, "health", STANDING, "icb.example"),
    ("hwhct", "Herefordshire and Worcestershire Health and Care NHS Trust", Sector.HEALTH, "health", STANDING,
     "health.example"),
    ("wvt", "Wye Valley NHS Trust", Sector.HEALTH, "health", STANDING, "wyevalley.example"),
    ("csc", "Children and Families, Herefordshire Council", Sector.LOCAL_AUTHORITY, "council", STANDING,
     "council.example"),
    ("edu", "Education, Herefordshire Council", Sector.LOCAL_AUTHORITY, "council", STANDING,
     "education.example"),
    ("asc", "Adults and Communities, Herefordshire Council", Sector.LOCAL_AUTHORITY, "council", STANDING,
     "adults.example"),
    ("ph", "Public Health, Herefordshire Council", Sector.LOCAL_AUTHORITY, "council", STANDING,
     "publichealth.example"),
    ("police", "West Mercia Police", Sector.POLICE, "police", STANDING, "police.example"),
    ("probation", "Probation Service", Sector.PROBATION, "probation", WHEN_APPROPRIATE, "probation.example"),
    ("yjs", "West Mercia Youth Justice Service", Sector.YOUTH_JUSTICE, "youth justice", WHEN_APPROPRIATE,
     "youthjustice.example"),
    ("fire", "Hereford & Worcester Fire and Rescue Service", Sector.FIRE, "fire", STANDING, "fire.example"),
    ("housing", "Housing Providers' Forum", Sector.HOUSING, "housing", STANDING, "housing.example"),
)  # fmt: skip
# key, name, role, post, agency: those who can sign in
ACCOUNTS = (
    ("officer", "Rhiannon Maddox", Role.OFFICER, "Partnership Officer", None),
    ("support", "Imogen Tate", Role.SUPPORT_OFFICER, "Partnership Support Officer", None),
    ("manager", "Tobias Garland", Role.MANAGER, "Partnership Manager", None),
    ("chair", "Ottoline Farr", Role.CHAIR, "Head of Safeguarding and Designated Nurse", "icb"),
    ("vice.chair", "DI Corin Ashdown", Role.VICE_CHAIR, "Detective Inspector", "police"),
    ("member", "Nasreen Holloway", Role.MEMBER, "Head of Service, Children's Social Care", "csc"),
    ("council.partner", "Verity Langstone", Role.DECISION_MAKER, "Director of Children's Services", "csc"),
    ("icb.partner", "Marcus Adeyinka", Role.DECISION_MAKER, "Chief Nursing Officer", "icb"),
    ("police.partner", "ACC Helen Strand", Role.DECISION_MAKER, "Assistant Chief Constable", "police"),
    ("hsab.chair", "Josephine Lorne", Role.DECISION_MAKER, "Independent Chair, Adults Board", None),
    ("csp.chair", "Idris Penhaligon", Role.DECISION_MAKER, "Chair, Community Safety Partnership", None),
    ("agency", "Petra Wilmot", Role.AGENCY_CONTACT, "Named Nurse for Safeguarding", "wvt"),
    ("lead", "Huw Ballinger", Role.SAFEGUARDING_LEAD, "Safeguarding Lead", "wvt"),
    ("panel", "Dr Farida Nosworthy", Role.PANEL_MEMBER, "Designated Doctor", "hwhct"),
    ("reviewer", "Lorcan Whitfield", Role.REVIEWER, "Independent Reviewer", None),
    ("auditor", "Agnes Pritchett", Role.AUDITOR, "Internal Auditor", None),
    ("administrator", "Sam Okafor", Role.ADMINISTRATOR, "Systems Administrator", None),
)
# name, post, agency: members who sit in the group and have not asked for an account
MEMBERS = (
    ("Dr Alasdair Quill", "Named Doctor", "hwhct"),
    ("Bethan Ruddock", "Associate Director of Nursing", "wvt"),
    ("Gareth Inchbold", "Head of Service, Adult Social Care", "asc"),
    ("Simone Tarrant", "Safeguarding in Education Lead", "edu"),
    ("Callum Weatherby", "Group Manager, Prevention", "fire"),
    ("Leila Brannigan", "Housing Representative", "housing"),
)
OFFICES = {
    "council.partner": Office.PARTNER_COUNCIL,
    "icb.partner": Office.PARTNER_ICB,
    "police.partner": Office.PARTNER_POLICE,
    "hsab.chair": Office.HSAB_CHAIR,
    "csp.chair": Office.CSP_CHAIR,
}
CHAIR_OF = {Role.CHAIR: "hsab", Role.VICE_CHAIR: "csp"}  # the board each is a full member of
DOMAIN = "partnership.example"


def is_empty(session: Session) -> bool:
    return session.scalar(select(func.count()).select_from(Person)) == 0


def fill(session: Session, now: datetime) -> list[tuple[str, str, str]]:
    """Fills an empty database; returns (post, e-mail address, password) for each account, to be shown once."""
    session.add_all(Board(code=code, name=name) for code, name in BOARDS)
    agencies = {agency.code: agency for agency in map(_agency, AGENCIES)}
    session.add_all(agencies.values())
    session.add_all(
        Person(name=name, email=_member_address(name), role=Role.MEMBER, post=post, agency=agencies[code])
        for name, post, code in MEMBERS
    )
    passwords = {row[0]: _password() for row in ACCOUNTS}
    people = {row[0]: _account(agencies, passwords, *row) for row in ACCOUNTS}
    session.add_all(people.values())
    session.flush()
    session.add_all(
        OfficeHolder(office=office, person_id=people[key].id, since=TERM_BEGAN)
        for key, office in OFFICES.items()
    )
    session.add_all(_term(session, code, role) for role, code in CHAIR_OF.items())
    record(session, None, WORKER, now, "filled in the demonstration partnership")
    return [(person.post, person.email, passwords[key]) for key, person in people.items()]


def _agency(row: tuple[str, str, Sector, str, Membership, str]) -> Agency:
    code, name, sector, quorum_group, membership, domain = row
    return Agency(
        code=code,
        name=name,
        sector=sector,
        quorum_group=quorum_group,
        membership=membership,
        contact_name="Safeguarding lead",
        contact_email=f"safeguarding@{domain}",
        board_email=f"board@{domain}",
        domains=[domain],
    )


def _password() -> str:
    return "-".join(secrets.token_hex(2) for _ in range(3))


def _account(
    agencies: dict[str, Agency],
    passwords: dict[str, str],
    key: str,
    name: str,
    role: Role,
    post: str,
    code: str | None,
) -> Person:
    return Person(
        name=name,
        email=f"{key}@{DOMAIN}",
        role=role,
        post=post,
        agency=agencies[code] if code else None,
        password_hash=hash_password(passwords[key]),
    )


def _term(session: Session, code: str, role: Role) -> ChairTerm:
    person = session.scalars(select(Person).where(Person.role == role)).one()
    board = session.scalars(select(Board).where(Board.code == code)).one()
    return ChairTerm(person=person, role=role, board=board, since=TERM_BEGAN)


def _member_address(name: str) -> str:
    return f"{name.split()[-1].lower()}@members.{DOMAIN}"
