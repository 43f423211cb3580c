"""What commands share: the database that the settings name."""

from __future__ import annotations

from jcr.db import Sessions, make_engine
from jcr.settings import Settings


def sessions_of(settings: Settings) -> Sessions:
    return Sessions(make_engine(settings.database_url))
