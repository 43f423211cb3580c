"""Who may do what: each permission once, with the predicates on a person and a thing that grant it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cache
from typing import Any, Protocol

from jcr.roles import CHAIRS, GROUP, REVIEWING, SIGNING_IN, TEAM, Role


class Somebody(Protocol):
    """A person or the actor of an act."""

    @property
    def role(self) -> Role: ...
    @property
    def person_id(self) -> int | None: ...


Predicate = Callable[[Somebody, Any], bool]


# Who somebody is


def has_account(who: Somebody, _: Any) -> bool:
    return who.role in SIGNING_IN


def in_team(who: Somebody, _: Any) -> bool:
    return who.role in TEAM


def settles(who: Somebody, _: Any) -> bool:
    """Of the team, those who decide; a support officer does not."""
    return who.role in (Role.OFFICER, Role.MANAGER)


def manages(who: Somebody, _: Any) -> bool:
    return who.role is Role.MANAGER


def chairs(who: Somebody, _: Any) -> bool:
    return who.role in CHAIRS


def in_group(who: Somebody, _: Any) -> bool:
    return who.role in GROUP


def decides(who: Somebody, _: Any) -> bool:
    return who.role is Role.DECISION_MAKER


def reviews(who: Somebody, _: Any) -> bool:
    return who.role in REVIEWING


def leads_safeguarding(who: Somebody, _: Any) -> bool:
    return who.role is Role.SAFEGUARDING_LEAD


def answers_for_agency(who: Somebody, _: Any) -> bool:
    return who.role is Role.AGENCY_CONTACT


def audits(who: Somebody, _: Any) -> bool:
    return who.role is Role.AUDITOR


def administers(who: Somebody, _: Any) -> bool:
    return who.role is Role.ADMINISTRATOR


def has_link(who: Somebody, _: Any) -> bool:
    return who.role is Role.OUTSIDER


def is_worker(who: Somebody, _: Any) -> bool:
    return who.role is Role.SYSTEM


# What they are to the thing; a page that asks before it has the thing is told about the person alone


def no_conflict(who: Somebody, case: Any) -> bool:
    """They declared no conflict of interest on the case."""
    return case is None or all(wall.person_id != who.person_id for wall in case.walls)


def about_another(who: Somebody, letter: Any) -> bool:
    """The letter about missed meetings is not about themselves."""
    return letter is None or letter.person.id != who.person_id


@dataclass(frozen=True)
class Rule:
    """One of `whoever` must be true, and each of `provided`."""

    whoever: tuple[Predicate, ...]
    provided: tuple[Predicate, ...] = ()


def _open_to(*whoever: Predicate) -> Rule:
    return Rule(whoever)


def _on_a_case(*whoever: Predicate) -> Rule:
    return Rule(whoever, (no_conflict,))


class Permission(StrEnum):
    SIGN_IN = auto()
    # reading
    SEE_CASES = auto()
    READ_REFERRAL = auto()
    READ_RECORD = auto()
    READ_RECOMMENDATION = auto()
    READ_MEETINGS = auto()
    SEE_GROUP = auto()
    SEE_OFFICE = auto()
    READ_OWN_RETURN = auto()
    READ_HISTORY = auto()
    # a referral
    ASK_SIGN_OFF = auto()
    SIGN_OFF = auto()
    CONFIRM_REFERRAL = auto()
    GIVE_BACK = auto()
    TAKE_UP = auto()
    TRIAGE = auto()
    NOTIFY = auto()
    REDIRECT = auto()
    DECLINE = auto()
    # the agencies' returns
    CALL_RAPID_REVIEW = auto()
    KEEP_RETURNS = auto()
    GIVE_PSEUDONYMS = auto()
    # meetings
    CALL_MEETINGS = auto()
    HOLD_MEETINGS = auto()
    APPROVE_MINUTES = auto()
    GIVE_LEAVE = auto()
    DECIDE_HOLDING = auto()
    SEND_ATTENDANCE_LETTERS = auto()
    # decisions
    RECOMMEND = auto()
    RATIFY = auto()
    TELL_REFERRER = auto()
    KEEP_NOTICES = auto()
    TAKE_RECONSIDERATION = auto()
    ANSWER_RECONSIDERATION = auto()
    REOPEN = auto()
    CLOSE = auto()
    GO_ON_BY_ITSELF = auto()
    # around a case
    EXTEND_DATES = auto()
    JUDGE_LIKENESS = auto()
    TAKE_LINKS_BACK = auto()
    TAKE_ARCHIVE = auto()
    PUBLISH = auto()
    KEEP_RECORDS = auto()
    KEEP_REQUESTS = auto()
    MARK_FOR_DESTRUCTION = auto()
    AGREE_DESTRUCTION = auto()
    ESTIMATE_COSTS = auto()
    ANSWER_COSTS = auto()
    COMMIT_COSTS = auto()
    NAME_REVIEWERS = auto()
    CONFIRM_BRIEFING = auto()
    OPEN_IN_EMERGENCY = auto()
    END_OPENINGS = auto()
    # the office
    SORT_MAIL = auto()
    SEND_AGAIN = auto()
    CHANGE_WORDINGS = auto()
    CHANGE_CHANNELS = auto()
    SEE_MAIL_CONNECTION = auto()
    CHANGE_FLOWCHART = auto()
    CHANGE_HOLIDAYS = auto()
    CHANGE_AGENCIES = auto()
    APPOINT_CHAIRS = auto()
    RECORD_OFFICES = auto()
    RENEW_TERMS = auto()
    KEEP_PEOPLE = auto()


P = Permission
PERMISSIONS: dict[Permission, Rule] = {
    P.SIGN_IN: _open_to(has_account),
    P.SEE_CASES: _open_to(in_group, decides, reviews),
    P.READ_REFERRAL: _open_to(in_group, reviews, leads_safeguarding),
    P.READ_RECORD: _open_to(in_group, reviews),
    P.READ_RECOMMENDATION: _open_to(in_group, decides, reviews),
    P.READ_MEETINGS: _open_to(in_group),
    P.SEE_GROUP: _open_to(in_group),
    P.SEE_OFFICE: _on_a_case(in_team, chairs),
    P.READ_OWN_RETURN: _open_to(answers_for_agency),
    P.READ_HISTORY: _open_to(audits),
    P.ASK_SIGN_OFF: _on_a_case(in_team, has_link, is_worker),
    P.SIGN_OFF: _on_a_case(in_team, has_link),
    P.CONFIRM_REFERRAL: _on_a_case(in_team),
    P.GIVE_BACK: _on_a_case(in_team),
    P.TAKE_UP: _on_a_case(in_team, has_link),
    P.TRIAGE: _on_a_case(in_team, chairs),
    P.NOTIFY: _on_a_case(settles, chairs),
    P.REDIRECT: _on_a_case(settles, chairs),
    P.DECLINE: _on_a_case(settles, chairs),
    P.CALL_RAPID_REVIEW: _on_a_case(settles, chairs),
    P.KEEP_RETURNS: _on_a_case(in_team),
    P.GIVE_PSEUDONYMS: _on_a_case(in_team),
    P.CALL_MEETINGS: _open_to(in_team, chairs),
    P.HOLD_MEETINGS: _open_to(in_team, chairs),
    P.APPROVE_MINUTES: _open_to(chairs),
    P.GIVE_LEAVE: _open_to(chairs),
    P.DECIDE_HOLDING: _open_to(chairs),
    P.SEND_ATTENDANCE_LETTERS: Rule((chairs,), (about_another,)),
    P.RECOMMEND: _on_a_case(settles, chairs),
    P.RATIFY: _on_a_case(decides),
    P.TELL_REFERRER: _on_a_case(settles),
    P.KEEP_NOTICES: _on_a_case(settles),
    P.TAKE_RECONSIDERATION: _on_a_case(in_team, chairs),
    P.ANSWER_RECONSIDERATION: _on_a_case(manages, chairs),
    P.REOPEN: _on_a_case(manages, chairs),
    P.CLOSE: _on_a_case(settles, chairs),
    P.GO_ON_BY_ITSELF: _open_to(is_worker),
    P.EXTEND_DATES: _on_a_case(settles),
    P.JUDGE_LIKENESS: _on_a_case(in_team),
    P.TAKE_LINKS_BACK: _on_a_case(in_team),
    P.TAKE_ARCHIVE: _on_a_case(settles),
    P.PUBLISH: _on_a_case(in_team),
    P.KEEP_RECORDS: _on_a_case(in_team),
    P.KEEP_REQUESTS: _on_a_case(in_team),
    P.MARK_FOR_DESTRUCTION: _on_a_case(manages),
    P.AGREE_DESTRUCTION: _on_a_case(settles),
    P.ESTIMATE_COSTS: _on_a_case(in_team),
    P.ANSWER_COSTS: _on_a_case(manages),
    P.COMMIT_COSTS: _on_a_case(settles),
    P.OPEN_IN_EMERGENCY: _open_to(in_group, decides),
    P.END_OPENINGS: _on_a_case(settles, chairs),
    P.NAME_REVIEWERS: _on_a_case(settles, chairs),
    P.CONFIRM_BRIEFING: _on_a_case(in_group),
    P.SORT_MAIL: _open_to(in_team),
    P.SEND_AGAIN: _open_to(in_team),
    P.CHANGE_WORDINGS: _open_to(settles),
    P.CHANGE_CHANNELS: _open_to(in_team, administers),
    P.SEE_MAIL_CONNECTION: _open_to(in_team, administers),
    P.CHANGE_FLOWCHART: _open_to(settles),
    P.CHANGE_HOLIDAYS: _open_to(in_team),
    P.CHANGE_AGENCIES: _open_to(in_team),
    P.APPOINT_CHAIRS: _open_to(settles),
    P.RECORD_OFFICES: _open_to(settles),
    P.RENEW_TERMS: _open_to(settles),
    P.KEEP_PEOPLE: _open_to(administers),
}

# What somebody who opened a case in an emergency may ask for of it: to read, as far as their role reads cases
READING = frozenset({P.SEE_CASES, P.READ_REFERRAL, P.READ_RECORD, P.READ_RECOMMENDATION})


def allows(permission: Permission, who: Somebody, thing: Any = None) -> bool:
    """Whether they may; without the thing, whether they may with any."""
    rule = PERMISSIONS[permission]
    return any(one(who, thing) for one in rule.whoever) and all(one(who, thing) for one in rule.provided)


@cache  # a desk asks for every one of its tasks
def roles_with(permission: Permission) -> tuple[Role, ...]:
    """The roles that may, for a query over people."""
    return tuple(role for role in Role if allows(permission, _Any(role)))


@dataclass(frozen=True)
class _Any:
    """Anybody of a role."""

    role: Role
    person_id: None = None
