"""Archives that are not opened here: 7z, RAR and gzip; and which of them ask for a password, by their headers alone."""

import lzma
import re
import struct

SEVEN_ZIP, RAR, GZIP = "application/x-7z-compressed", "application/vnd.rar", "application/gzip"
PACKED = {SEVEN_ZIP: "7z", RAR: "RAR", GZIP: "gzip"}
AES = b"\x06\xf1\x07\x01"  # 7-Zip's number of the method 7zAES
# A header that is itself compressed: its place and size, then LZMA with its properties, or LZMA2
COMPRESSED_HEADER = re.compile(
    rb"\x17\x06(.+?)\x07\x0b\x01\x00\x01(?:\x23\x03\x01\x01\x05(.).{4}|\x21\x21\x01.)\x0c", re.S
)
LONGEST_HEADER = 1_000_000  # bytes, packed or not; so no larger dictionary is ever needed
RAR_4_START, RAR_5_START = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"
RAR_4_ARCHIVE, RAR_4_FILE, RAR_4_HEADS_LOCKED, RAR_4_LOCKED = 0x73, 0x74, 0x80, 0x04
RAR_5_FILE, RAR_5_LOCKED, HAS_EXTRA, HAS_DATA, ENCRYPTION_RECORD = 2, 4, 1, 2, 1
MOST_HEADS = 1000


def asks_for_password(kind: str, content: bytes) -> bool:
    """Whether an archive says in its headers that what it holds is encrypted; a damaged one says nothing."""
    try:
        if kind == SEVEN_ZIP:
            return AES in _seven_zip_header(content)
        if content.startswith(RAR_5_START):
            return _rar_5_locked(content)
        return content.startswith(RAR_4_START) and _rar_4_locked(content)
    except (struct.error, IndexError, lzma.LZMAError, ValueError):
        return False


def _seven_zip_header(content: bytes) -> bytes:
    """The header at the end of the archive, unpacked where it is packed (7zFormat.txt of 7-Zip)."""
    offset, size = struct.unpack_from("<QQ", content, 12)
    header = content[32 + offset :][: min(size, LONGEST_HEADER)]
    found = COMPRESSED_HEADER.match(header)
    if not found or AES in header:
        return header
    place, at = _number(found[1], 0)
    length, _ = _number(found[1], at + 2)  # behind how many streams there are, one, and the mark of sizes
    packed = content[32 + place :][: min(length, LONGEST_HEADER)]
    method: dict[str, int] = {"id": lzma.FILTER_LZMA2, "dict_size": LONGEST_HEADER}
    if found[2]:
        properties = found[2][0]
        parts = {"lc": properties % 9, "lp": properties // 9 % 5, "pb": properties // 45}
        method |= {"id": lzma.FILTER_LZMA1, **parts}
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[method]).decompress(packed, LONGEST_HEADER)


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of 7-Zip's, whose first byte says by its leading ones how many follow; and where the next begins."""
    first, mask, value = data[at], 0x80, 0
    for following in range(8):
        if not first & mask:
            return value + ((first & (mask - 1)) << 8 * following), at + 1 + following
        value |= data[at + 1 + following] << 8 * following
        mask >>= 1
    return value, at + 9


def _rar_4_locked(content: bytes) -> bool:
    at = len(RAR_4_START)
    for _ in range(MOST_HEADS):
        if at + 7 > len(content):
            return False
        _, kind, flags, size = struct.unpack_from("<HBHH", content, at)
        if (kind == RAR_4_ARCHIVE and flags & RAR_4_HEADS_LOCKED) or (
            kind == RAR_4_FILE and flags & RAR_4_LOCKED
        ):
            return True
        data = struct.unpack_from("<I", content, at + 7)[0] if flags & 0x8000 else 0
        at += max(size, 7) + data
    return False


def _rar_5_locked(content: bytes) -> bool:
    at = len(RAR_5_START)
    for _ in range(MOST_HEADS):
        if at >= len(content):
            return False
        size, start = _varying(content, at + 4)
        kind, inner = _varying(content, start)
        flags, inner = _varying(content, inner)
        extra, inner = _varying(content, inner) if flags & HAS_EXTRA else (0, inner)
        data, inner = _varying(content, inner) if flags & HAS_DATA else (0, inner)
        end = start + size
        if kind == RAR_5_LOCKED or (kind == RAR_5_FILE and _has_record(content, end - extra, end)):
            return True
        at = end + data
    return False


def _has_record(content: bytes, at: int, end: int) -> bool:
    while at < end:
        size, at = _varying(content, at)
        if _varying(content, at)[0] == ENCRYPTION_RECORD:
            return True
        at += max(size, 1)
    return False


def _varying(content: bytes, at: int) -> tuple[int, int]:
    """A number in as many bytes as it needs, seven bits in each; and where the next begins."""
    value = 0
    for place in range(10):
        byte = content[at + place]
        value |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            return value, at + place + 1
    raise ValueError("a number that does not end")
