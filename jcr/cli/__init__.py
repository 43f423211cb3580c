"""The `jcr` command: one plain line on standard error when something could not be done, never a traceback."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import Any

import click
from sqlalchemy.exc import DatabaseError

from jcr.errors import Refused
from jcr.settings import SettingsWrong
from mail_intake.source import MailboxAway

COULD_NOT = 1


PARTS = {
    "accounts": ("administrator",),
    "running": ("init", "demo", "run", "serve"),
    "working": ("worker", "poll", "watch"),
    "documents": ("read", "explain", "blank"),
    "looking": ("ledger", "clock", "register", "routes", "migrations"),
    "audit": ("audit",),
    "archiving": ("archive", "check-archive"),
    "destroying": ("destroy", "destroy-old"),
    "packing": ("pack",),
}


class Commands(click.Group):
    """Loads the part that a command stands in, and none of the others: the worker runs for weeks without them."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(name for names in PARTS.values() for name in names)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        part = next((part for part, names in PARTS.items() if name in names), None)
        loaded = import_module(f"jcr.cli.{part}").COMMANDS if part else ()
        return next((command for command in loaded if command.name == name), None)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Joint Case Review: referrals, scoping, rapid reviews and decision letters for a safeguarding partnership."""


def plainly(run: Callable[[], Any]) -> Callable[[], None]:
    """Turns what can be expected to go wrong into one line and an exit code."""

    @wraps(run)
    def main() -> None:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
        for chatty in ("alembic", "pikepdf"):
            logging.getLogger(chatty).setLevel(logging.ERROR)
        try:
            run()
        except SettingsWrong as wrong:
            _stop("\n".join(wrong.lines))
        except DatabaseError as why:
            reason = str(why.orig).splitlines()[0]
            _stop(f"The database cannot be used ({reason}). Run `jcr init` first, or check JCR_DATABASE_URL.")
        except (Refused, MailboxAway, OSError, LookupError, ValueError) as why:
            _stop(_in_words(why))

    return main


def _in_words(why: Exception) -> str:
    if isinstance(why, OSError) and why.filename and why.strerror:
        return f"{why.filename}: {why.strerror}"
    return " ".join(str(why).split()) or type(why).__name__


def _stop(line: str) -> None:
    print(line, file=sys.stderr)
    sys.exit(COULD_NOT)


@plainly
def main() -> None:
    commands(prog_name="jcr")
