"""The post of the quarter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage


@dataclass
class Post:
    """What went out, and on which day."""

    today: date
    gone: list[tuple[date, EmailMessage]] = field(default_factory=list)

    def deliver(self, message: EmailMessage) -> None:
        self.gone.append((self.today, message))
