"""The heartbeats of the worker, when each mailbox was last read and the post looked through; and its access tokens."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from jcr.db import Base


class Heartbeat(Base):
    """`part` is a mailbox by the name the ledger knows it by, or the post. `told_at` is set while an alarm stands."""

    __tablename__ = "heartbeats"

    part: Mapped[str] = mapped_column(unique=True)
    since: Mapped[datetime]
    beat_at: Mapped[datetime | None]
    well_at: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(Text, default="")
    told_at: Mapped[datetime | None]


class KeptToken(Base):
    """An access token and what renews it, sealed; `name` tells for what, without saying it."""

    __tablename__ = "kept_tokens"

    name: Mapped[str] = mapped_column(unique=True)
    sealed: Mapped[str] = mapped_column(Text)
