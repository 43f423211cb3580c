"""When a part of the mail counts as silent, and what that is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jcr.wording import count, long_moment, plain_date
from mail_intake.mailbox import shown_as

POST = "post"
SCANNER = "virus scanner"
SECRET_NOTICE = timedelta(days=14)


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

    @property
    def shown(self) -> str:
        return {POST: "The post", SCANNER: "The virus scanner"}.get(self.part) or shown_as(self.part)


def silence_in_words(pulse: Pulse) -> str:
    """A sentence for the desk about a part that is silent."""
    since = pulse.silent_since()
    moment = f" since {long_moment(since)}" if since else ""
    if pulse.part == SCANNER:
        return f"The virus scanner has not answered{moment}. What arrives is kept, and held unopened until it does."
    of_post = "has not been able to go out" if pulse.trouble else "has not been looked through"
    what = of_post if pulse.part == POST else "has not been read"
    return f"{pulse.shown} {what}{moment}."


def secret_in_words(expires: date | None, today: date) -> str:
    """What to say of the program's secret; nothing while there is more than a fortnight left, or no date."""
    if expires is None or expires - today > SECRET_NOTICE:
        return ""
    act = "Make a new one and enter it as JCR_OAUTH_CLIENT_SECRET"
    if expires < today:
        return f"The secret that opens the mailboxes ended on {plain_date(expires)}. {act}."
    left = "today" if expires == today else f"in {count((expires - today).days, 'day')}"
    return f"The secret that opens the mailboxes ends on {plain_date(expires)}, {left}. {act} before then."
