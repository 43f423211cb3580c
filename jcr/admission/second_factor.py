"""The second factor: an authenticator app's code, good once, or one of ten recovery codes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

import pyotp
import segno
from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from jcr.admission.model import RecoveryCode, SecondFactor
from jcr.errors import Incomplete
from jcr.history.service import record
from jcr.links import hashed
from jcr.people.model import Person
from jcr.roles import Actor
from jcr.sealing import sealed, unsealed

PURPOSE = "second factor"
STEP_SECONDS, DIGITS = 30, 6  # RFC 6238, and what every app expects
SKEW_STEPS = 1  # a clock may be wrong by half a minute (RFC 6238, 5.2)
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when copied from paper
GROUPS, GROUP_LENGTH = 4, 4
WRONG = "The code is not right. Enter the six digits your app shows now"


def new_secret() -> str:
    return pyotp.random_base32()


def picture(secret: str, person: Person, issuer: str) -> str:
    """What an app scans, as SVG without any style of its own."""
    address = pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name=issuer)
    drawn: str = segno.make(address, micro=False).svg_inline(scale=4, light="white", svgclass="app-qr")
    return drawn


def of(session: Session, person: Person) -> SecondFactor | None:
    """The person's second factor, if they have set one up."""
    return session.scalar(select(SecondFactor).where(SecondFactor.person_id == person.id))


def set_up(
    session: Session, person: Person, app_secret: str, code: str, key: str, now: datetime
) -> Sequence[str]:
    """Takes the app in place of any other once it shows a right code; the new recovery codes, to be shown once.

    `key` seals the app's secret. Raises Incomplete when the code is wrong.
    """
    step = _step_of(app_secret, code, now)
    if step is None:
        raise Incomplete(f"{WRONG}.")
    factor = of(session, person) or SecondFactor(person_id=person.id)
    factor.secret, factor.last_step, factor.since = sealed(app_secret, PURPOSE, key), step, now
    session.add(factor)
    record(session, None, person.as_actor(), now, "set up a second factor")
    return new_recovery_codes(session, person)


def accept(
    session: Session, person: Person, code: str, key: str, now: datetime, former: Sequence[str] = ()
) -> bool:
    """Whether this code lets the person in. Each code of the app and each recovery code does so once.

    An app's secret that is sealed under a `former` key is sealed anew.
    """
    typed = "".join(code.lower().replace("-", " ").split())
    if typed.isdigit():
        return _accept_app(session, person, typed, key, now, former)
    return _accept_recovery(session, person, typed, now)


def take_away(session: Session, person: Person, actor: Actor, now: datetime) -> None:
    """The person sets up a new second factor at their next sign-in: their telephone and their codes are lost."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    session.execute(delete(SecondFactor).where(SecondFactor.person_id == person.id))
    record(session, None, actor, now, f"took away the second factor of {person.name}")


def new_recovery_codes(session: Session, person: Person) -> Sequence[str]:
    """Ten codes in place of all earlier ones. They are returned to be shown once and not kept."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(person_id=person.id, code_hash=_hash(person, code)) for code in codes)
    return codes


def recovery_codes_left(session: Session, person: Person) -> int:
    unused = select(func.count(RecoveryCode.id)).where(
        RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None)
    )
    return session.scalar(unused) or 0


def _accept_app(
    session: Session, person: Person, code: str, key: str, now: datetime, former: Sequence[str]
) -> bool:
    factor = of(session, person)
    secret = unsealed(factor.secret, PURPOSE, key, former) if factor else ""
    step = _step_of(secret, code, now)
    if step is None:
        return False
    newer = (SecondFactor.person_id == person.id, SecondFactor.last_step < step)
    kept = {"last_step": step, "secret": sealed(secret, PURPOSE, key)}
    return _changed_one(session, update(SecondFactor).where(*newer).values(**kept))


def _accept_recovery(session: Session, person: Person, code: str, now: datetime) -> bool:
    unused = (RecoveryCode.code_hash == _hash(person, code), RecoveryCode.used_at.is_(None))
    if not _changed_one(session, update(RecoveryCode).where(*unused).values(used_at=now)):
        return False
    record(session, None, person.as_actor(), now, "used a recovery code")
    return True


def _changed_one(session: Session, change: Any) -> bool:
    """One statement decides, so that of two who use a code at one moment only one gets in."""
    done = cast(
        "CursorResult[Any]", session.execute(change, execution_options={"synchronize_session": False})
    )
    return done.rowcount == 1


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The 30 seconds this code belongs to, if they are near enough to now."""
    if not secret:
        return None
    app, current = (
        pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS),
        int(now.timestamp()) // STEP_SECONDS,
    )
    typed = "".join(code.split())
    near = range(current - SKEW_STEPS, current + SKEW_STEPS + 1)
    matching = [
        step for step in near if secrets.compare_digest(app.generate_otp(step).encode(), typed.encode())
    ]
    return max(matching, default=None)


def _recovery_code() -> str:
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def _hash(person: Person, code: str) -> str:
    """Of 79 random bits a plain hash is enough: nobody tries them all."""
    return hashed(f"{person.id}:{code.replace('-', '')}")
