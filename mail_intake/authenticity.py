"""Whether a sender is who the message says, by our own receiving server's word only (RFC 8601 section 5)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from mail_intake.encoded_words import header_text
from mail_intake.headers import Headers
from mail_intake.message import Message

SAID_BY_OTHERS = re.compile(
    r"\"(?:[^\"\\]|\\.)*\"|\([^()]*\)"
)  # quoted text and comments hold what strangers sent
RESULT = re.compile(r"^\s*(dmarc|dkim|spf)\s*=\s*([a-z]+)\b(.*)", re.I | re.S)
PROPERTY = re.compile(r"\b(?:header\.[di]|smtp\.mailfrom)\s*=\s*([^\s;]+)", re.I)
BY = re.compile(r"\bby\s+([^\s;()]+)", re.I)
FROM = re.compile(r"^from\s+([^\s;()]+)", re.I)
WITHIN = frozenset({"localhost", "127.0.0.1", "[127.0.0.1]", "[::1]"})
RESULTS = "authentication-results"


@dataclass(frozen=True)
class Authenticity:
    """pass, fail, or unknown when no server of ours said anything; with the reason.

    `doubted` is true when a server of ours should have vouched for the sender and did not.
    """

    verdict: Literal["pass", "fail", "unknown"]
    because: str
    doubted: bool = False


def judge(message: Message, servers: frozenset[str]) -> Authenticity:
    """Read the Authentication-Results written by one of our `servers`.

    Each is an authserv-id in lower case; ".outlook.com", with the dot, means every name under it.
    """
    if not servers:
        return Authenticity("unknown", "no receiving server of ours is named in the settings")
    results = _results(message.headers, servers)
    if not results:
        because = "our receiving server did not say whether the sender is genuine"
        return Authenticity("unknown", because, doubted=True)
    verdict = results["dmarc"][0][0] if "dmarc" in results else ""
    if verdict in ("pass", "bestguesspass"):
        return Authenticity("pass", "our receiving server found the sender genuine (DMARC)")
    if verdict in ("fail", "permerror"):
        because = "our receiving server could not confirm the sender (DMARC failed)"
        return Authenticity("fail", because, doubted=True)
    domain = message.sender.rpartition("@")[2]
    passed = [properties for said in results.values() for word, properties in said if word == "pass"]
    if any(_aligned(properties, domain) for properties in passed):
        return Authenticity("pass", "our receiving server found the sender genuine")
    return Authenticity("fail", "our receiving server found nothing that proves the sender", doubted=True)


def _results(headers: Headers, servers: frozenset[str]) -> dict[str, list[tuple[str, str]]]:
    """Method -> (result, its properties) for each signature; of the topmost field only, for a forger's is lower."""
    found: dict[str, list[tuple[str, str]]] = {}
    for value in _ours(headers, servers):
        said: dict[str, list[tuple[str, str]]] = {}
        for part in value.split(";"):
            if result := RESULT.match(part):
                said.setdefault(result[1].lower(), []).append((result[2].lower(), result[3]))
        found = said | found
    return found


def _ours(headers: Headers, servers: frozenset[str]) -> Iterator[str]:
    """Results written by our servers: none below the Received line with which the message came in to us."""
    came_in, spoken = False, False
    for name, raw in headers.fields:
        if name == "received":
            value = header_text(raw)
            if came_in or not _is_one(BY.search(value), servers):
                return
            came_in = not _is_one(FROM.search(value), servers | WITHIN)
        elif name == RESULTS:
            value = SAID_BY_OTHERS.sub(" ", SAID_BY_OTHERS.sub(" ", header_text(raw)))
            named = re.match(r"\s*([^\s;=]+)\s*(?:\d+\s*)?(?:;|$)", value)
            # Microsoft 365 leaves its name out, and writes above the line with which the message came in
            unnamed = not named and not came_in and not spoken and _came_through(headers, servers)
            if unnamed or _is_one(named, servers):
                spoken = True
                yield value


def _came_through(headers: Headers, servers: frozenset[str]) -> bool:
    received = header_text(headers.raw("received"))
    return _is_one(BY.search(received), servers)


def _is_one(found: re.Match[str] | None, servers: frozenset[str]) -> bool:
    name = found[1].lower() if found else ""
    return name in servers or any(name.endswith(one) for one in servers if one.startswith("."))


def _aligned(properties: str, domain: str) -> bool:
    named = [value.rpartition("@")[2].lower() for value in PROPERTY.findall(properties)]
    return "." in domain and any(
        "." in one and (one == domain or one.endswith("." + domain) or domain.endswith("." + one))
        for one in named
    )
