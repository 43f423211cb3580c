"""django-helpdesk's `get_email` in an environment of its own: `python peer.py PORT USER PASSWORD FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path
from run import Taken, measured  # type: ignore[import-not-found]

USED = ("admin", "auth", "contenttypes", "humanize", "messages", "sessions", "sites")


def settle(folder: Path) -> None:
    """A helpdesk as its guide sets it up, on SQLite with the same promises; letters go nowhere."""
    database: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "helpdesk.db"}
    database["OPTIONS"] = {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"}
    settings.configure(
        SECRET_KEY="a secret for the bench",
        DATABASES={"default": database},
        INSTALLED_APPS=[*(f"django.contrib.{name}" for name in USED), "rest_framework", "helpdesk"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        MEDIA_ROOT=folder / "media",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        USE_TZ=True,
        SITE_ID=1,
        LOGGING_CONFIG=None,
    )
    django.setup()
    settings.ROOT_URLCONF = (path("", include("helpdesk.urls", namespace="helpdesk")),)
    call_command("migrate", verbosity=0)


def main(port: str, user: str, password: str, folder: Path) -> None:
    settle(folder)
    from helpdesk.email import process_email
    from helpdesk.models import Queue, Ticket

    Queue.objects.create(
        title="Office",
        slug="office",
        email_address="jcr@partnership.example",
        allow_email_submission=True,
        email_box_type="imap",
        email_box_host="127.0.0.1",
        email_box_port=int(port),
        email_box_user=user,
        email_box_pass=password,
        email_box_interval=0,
        logging_type="none",
    )

    def run() -> Taken:
        process_email(quiet=True)
        return Taken(Ticket.objects.count())

    measured(run)


if __name__ == "__main__":
    port, user, password, folder = sys.argv[1:]
    main(port, user, password, Path(folder))
