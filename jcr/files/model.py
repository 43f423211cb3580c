"""Files kept in the database, each content once, by its SHA-256."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from jcr.db import Base


class File(Base):
    __tablename__ = "files"

    sha256: Mapped[str] = mapped_column(unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    type: Mapped[str]
    kept_at: Mapped[datetime]
