"""A browser, and the whole product running as `jcr run` starts it: its own folder, database and mailbox."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.services.postgresql import ROOT, free_port

# Kept by GOV.UK Frontend on purpose: radios that reveal a question carry aria-expanded.
KNOWN = ("aria-allowed-attr", "govuk-radios__input")
REFUSED = "status of 422"  # a form that comes back with what is wrong; the browser calls that an error
QUIET = [
    "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip


@dataclass(frozen=True)
class Running:
    """The product as somebody started it."""

    base: str
    folder: Path
    passwords: dict[str, str]

    @property
    def mail_in(self) -> Path:
        return self.folder / "var/mail/in"

    @property
    def mail_out(self) -> Path:
        return self.folder / "var/mail/out"

    def jcr(self, *words: str) -> str:
        """Runs a command of the product beside it and returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "jcr", *words], cwd=self.folder, capture_output=True, text=True, check=True
        )
        return done.stdout


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder, port = tmp_path_factory.mktemp("product"), free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith("JCR_")}
    env["PYTHONUNBUFFERED"] = "1"
    log = (folder / "log").open("w")
    program = [sys.executable, "-m", "jcr", "run", "--port", str(port)]
    product = subprocess.Popen(program, cwd=folder, env=env, stdout=log, stderr=subprocess.STDOUT)
    base = f"http://127.0.0.1:{port}"
    wait_until(lambda: answers(f"{base}/sign-in"), 90, "the pages to be served")
    said = (folder / "log").read_text()
    passwords = dict(re.findall(r"(\S+)@partnership\.example\s+(\S+)", said))
    yield Running(base, folder, passwords)
    product.send_signal(signal.SIGINT)
    assert product.wait(15) == 0, (folder / "log").read_text()


def answers(address: str) -> bool:
    try:
        return bool(urllib.request.urlopen(address, timeout=2).status == 200)
    except OSError:
        return False


def wait_until(holds: Callable[[], bool], seconds: float, what: str) -> float:
    """Waits for something to hold and returns how long it took, in seconds."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise AssertionError(f"waited {seconds} s for {what}")
        time.sleep(0.1)
    return time.monotonic() - began


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if ROOT else []
        chromium = shutil.which("chromium")
        found = playwright.chromium.launch(executable_path=chromium, args=[*sandbox, *QUIET])
        yield found
        found.close()


@dataclass
class Visitor:
    """Somebody at a browser. Every page they come to is looked over: by axe, and for what the console said."""

    page: Page
    running: Running
    looks_over: bool = True

    def go(self, path: str) -> Page:
        self.page.goto(path if path.startswith("http") else self.running.base + path)
        self.look_over()
        return self.page

    def press(self, name: str) -> Page:
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()
        self.look_over()
        return self.page

    def follow(self, name: str) -> Page:
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()
        self.look_over()
        return self.page

    def follow_button(self, name: str) -> Page:
        """A link that looks like a button: without JavaScript its role alone tells them apart."""
        self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name)).first.click()
        self.page.wait_for_load_state()
        self.look_over()
        return self.page

    def sign_in(self, who: str) -> None:
        self.go("/sign-in")
        self.page.get_by_label("E-mail address").fill(f"{who}@partnership.example")
        self.page.get_by_label("Password", exact=True).fill(self.running.passwords[who])
        self.press("Sign in")

    def look_over(self) -> None:
        if not self.looks_over:
            return
        found = Axe().run(self.page).response["violations"]
        faults = [
            fault for fault in found if not all(_is_known(fault["id"], node) for node in fault["nodes"])
        ]
        assert not faults, f"{self.page.url}: " + "; ".join(
            f"{fault['id']}: {fault['help']} ({fault['nodes'][0]['html'][:120]})" for fault in faults
        )


def _is_known(rule: str, node: dict[str, str]) -> bool:
    return rule == KNOWN[0] and KNOWN[1] in node["html"]


@pytest.fixture
def visitor(browser: Browser, running: Running) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors, each with a browser of their own; at the end no page may have logged a fault."""
    opened, faults = [], []

    def visit(javascript: bool = True, width: int = 1280) -> Visitor:
        context = browser.new_context(
            java_script_enabled=javascript, viewport={"width": width, "height": 900}
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on(
            "console",
            lambda said: (
                faults.append(said.text)
                if said.type in ("error", "warning") and REFUSED not in said.text
                else None
            ),
        )
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        return Visitor(page, running, looks_over=javascript)

    yield visit
    for context in opened:
        context.close()
    assert faults == []
