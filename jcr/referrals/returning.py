"""Giving a referral back to the referrer for what is missing, question by question, and taking it up again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import ReferralForm
from forms.form import definition
from jcr.cases.model import Case, Status
from jcr.cases.naming import given_away
from jcr.cases.workflow import perform
from jcr.correspondence.service import Letterhead
from jcr.errors import Incomplete, NotNow
from jcr.referrals import drafts, letters, rules
from jcr.referrals.model import GivenBack, Referral
from jcr.roles import Actor
from jcr.wording import sentence


def open_questions(referral: Referral, today: date) -> dict[str, str]:
    """What the form finds missing or wrong: canonical name -> what to ask, without anybody's name in it."""
    weighed = rules.weigh(referral.best_known, today)
    found = {name: _placed(name, sentence(words)) for name, words in (*weighed.stops, *weighed.missing)}
    return {name: _unnamed(referral.case, name, words) for name, words in found.items()}


def _placed(name: str, words: str) -> str:
    """With the row it is about, such as “Person 2: Enter the date of birth.”"""
    group, _, rest = name.partition(".")
    if not rest:
        return words
    rows = definition(ReferralForm)[group]
    return f"{rows.called(int(rest.split('.')[0]))}: {words}"


def _unnamed(case: Case, name: str, words: str) -> str:
    return (
        f"Check the answer to the question “{name.replace('_', ' ')}”." if given_away(case, words) else words
    )


def give_back(
    session: Session,
    head: Letterhead,
    referral: Referral,
    why: str,
    questions: Mapping[str, str],
    others: Sequence[str],
    actor: Actor,
    now: datetime,
) -> GivenBack:
    """Returns the referral with its questions and a link to answer them: never a rejection (ToR 7.i).

    `questions` are those of the form, by canonical name; `others` are in the officer's own words. Raises
    Incomplete without a reason or without a question, or when the words name a subject.
    """
    asked = [[name, sentence(words)] for name, words in questions.items()]
    asked += [["", sentence(words)] for words in others if words.strip()]
    if not asked:
        raise Incomplete("Say what is missing: tick a question, or write one of your own.")
    if named := given_away(referral.case, "\n".join([why, *(words for _, words in asked)])):
        raise Incomplete(f"Your words name a subject or a date of birth (“{named}”). Write initials instead.")
    perform(session, referral.case, "give_back", actor, now, why, questions=[words for _, words in asked])
    given = GivenBack(case_id=referral.case_id, why=why.strip(), questions=asked, at=now, by=actor.name)
    session.add(given)
    session.flush()
    lines = [why.strip(), "", *(f"- {words}" for _, words in asked)]
    token = drafts.reopen(session, referral, "\n".join(lines), now, head.links_hold)
    letters.give_back(session, head, referral, given, token, actor, now)
    return given


def take_up(session: Session, referral: Referral, how: str, actor: Actor, now: datetime) -> None:
    """The referrer answered otherwise than by the link; the case goes on where it stood before.

    Raises NotNow when it is not with the referrer, Incomplete when it is not said how the answer came.
    """
    if referral.case.status is not Status.RETURNED:
        raise NotNow("This referral is not with the referrer, so there is no answer to record.")
    if not how.strip():
        raise Incomplete("Say what the referrer answered and how it reached you: it is part of the record.")
    let_go(session, referral, how.strip(), now)
    act = "take_up" if referral.is_signed_off else "read_again"
    perform(session, referral.case, act, actor, now, how)


def let_go(session: Session, referral: Referral, how: str, now: datetime) -> None:
    """The referral is not with the referrer any more, and their link to correct it leads nowhere."""
    note_answer(session, referral, how, now)
    referral.returned_at, referral.returned_because = None, ""
    if draft := drafts.of_referral(session, referral):
        draft.returned_because = ""


def note_answer(session: Session, referral: Referral, how: str, now: datetime) -> None:
    """Notes on the questions that their answer came."""
    if given := latest(session, referral.case):
        given.answered_at, given.answered_how = now, how


def latest(session: Session, case: Case) -> GivenBack | None:
    """The last time the referral was given back."""
    found = select(GivenBack).where(GivenBack.case_id == case.id).order_by(GivenBack.id.desc())
    return session.scalar(found.limit(1))
