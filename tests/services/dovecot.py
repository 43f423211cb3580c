"""A Dovecot server of the tests' own, on a free port, thrown away afterwards."""

from __future__ import annotations

import getpass
import grp
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.services.postgresql import ROOT, free_port, wait_for

PASSWORD = "secret"
PROGRAM = "/usr/sbin/dovecot"
SETTINGS = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{home}/mail/%u
mail_max_userip_connections = 50
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
"""


@dataclass
class Dovecot:
    """A running server: any user name is an account of its own, with the one password."""

    home: Path
    port: int
    user: str
    group: str
    server: subprocess.Popen[bytes] | None = None
    delivered: int = 0

    def url(self, account: str) -> str:
        return f"imap://{account}@127.0.0.1:{self.port}/INBOX"

    def deliver(self, account: str, raw: bytes) -> None:
        """Put a message into an inbox as a delivery agent does: written aside, then renamed into place."""
        inbox = self.home / "mail" / account
        for folder in (inbox, inbox / "tmp", inbox / "new", inbox / "cur"):
            folder.mkdir(exist_ok=True)
            self.own(folder)
        self.delivered += 1
        name = f"{time.time():.6f}.{os.getpid()}_{self.delivered}.tests"
        (inbox / "tmp" / name).write_bytes(raw)
        self.own(inbox / "tmp" / name)
        (inbox / "tmp" / name).rename(inbox / "new" / name)

    def renumber(self, account: str) -> None:
        """Make the server forget its numbering: a new UIDVALIDITY, as after a mailbox was rebuilt.

        Every process of the server ends first. One that outlived its master for a moment has written the old
        UIDVALIDITY down again and counted from one under it.
        """
        self.crash()
        for path in (self.home / "mail" / account).glob("dovecot*"):
            path.unlink()
        time.sleep(1.1)  # UIDVALIDITY is the time in whole seconds
        self.start()

    def start(self) -> None:
        command = [PROGRAM, "-F", "-c", self.home / "dovecot.conf"]
        self.server = subprocess.Popen(command, start_new_session=True)
        wait_for(self.port)

    def stop(self) -> None:
        if self.server:
            self.server.terminate()
            self.server.wait(10)

    def crash(self) -> None:
        """Kill the server and every process of it at once, with the connections they hold.

        Its sockets go with it: one that a dying process still holds is taken by the next server for one that runs.
        """
        if self.server:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait(10)
            shutil.rmtree(self.home / "run")
            (self.home / "run").mkdir()
            while _answers(self.port):
                time.sleep(0.01)

    def own(self, path: Path) -> None:
        if ROOT:
            shutil.chown(path, self.user, self.group)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """The server for all the tests of this run."""
    with running() as made:
        yield made


@contextmanager
def running(more: str = "") -> Iterator[Dovecot]:
    """A server, with `more` settings than usual; as root with Dovecot's own users, or as whoever runs the tests."""
    home = Path(tempfile.mkdtemp(prefix="jcr-dovecot-"))
    home.chmod(0o755)
    me, mine = getpass.getuser(), grp.getgrgid(os.getegid()).gr_name
    user, group, login = ("dovecot", "dovecot", "dovenull") if ROOT else (me, mine, me)
    made = Dovecot(home, free_port(), user, group)
    for part in ("run", "state", "mail"):
        (home / part).mkdir()
    made.own(home / "mail")
    settings = {"user": user, "group": group, "login": login, "password": PASSWORD}
    (home / "dovecot.conf").write_text(SETTINGS.format(home=home, port=made.port, **settings) + more)
    made.start()
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(home, ignore_errors=True)


def _answers(port: int) -> bool:
    with suppress(OSError):
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    return False
