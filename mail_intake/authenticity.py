"""Whether a sender is who the message says, by our own receiving server's word only (RFC 8601 section 5)."""

import re
from dataclasses import dataclass
from typing import Literal

from mail_intake.encoded_words import header_text
from mail_intake.headers import Headers
from mail_intake.message import Message

RESULT = re.compile(r"\b(dmarc|dkim|spf|compauth)\s*=\s*([a-z]+)([^;]*)", re.I)
PROPERTY = re.compile(r"\b(?:header\.(?:d|i|from)|smtp\.(?:mailfrom|helo))\s*=\s*\"?([^\s;\"]+)", re.I)
BY = re.compile(r"\bby\s+([^\s;]+)", re.I)


@dataclass(frozen=True)
class Authenticity:
    """pass, fail, or unknown when no server of ours said anything; with the reason."""

    verdict: Literal["pass", "fail", "unknown"]
    because: str


def judge(message: Message, servers: frozenset[str]) -> Authenticity:
    """Read the Authentication-Results written by one of our `servers` (authserv-id, lower case)."""
    if not servers:
        return Authenticity("unknown", "no receiving server of ours is named in the settings")
    results = [found for value in _ours(message.headers, servers) for found in RESULT.findall(value)]
    if not results:
        return Authenticity("unknown", "our receiving server did not say whether the sender is genuine")
    verdicts = {kind.lower(): word.lower() for kind, word, _ in reversed(results)}
    if verdicts.get("dmarc") in ("pass", "bestguesspass"):
        return Authenticity("pass", "our receiving server found the sender genuine (DMARC)")
    if verdicts.get("dmarc") in ("fail", "permerror"):
        return Authenticity("fail", "our receiving server could not confirm the sender (DMARC failed)")
    domain = message.sender.rpartition("@")[2]
    if any(word.lower() == "pass" and _aligned(rest, domain) for _, word, rest in results):
        return Authenticity("pass", "our receiving server found the sender genuine")
    return Authenticity("fail", "our receiving server found nothing that proves the sender")


def _ours(headers: Headers, servers: frozenset[str]) -> list[str]:
    """Results above the first Received line that is not ours: anything below a stranger may have written."""
    found = []
    for name, raw in headers.fields:
        if name == "received":
            written_by = BY.search(header_text(raw))
            if not written_by or written_by[1].lower() not in servers:
                break
        elif name == "authentication-results":
            value = header_text(raw)
            if value.split(";")[0].strip().split(" ")[0].lower() in servers:
                found.append(value)
    return found


def _aligned(properties: str, domain: str) -> bool:
    named = [value.rpartition("@")[2].lower() for value in PROPERTY.findall(properties)]
    return bool(domain) and any(
        one == domain or one.endswith("." + domain) or domain.endswith("." + one) for one in named
    )
