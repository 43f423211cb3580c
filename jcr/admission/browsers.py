"""What a person would call their browser, made out of what it says of itself, and what it is known again by."""

from __future__ import annotations

from flask import session

VISITS, BEGUN, BROWSER = "visits", "begun", "outside_browser"  # what the session of somebody outside holds
COOKIE = "browser"  # sent to the pages of signing in alone
# The first that is found; each of those later says it is like those before
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "an iPhone"), ("iPad", "an iPad"),
    ("Mac OS", "a Mac"), ("CrOS", "a Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


def browser_name(said: str) -> str:
    """Such as Firefox on Windows."""
    return f"{_first(BROWSERS, said, 'A browser')} on {_first(SYSTEMS, said, 'a computer')}"


def proved_by_code() -> bool:
    """Whether somebody opened a link here with the code sent to its address; a draft begun here is no proof."""
    return BROWSER in session and bool(set(session.get(VISITS, ())) - set(session.get(BEGUN, ())))


def _first(known: tuple[tuple[str, str], ...], said: str, otherwise: str) -> str:
    return next((name for sign, name in known if sign in said), otherwise)
