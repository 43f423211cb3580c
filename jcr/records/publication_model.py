"""Publication copies of a case: their words, what was found in them, and what was let stand and why."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jcr.cases.model import Case
from jcr.db import Base
from jcr.files.model import File


class PublicationCopy(Base):
    """`found` is what the last search of the produced PDF found, `let_stand` the ordinary words among it with the
    reason for each. `released_at` is when nothing else was left."""

    __tablename__ = "publication_copies"
    __table_args__ = (
        CheckConstraint("(released_at IS NULL) = (released_by = '')", name="released_by_somebody"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    found: Mapped[list[Any]] = mapped_column(default=list)
    let_stand: Mapped[dict[str, Any]] = mapped_column(default=dict)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    released_at: Mapped[datetime | None]
    released_by: Mapped[str] = mapped_column(default="")

    case: Mapped[Case] = relationship()
    file: Mapped[File] = relationship()

    @property
    def version(self) -> str:
        """Tells one state of its words and reasons from another, so that nobody saves over what they did not see."""
        return sha256(
            json.dumps([self.title, self.text, self.let_stand], sort_keys=True).encode()
        ).hexdigest()

    @property
    def in_the_way(self) -> list[dict[str, Any]]:
        """What keeps the copy from being released."""
        return [one for one in self.found if not (one["ordinary"] and self.let_stand.get(one["words"]))]
