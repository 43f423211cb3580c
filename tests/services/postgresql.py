"""A PostgreSQL server of the tests' own, on a free port, thrown away afterwards."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

ROOT = os.geteuid() == 0


def free_port() -> int:
    """A port to listen on, below those the kernel gives to whoever calls out: it is free again after a restart."""
    while True:
        port = secrets.choice(range(10_000, 32_768))
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_for(port: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a server for all the tests of this run."""
    with running() as url:
        yield url


@contextmanager
def running() -> Iterator[str]:
    """A server by its address; PostgreSQL refuses to run as root, so root steps down to its user."""
    folder = Path(tempfile.mkdtemp(prefix="jcr-postgresql-"))
    folder.chmod(0o755)  # its own user must be able to walk in
    data, port = folder / "data", free_port()
    data.mkdir()
    who: dict[str, object] = {}
    if ROOT:
        shutil.chown(data, "postgres", "postgres")
        who = {"user": "postgres", "group": "postgres", "extra_groups": []}
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    make = [
        programs / "initdb",
        "-D",
        data / "cluster",
        "-U",
        "jcr",
        "-A",
        "trust",
        "--no-sync",
        "-E",
        "UTF8",
    ]
    subprocess.run([*make, "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL, cwd="/", **who)  # type: ignore[call-overload]
    start = [programs / "postgres", "-D", data / "cluster", "-p", str(port), "-k", data]
    fast = ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "synchronous_commit=off"]
    server = subprocess.Popen([*start, *fast], stderr=subprocess.DEVNULL, cwd="/", **who)  # type: ignore[call-overload]
    try:
        wait_for(port)
        yield f"postgresql+psycopg://jcr@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)  # a fast shutdown: it does not wait for open connections
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
