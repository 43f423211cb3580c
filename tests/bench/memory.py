"""Memory of each process of the running product, after pages were served and messages taken in."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.intake import text_referral, word_referral
from tests.bench.mail.run import children, descendants
from tests.bench.table import show
from tests.services.postgresql import free_port

ROOT = Path(__file__).parents[2]
PAGES = (
    "/",
    "/cases",
    "/pile",
    "/ledger",
    "/meetings",
    "/dates",
    "/actions",
    "/referral",
    "/privacy",
    "/cases?page=2",
)
ROUNDS = 5  # fifty pages
MESSAGES = 20
PATIENCE = 60  # seconds
BARE = "import sys, flask; print('ready', flush=True); sys.stdin.read()"


@dataclass(frozen=True)
class Memory:
    """Resident memory, and the process's own share of it where pages are shared; in MB."""

    resident: float
    share: float


def bench(folder: Path) -> None:
    """Prints the table. Raises RuntimeError when the product does not start or does not take its mail."""
    with bare_flask() as bare, running(folder) as (product, base, password):
        serve_pages(base, password)
        take_in_mail(folder)
        found = {name: memory(id) for name, id in processes(product).items()}
    everything = Memory(sum(one.resident for one in found.values()), sum(one.share for one in found.values()))
    rows = [_row(name, one, bare) for name, one in (*found.items(), ("all together", everything))]
    show(
        f"Memory after {len(PAGES) * ROUNDS} pages and {MESSAGES} messages",
        ("process", "RSS MB", "PSS MB", "RSS ÷ bare Flask", "PSS ÷ bare Flask"),
        [*rows, _row("a bare process with Flask imported", bare, bare)],
        "PSS counts a page shared by several processes once, in parts; the sum of RSS counts it for each.",
    )


def _row(name: str, one: Memory, bare: Memory) -> tuple[str, ...]:
    ratios = (one.resident / bare.resident, one.share / bare.share)
    return name, f"{one.resident:.1f}", f"{one.share:.1f}", *(f"{ratio:.1f}×" for ratio in ratios)


def memory(process: int) -> Memory:
    """What the kernel says of a process. Linux only."""
    said = Path(f"/proc/{process}/smaps_rollup").read_text()
    kilobytes = {name: int(size) for name, size in re.findall(r"^(Rss|Pss):\s+(\d+) kB", said, re.M)}
    return Memory(kilobytes["Rss"] / 1024, kilobytes["Pss"] / 1024)


@contextmanager
def bare_flask() -> Iterator[Memory]:
    """A process that has imported Flask and does nothing."""
    program = [sys.executable, "-c", BARE]
    process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield memory(process.pid)
    finally:
        process.kill()
        process.communicate()


@contextmanager
def running(folder: Path) -> Iterator[tuple[int, str, str]]:
    """The product as `jcr run` starts it: its process, its address, and the officer's password."""
    port, log = free_port(), folder / "log"
    env = {name: value for name, value in os.environ.items() if not name.startswith("JCR_")}
    env |= {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "JCR_POLL_SECONDS": "0.5"}
    with log.open("w") as out:
        program = [sys.executable, "-m", "jcr", "run", "--port", str(port)]
        product = subprocess.Popen(program, cwd=folder, env=env, stdout=out, stderr=subprocess.STDOUT)
    try:
        base = f"http://127.0.0.1:{port}"
        wait_until(lambda: _answers(f"{base}/sign-in"), "the pages to be served")
        found = re.search(r"officer@\S+\s+(\S+)", log.read_text())
        assert found is not None
        yield product.pid, base, found[1]
    finally:
        product.send_signal(signal.SIGINT)
        product.wait(PATIENCE)


def _answers(address: str) -> bool:
    try:
        return bool(urllib.request.urlopen(address, timeout=2).status == 200)
    except OSError:
        return False


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Raises RuntimeError when it does not come about in time."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError(f"waited {PATIENCE} s for {what}")
        time.sleep(0.2)


def serve_pages(base: str, password: str) -> None:
    """Signs in as the officer and asks for the main pages, several times each."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = browser.open(f"{base}/sign-in").read().decode()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    typed = {"csrf_token": token[1], "email": "officer@partnership.example", "password": password}
    browser.open(f"{base}/sign-in", urlencode(typed).encode())
    for _ in range(ROUNDS):
        for path in PAGES:
            browser.open(base + path).read()


def take_in_mail(folder: Path) -> None:
    """Puts the messages into the mailbox and waits until the worker has laid them all to rest."""
    mailbox = folder / "var/mail/in"
    wait_until((mailbox / "new").is_dir, "the mailbox to be made")
    for number in range(MESSAGES):
        made = word_referral(number) if number % 2 else text_referral(number)
        (mailbox / "new" / f"message-{number}").write_bytes(made.as_bytes())
    wait_until(lambda: len(list(mailbox.glob(".Filed/cur/*"))) == MESSAGES, "the messages to be filed")


def processes(product: int) -> dict[str, int]:
    """The processes of `jcr run` by what each is there for. The web pages are started first, then the worker."""
    web, worker = children(product)[:2]
    found = {"jcr run, which starts the others": product, "web, which watches its pages": web}
    found |= {f"web pages {number}": id for number, id in enumerate(children(web), 1)}
    found["worker"] = worker
    return found | {f"reader of documents {number}": id for number, id in enumerate(descendants(worker), 1)}
