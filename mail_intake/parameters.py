"""Structured header values such as Content-Type: the value and its parameters, RFC 2231 and worse."""

import re
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from urllib.parse import unquote_to_bytes

from mail_intake.charsets import decode
from mail_intake.encoded_words import decode_words, plain_text

PARAMETER = re.compile(
    r"""[;\s]\s*([^\s=;"]+?)\s*=\s*(?:"((?:[^"\\]|\\.)*)(?:"|\Z)|([^;]*))""",
    re.S,
)
CONTINUED = re.compile(r"^(.+?)\*(\d+)(\*?)$")


@dataclass(frozen=True)
class Typed:
    """A header value in lower case, such as "text/plain", and its parameters by lower-case name."""

    value: str
    parameters: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.parameters.get(name, "")


def typed(raw: bytes) -> Typed:
    """Read a structured value; whatever cannot be understood is left out, never an error."""
    text = plain_text(raw).strip()
    value = re.split(r"[;\s(]", text, maxsplit=1)[0].strip("\"'").lower()
    found = [(m[1].lower(), _unquoted(m[2], m[3])) for m in PARAMETER.finditer(text[len(value) :])]
    return Typed(value, _joined(found))


def _unquoted(quoted: str | None, bare: str | None) -> str:
    if quoted is None:
        return (bare or "").strip().strip("'\"")
    # A lone backslash is part of a Windows path, not an escape
    return quoted.replace('\\"', '"').replace("\\\\", "\\")


def _joined(found: list[tuple[str, str]]) -> dict[str, str]:
    """Whole values from plain, extended (name*) and continued (name*0*) parameters; extended ones win."""
    plain: dict[str, str] = {}
    extended: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, value in found:
        if part := CONTINUED.match(name):
            pieces.setdefault(part[1], {})[int(part[2][:6])] = (value, bool(part[3]))
        elif name.endswith("*"):
            extended[name[:-1]] = _percent_decoded([(value, True)])
        else:
            plain.setdefault(name, decode_words(value) if "=?" in value else value)
    for name, parts in pieces.items():
        extended.setdefault(name, _percent_decoded([parts[i] for i in sorted(parts)]))
    return plain | extended


def _percent_decoded(parts: list[tuple[str, bool]]) -> str:
    charset, first = "", parts[0][0]
    if parts[0][1] and first.count("'") >= 2:
        charset, _, first = first.split("'", 2)
    values = [(first, parts[0][1]), *parts[1:]]
    content = b""
    for coded, run in groupby(values, key=itemgetter(1)):  # some programs cut between % and its digits
        joined = "".join(value for value, _ in run)
        content += unquote_to_bytes(joined) if coded else joined.encode()
    text = decode(content, charset)[0]
    return decode_words(text) if "=?" in text else text
