"""The mail race: floor, plain pipeline, django-helpdesk and the product on copies of one mailbox of a real Dovecot."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from imapclient import IMAPClient

from tests.bench.mail.corpus import FIRST, corpus
from tests.bench.table import show
from tests.services.dovecot import PASSWORD, Dovecot
from tests.services.dovecot import running as dovecot

ROOT = Path(__file__).parents[3]
PEER = ROOT / ".venv/peer/bin/python"
MESSAGES = int(os.environ.get("MESSAGES", "2000"))
NOTE = """Three in five are text, three in ten carry a Word form, one in ten a PDF of 1 MB.
  Ours: every message durable, its forms read in the sandbox, filed and moved; MB is worker and readers together, what
  they share counted once."""
CALLED = {
    "floor": "floor: fetched and thrown away",
    "plain": "plain pipeline",
    "helpdesk": "django-helpdesk, get_email",
    "ours": "ours",
}


def bench(folder: Path) -> None:
    """Prints the table. Raises RuntimeError when a contestant fails or takes in too few messages."""
    with dovecot() as server:
        load(server, MESSAGES)
        found = {name: run(server, name, folder) for name in CALLED}
    for name, one in found.items():
        if one["messages"] != MESSAGES:
            raise RuntimeError(f"{CALLED[name]}: {one['messages']} of {MESSAGES} messages")
    show(
        f"Mail race, {MESSAGES} messages in a Dovecot mailbox",
        ("", "messages/s", "seconds", "processor s", "MB", "ours is", "by processor time"),
        [_row(name, one, found["ours"]) for name, one in found.items()],
        NOTE,
    )


def _row(name: str, one: dict[str, Any], ours: dict[str, Any]) -> tuple[str, ...]:
    times, worked = (one[what] / ours[what] for what in ("seconds", "processor"))
    return (
        CALLED[name], f"{one['messages'] / one['seconds']:.0f}", f"{one['seconds']:.1f}",
        f"{one['processor']:.1f}", f"{one['memory']:.0f}", f"{times:.2f}× as fast",
        f"{worked:.2f}×",
    )  # fmt: skip


def load(server: Dovecot, messages: int) -> None:
    """Appends the messages to one account, so that the files are named as by a delivery agent."""
    with IMAPClient("127.0.0.1", server.port, ssl=False) as client:
        client.login("corpus", PASSWORD)
        for raw in corpus(messages):
            client.append("INBOX", raw, msg_time=FIRST)


def run(server: Dovecot, name: str, folder: Path) -> dict[str, Any]:
    """One contestant in a process of its own, on a copy of the mailbox and in an empty folder."""
    copied(server, "corpus", name)
    room = folder / name
    room.mkdir()
    said = subprocess.run(command(server, name, room), cwd=ROOT, capture_output=True, text=True)
    if said.returncode:
        raise RuntimeError(f"{CALLED[name]} failed: {said.stderr.strip()[-1000:]}")
    shutil.rmtree(room)
    found: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return found


def command(server: Dovecot, name: str, room: Path) -> list[str]:
    if name == "helpdesk":
        script = str(Path(__file__).with_name("peer.py"))
        return [str(PEER), script, str(server.port), name, PASSWORD, str(room)]
    module = ["tests.bench.mail.ours"] if name == "ours" else ["tests.bench.mail.contestants", name]
    return [sys.executable, "-m", *module, server.url(name), PASSWORD, str(room)]


def copied(server: Dovecot, account: str, to: str) -> None:
    """The messages hard-linked, the server's own notes copied."""
    source, target = server.home / "mail" / account, server.home / "mail" / to

    def copy(path: str, at: str) -> None:
        (os.link if Path(path).parent.name in ("cur", "new") else shutil.copy2)(path, at)

    shutil.copytree(source, target, copy_function=copy)
    for path in (target, *target.rglob("*")):
        server.own(path)
