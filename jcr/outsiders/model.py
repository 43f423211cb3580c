"""Links that went to people outside, one purpose and one person each, and the codes that open them at a browser."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from jcr.db import Base


class Purpose(StrEnum):
    """What a link is good for, and for nothing else."""

    REFERRAL = "referral"
    SIGN_OFF = "sign_off"
    SCOPING = "scoping"
    RETURN_SIGN_OFF = "return_sign_off"
    LETTER = "letter"
    ACTION = "action"
    MEETING = "meeting"

    @property
    def shown(self) -> str:
        return {
            "referral": "Referral",
            "sign_off": "Sign-off of the referral",
            "scoping": "Scoping return",
            "return_sign_off": "Sign-off of the scoping return",
            "letter": "Letter read by link",
            "action": "Update on an action",
            "meeting": "Invitation to a meeting",
        }[self]

    @property
    def path(self) -> str:
        """Where on the site such a link leads, before its token."""
        return {
            "referral": "/referral/",
            "sign_off": "/sign-off/",
            "scoping": "/scoping/",
            "return_sign_off": "/return-sign-off/",
            "letter": "/letters/by-link/",
            "action": "/action/",
            "meeting": "/meeting/",
        }[self]


class OutsideLink(Base):
    """A link, of which only a hash is kept. `opens` is the key of what it opens: that of its first link, so that a
    later one opens the same. Without an `address` no code can be sent: a draft whose writer gave none yet.
    `renewable` says whether a new one may be asked for once it is over."""

    __tablename__ = "outside_links"
    __table_args__ = (CheckConstraint("(ended_at IS NULL) = (ended_because = '')", name="ended_with_reason"),)

    token_hash: Mapped[str] = mapped_column(unique=True)
    opens: Mapped[str] = mapped_column(index=True)
    purpose: Mapped[Purpose]
    address: Mapped[str]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")
    renewable: Mapped[bool] = mapped_column(default=True)
    wrong_codes: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None]

    def holds(self, now: datetime) -> bool:
        return self.ended_at is None and now < self.expires_at


class OutsideCode(Base):
    """A code asked for at one browser and good there alone; made when its e-mail goes, and only a hash is kept."""

    __tablename__ = "outside_codes"

    link_id: Mapped[int] = mapped_column(ForeignKey("outside_links.id"), index=True)
    browser_hash: Mapped[str]
    code_hash: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]
