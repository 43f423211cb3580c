"""Content-Transfer-Encoding undone: base64, quoted-printable and uuencode, also when damaged."""

import binascii
import re

NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\s]")
WHITE_SPACE = re.compile(rb"\s+")
TOLERATED_NOISE = 0.05


def decoded(content: bytes, encoding: str) -> tuple[bytes, str]:
    """The bytes meant by some transfer-encoded content, and a note when it was damaged (else empty)."""
    if encoding == "base64":
        return from_base64(content)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(content), ""
    if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
        return from_uuencode(content), ""
    return content, ""


def from_base64(content: bytes) -> tuple[bytes, str]:
    """Base64 to bytes; text that was only labelled base64 is given back as it stands."""
    packed = content.replace(b"\r", b"").replace(b"\n", b"")
    try:
        return binascii.a2b_base64(packed, strict_mode=True), ""
    except binascii.Error:
        pass
    noise = len(NOT_BASE64.findall(content))
    if noise > len(content) * TOLERATED_NOISE:
        head, _, rest = content.partition(b"=")
        if not head or NOT_BASE64.search(head):
            return content, "labelled base64 but is not"
        # A footer was written under the base64 by something on the way
        content = head + rest[:1].replace(b"\n", b"").replace(b"\r", b"")
    return _pieces(NOT_BASE64.sub(b"", WHITE_SPACE.sub(b"", content))), "damaged base64"


def _pieces(packed: bytes) -> bytes:
    """Decode each run up to its padding: some programs join several encoded pieces end to end."""
    return b"".join(_unpadded(run) for run in re.split(rb"=+", packed) if run)


def _unpadded(run: bytes) -> bytes:
    if len(run) % 4 == 1:
        run = run[:-1]
    return binascii.a2b_base64(run + b"=" * (-len(run) % 4))


def from_uuencode(content: bytes) -> bytes:
    """The bytes of a uuencoded block, from its begin line to its end line."""
    lines = content.splitlines()
    start = next((i + 1 for i, line in enumerate(lines) if line.startswith(b"begin ")), 0)
    out = []
    for line in lines[start:]:
        if line.strip() == b"end":
            break
        out.append(_uuencoded_line(line))
    return b"".join(out)


def _uuencoded_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        try:
            # Some writers pad lines with rubbish: read only as much as the first byte promises
            length = (((line[0] - 32) & 63) * 4 + 5) // 3
            return binascii.a2b_uu(line[:length])
        except (binascii.Error, IndexError):
            return b""
