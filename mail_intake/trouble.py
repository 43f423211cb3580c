"""What is wrong with a mail server, said so that an administrator knows what to do about it."""

import re
import socket
import ssl
from enum import StrEnum

SUGGESTED_PAUSE = re.compile(r"Suggested Backoff Time: (\d{1,9}) milliseconds", re.I)
LONGEST_SUGGESTION = 300.0  # seconds
THROTTLED = re.compile(r"throttl|backoff|too many|rate limit|\[LIMIT\]|overquota|bandwidth", re.I)
PASSING = re.compile(r"UNAVAILABLE|INUSE|SERVERBUG|not connected|temporar", re.I)
OF_THE_LINE = re.compile(r"^command: \w+ =>")  # imaplib's own words where no whole answer came
BROKEN_OFF = re.compile(r"EOF|closed|reset|broken pipe|\bBYE\b|timed out", re.I)


class Trouble(StrEnum):
    """The sorts of trouble, each with what to do about it; `{host}` is the server's name."""

    UNKNOWN_HOST = (
        "The name {host} is not known: check how the server's name is spelt, and the network's name service"
    )
    NO_ANSWER = "{host} does not answer: check the port, and whether a firewall stands between"
    NOBODY_THERE = "Nothing listens at that address of {host}: check the port, and that the server runs"
    CERTIFICATE = "The certificate of {host} cannot be trusted: check its name, or have it renewed"
    NO_TLS = (
        "{host} does not speak TLS on this port: TLS from the first byte is imaps (port 993) or smtps "
        "(465), STARTTLS is imap (143) or smtp (587)"
    )
    IN_THE_CLEAR = "{host} offers no encryption, and a password is never sent in the clear: use imaps"
    THROTTLED = (
        "{host} is throttled: it asks for fewer requests. Nothing is lost; it is tried again by itself"
    )
    BROKEN_OFF = "{host} broke off the connection. Nothing is lost; it is tried again by itself"
    BUSY = "{host} cannot serve this mailbox just now. Nothing is lost; it is tried again by itself"
    NO_FOLDER = (
        "{host} has no such folder in this mailbox: check the folder at the end of the mailbox address"
    )
    SLOW = "{host} answered, and then took too long: servers do so after wrong passwords. Wait a minute, and try again"
    OTHER = "{host} answered with something unexpected: check that host and port are those of the mail server"


def trouble_of(why: BaseException) -> Trouble:
    """The sort of trouble behind an exception of the connection."""
    if isinstance(why, ssl.SSLCertVerificationError):
        return Trouble.CERTIFICATE
    if isinstance(why, socket.gaierror):
        return Trouble.UNKNOWN_HOST
    if isinstance(why, TimeoutError):
        return Trouble.NO_ANSWER
    if isinstance(why, ConnectionRefusedError):
        return Trouble.NOBODY_THERE
    if isinstance(why, ssl.SSLError) and not isinstance(why, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return Trouble.NO_TLS
    return _told(why)


def _told(why: BaseException) -> Trouble:
    """By the server's own words; a line that ended without any is broken off."""
    words = str(why)
    if THROTTLED.search(words):
        return Trouble.THROTTLED
    if PASSING.search(words):
        return Trouble.BUSY
    if isinstance(why, OSError | EOFError) or BROKEN_OFF.search(words):
        return Trouble.BROKEN_OFF
    return Trouble.OTHER


def in_words(why: BaseException, host: str) -> str:
    """One sentence, with the server's own words behind it where it said any."""
    sentence = trouble_of(why).format(host=host)
    said = " ".join(str(why).split())[:200].rstrip(".")
    return f"{sentence} ({said})." if said else f"{sentence}."


def pause_asked_for(why: BaseException) -> float:
    """The pause in seconds that a server asks for when it throttles, as Microsoft 365 does."""
    suggested = SUGGESTED_PAUSE.search(str(why))
    return min(int(suggested[1]) / 1000, LONGEST_SUGGESTION) if suggested else 0.0


def is_passing(why: BaseException) -> bool:
    """Whether a refused sign-in may go well later with the same password: the server said no, but not to that."""
    return bool(OF_THE_LINE.search(str(why))) or trouble_of(why) in (
        Trouble.THROTTLED,
        Trouble.BUSY,
        Trouble.BROKEN_OFF,
    )
