"""What the registry of cases knows about the clues of one message, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Target:
    """Where a message belongs: a case by its reference, and a scoping request of it by its token."""

    case: str = ""
    request: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter of ours that a message may answer or bounce: by Message-ID."""

    case: str
    request: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Request:
    """A scoping request by its token."""

    token: str
    case: str
    agency: str = ""
    open: bool = True


@dataclass(frozen=True)
class Known:
    """Looked up by the registry for one message.

    `letters` by Message-ID without angle brackets, `requests` by token, `cases` the references that exist,
    `senders_requests` the open scoping requests of the sender's agency: a suggestion, never a match.
    """

    sender_listed: bool = False
    sender_agency: str = ""
    letters: Mapping[str, Letter] = field(default_factory=dict)
    requests: Mapping[str, Request] = field(default_factory=dict)
    cases: frozenset[str] = frozenset()
    senders_requests: tuple[Request, ...] = ()
    own_addresses: frozenset[str] = frozenset()
    receiving_servers: frozenset[str] = frozenset()
