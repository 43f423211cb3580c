"""Files kept in the database, each content once, by its SHA-256."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from jcr.db import Base


class File(Base):
    """`scanned_at` is when the virus scanner was asked, where one is set; `infected` what it said, if anything."""

    __tablename__ = "files"
    __table_args__ = (
        Index("ix_files_to_scan", "id", sqlite_where=text("scanned_at IS NULL"),
              postgresql_where=text("scanned_at IS NULL")),
    )  # fmt: skip

    sha256: Mapped[str] = mapped_column(unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    type: Mapped[str]
    kept_at: Mapped[datetime]
    scanned_at: Mapped[datetime | None]
    infected: Mapped[str] = mapped_column(Text, default="", server_default="")

    def why_held(self, scanner: bool) -> str:
        """Why it is kept and not given out, as a sentence; empty for what may go. `scanner`: whether one is set."""
        if self.infected:
            return f"This file is kept, and not given out: {self.infected}."
        if scanner and self.scanned_at is None:
            return "This file waits for the virus scanner. Try again in a minute."
        return ""
