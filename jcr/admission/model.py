"""What lets a person in: their second factor, their recovery codes, and the sign-ins that hold."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jcr.db import Base


class SecondFactor(Base):
    """A person's authenticator app. `secret` is sealed; `last_step` is the 30 seconds whose code was used last."""

    __tablename__ = "second_factors"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    secret: Mapped[str]
    last_step: Mapped[int]
    since: Mapped[datetime]


class RecoveryCode(Base):
    """Lets a person in once who has lost their app; only a hash is kept."""

    __tablename__ = "recovery_codes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    used_at: Mapped[datetime | None]


class SignIn(Base):
    """Somebody signed in at a browser, until they sign out or its time is over; only a hash of its token is kept."""

    __tablename__ = "sign_ins"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    begun_at: Mapped[datetime]
    browser: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]


class Tries(Base):
    """How often something was tried from one place or on one account; `key` is a hash, so that it names nobody."""

    __tablename__ = "tries"

    key: Mapped[str] = mapped_column(unique=True)
    count: Mapped[int]
    since: Mapped[datetime]


class KnownBrowser(Base):
    """A browser at which the person has signed in before: a stranger's tries elsewhere do not keep it waiting."""

    __tablename__ = "known_browsers"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    token_hash: Mapped[str] = mapped_column(index=True)
    since: Mapped[datetime]


class Identity(Base):
    """Who a person is to their organisation's sign-in: its issuer, and what it calls them for good."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("issuer", "subject"), UniqueConstraint("person_id", "issuer"))

    issuer: Mapped[str]
    subject: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    since: Mapped[datetime]


class Invitation(Base):
    """A link at which one person chooses a password, once and within its time; only a hash of its token is kept."""

    __tablename__ = "invitations"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    sent_at: Mapped[datetime]
