"""What may be done to a case, by whom and when, as one table; and the one function that does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from jcr.cases.model import Case, Status
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.model import Entry
from jcr.history.service import record
from jcr.permissions import Permission, allows, no_conflict
from jcr.roles import Actor, Role
from jcr.wording import local_day


@dataclass(frozen=True)
class Act:
    """`says` follows the actor's name in the history; an act that needs a reason refuses an empty one."""

    name: str
    after: frozenset[Status]
    becomes: Status
    permission: Permission
    says: str
    needs_reason: bool = False


def _act(
    name: str,
    after: Status | tuple[Status, ...],
    becomes: Status,
    permission: Permission,
    says: str,
    needs_reason: bool = False,
) -> Act:
    before = frozenset(after if isinstance(after, tuple) else (after,))
    return Act(name, before, becomes, permission, says, needs_reason)


S, P = Status, Permission
ACTS = {
    act.name: act
    for act in (
        _act("ask_sign_off", (S.REFERRED, S.RETURNED), S.AWAITING_SIGN_OFF, P.ASK_SIGN_OFF,
             "asked the safeguarding lead to sign the referral off"),
        _act("sign_off", S.AWAITING_SIGN_OFF, S.TRIAGE, P.SIGN_OFF, "signed the referral off"),
        _act("confirm", S.REFERRED, S.TRIAGE, P.CONFIRM_REFERRAL, "confirmed what the referral says"),
        _act("give_back", (S.REFERRED, S.TRIAGE), S.RETURNED, P.GIVE_BACK,
             "returned the referral to the referrer for what is missing", True),
        _act("take_up", S.RETURNED, S.TRIAGE, P.TAKE_UP,
             "answered what was missing: the referral is in triage again"),
        _act("read_again", S.RETURNED, S.REFERRED, P.CONFIRM_REFERRAL,
             "took the referral up again: what it says is still to be confirmed"),
        _act("redirect", (S.REFERRED, S.AWAITING_SIGN_OFF, S.RETURNED, S.TRIAGE), S.REDIRECTED,
             P.REDIRECT, "sent the referral elsewhere", True),
        _act("decline", S.TRIAGE, S.DECLINED, P.DECLINE, "declined the referral", True),
        _act("scope", S.TRIAGE, S.SCOPING, P.CALL_RAPID_REVIEW, "opened scoping and called the rapid review"),
        _act("open_rapid_review", S.SCOPING, S.RAPID_REVIEW, P.HOLD_MEETINGS, "opened the rapid review"),
        _act("recommend", S.RAPID_REVIEW, S.RECOMMENDED, P.RECOMMEND, "recorded the recommendation", True),
        _act("ratify", S.RECOMMENDED, S.RATIFIED, P.RATIFY, "ratified the recommendation", True),
        _act("send_back", S.RECOMMENDED, S.SENT_BACK, P.RATIFY, "sent the recommendation back", True),
        _act("refuse", S.RECOMMENDED, S.NOT_RATIFIED, P.RATIFY, "did not ratify the recommendation", True),
        _act("reconvene", (S.SENT_BACK, S.NOT_RATIFIED), S.RAPID_REVIEW, P.RECOMMEND,
             "reopened the rapid review", True),
        _act("withdraw_answer", S.RATIFIED, S.RECOMMENDED, P.GO_ON_BY_ITSELF,
             "put the recommendation to the office again: an answer is withdrawn", True),
        _act("tell_referrer", S.RATIFIED, S.DECIDED, P.GO_ON_BY_ITSELF, "sent the decision letter to the referrer"),
        _act("untold", S.DECIDED, S.RATIFIED, P.GO_ON_BY_ITSELF, "reopened the decision letter: it came back"),
        _act("triage_again", (S.DECLINED, S.CLOSED), S.TRIAGE, P.REOPEN,
             "opened triage again: the decision was looked at anew", True),
        _act("review_again", (S.DECIDED, S.CLOSED), S.RAPID_REVIEW, P.REOPEN,
             "opened the rapid review again: the decision was looked at anew", True),
        _act("close", (S.REDIRECTED, S.DECLINED, S.DECIDED), S.CLOSED, P.CLOSE, "closed the case", True),
    )
}  # fmt: skip


def open_to(actor: Actor, case: Case) -> list[Act]:
    """What the page offers is what `perform` would allow."""
    return [act for act in ACTS.values() if case.status in act.after and allows(act.permission, actor, case)]


def perform(
    session: Session, case: Case, name: str, actor: Actor, now: datetime, why: str = "", **details: Any
) -> Entry:
    """Checks, changes the status and writes the history entry: together, or not at all.

    Raises NotAllowed, NotNow or Incomplete with a sentence for the person who asked.
    """
    act = ACTS[name]
    if not (allows(act.permission, actor, case) and no_conflict(actor, case)):
        raise NotAllowed(f"You cannot do this: it is not for {_a(actor.role)} to do on this case.")
    if case.status not in act.after:
        raise NotNow(f"This case is at the stage “{case.status.shown}”, so this step cannot be taken now.")
    if act.needs_reason and not why.strip():
        raise Incomplete("Give the reasons: they are part of the record and cannot be left out.")
    change = (case.status.value, act.becomes.value)
    case.status = act.becomes
    case.closed_on = local_day(now) if act.becomes is Status.CLOSED else None
    return record(session, case.id, actor, now, act.says, why, change=change, **details)


def _a(role: Role) -> str:
    word = role.shown.lower()
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
