"""When a part of the mail counts as silent, and what that is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Pulse:
    """How one part of the mail does: `well_at` is when it last went well, `since` when it was first watched."""

    part: str
    since: datetime | None = None
    well_at: datetime | None = None
    trouble: str = ""
    told_at: datetime | None = None

    def silent_since(self) -> datetime | None:
        """The moment from which nothing is known to have gone well; None before anything was watched."""
        return self.well_at or self.since

    def is_silent(self, now: datetime, allowed: timedelta) -> bool:
        """Whether it has not gone well for longer than allowed. What was never watched is no alarm yet."""
        last = self.silent_since()
        return last is not None and now - last > allowed
