"""Japanese mail with characters that JIS never had, read as Windows and mobile telephones write it."""

import re

ESCAPE = re.compile(rb"\x1b(\$[@B]|\$\([A-Z]|\([A-Z])")
TWO_BYTES = (b"$@", b"$B")
HALF_WIDTH = b"(I"


def from_iso2022(content: bytes) -> str:
    """ISO-2022-JP with the extensions of code page 932. Raises UnicodeError when it is none."""
    pieces: list[str] = []
    mode, start = b"(B", 0
    for escape in ESCAPE.finditer(content):
        pieces.append(_piece(content[start : escape.start()], mode))
        mode, start = escape[1], escape.end()
    return "".join(pieces) + _piece(content[start:], mode)


def from_euc(content: bytes) -> str:
    """EUC-JP with the extensions of code page 932. Raises UnicodeError when it is none."""
    return re.sub(rb"(?:[\xa1-\xfe]{2})+", lambda run: _shifted(run[0]), content).decode("cp932")


def _piece(content: bytes, mode: bytes) -> str:
    if mode in TWO_BYTES:
        # A line may end without the escape back to ASCII
        return "".join(_line(line) for line in content.splitlines(keepends=True))
    if mode == HALF_WIDTH:
        return bytes(byte | 0x80 if byte > 0x20 else byte for byte in content).decode("cp932")
    return content.decode("ascii")


def _line(line: bytes) -> str:
    text = line.rstrip(b"\r\n")
    return _shifted(text).decode("cp932") + line[len(text) :].decode("ascii")


def _shifted(pairs: bytes) -> bytes:
    """Pairs of JIS bytes as Shift JIS, by the arithmetic that relates the two."""
    out = bytearray()
    for first, second in zip(pairs[::2], pairs[1::2], strict=False):
        row, cell = (first & 0x7F) - 0x21, (second & 0x7F) - 0x21
        out.append((0x81 if row < 62 else 0xC1) + row // 2)
        trail = cell + (0x9F if row % 2 else 0x40)
        out.append(trail + (row % 2 == 0 and trail >= 0x7F))
    return bytes(out)
