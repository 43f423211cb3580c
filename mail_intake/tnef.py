"""winmail.dat (MS-OXTNEF): the attachments and the body that Outlook hid in it."""

import struct
from collections.abc import Iterator

from mail_intake.charsets import charset_of_html, decode
from mail_intake.contents import Contents, File
from mail_intake.plain import text_of_html
from mail_intake.rich_text import text_of_compressed

BODY, TITLE, FILE_CONTENT, NEW_FILE = 0x800C, 0x8010, 0x800F, 0x9002
FILE_PROPERTIES, MESSAGE_PROPERTIES = 0x9005, 0x9003
LONG_NAME, DISPLAY_NAME, OBJECT = 0x3707, 0x3001, 0x3701
PLAIN_BODY, HTML_BODY, RICH_TEXT_BODY, CODE_PAGE = 0x1000, 0x1013, 0x1009, 0x3FDE
FIXED_SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 0x14: 8, 0x40: 8, 0x48: 16}
VARIABLE = frozenset({0x0D, 0x1E, 0x1F, 0x102})
STRING, WIDE_STRING = 0x1E, 0x1F
EMBEDDED = b"\x78\x9f\x3e\x22"


def read_tnef(content: bytes) -> Contents:
    """Body and files of a winmail.dat. A damaged one gives what could be read before the damage."""
    content = content.lstrip(b"\r\n")  # an empty line too many, where it was sent without an encoding
    files: list[dict[int, bytes]] = []
    text = ""
    for attribute, value in _attributes(content):
        if attribute == NEW_FILE:
            files.append({})
        elif attribute in (TITLE, FILE_CONTENT) and files:
            files[-1][attribute] = value
        elif attribute == FILE_PROPERTIES and files:
            files[-1].update(_properties(value))
        elif attribute == BODY:
            text = decode(value.rstrip(b"\0"))[0]
        elif attribute == MESSAGE_PROPERTIES:
            text = text or _body(_properties(value))
    return Contents(text, files=tuple(_file(one) for one in files))


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    while at + 9 <= len(content):
        _, attribute, length = struct.unpack_from("<BII", content, at)
        if at + 9 + length > len(content):
            return
        yield attribute & 0xFFFF, content[at + 9 : at + 9 + length]
        at += 9 + length + 2


def _properties(content: bytes) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    try:
        for tag, value in _each_property(content):
            found.setdefault(tag, value)
    except struct.error:
        pass
    return found


def _each_property(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 4
    while at + 4 <= len(content):
        kind, tag = struct.unpack_from("<HH", content, at)
        at += 4
        if tag >= 0x8000:
            at = _after_name(content, at)
        many, kind = kind & 0x1000, kind & 0x0FFF
        if kind not in VARIABLE and kind not in FIXED_SIZES:
            return
        count = 1
        if many or kind in VARIABLE:
            count, at = struct.unpack_from("<I", content, at)[0], at + 4
        for _ in range(min(count, 10_000)):
            length = FIXED_SIZES.get(kind, 0)
            if kind in VARIABLE:
                length, at = struct.unpack_from("<I", content, at)[0], at + 4
            yield tag, _text_bytes(kind, content[at : at + length])
            at += length + -length % 4


def _after_name(content: bytes, at: int) -> int:
    """Skip a property's name: an identifier, or a text padded to four bytes."""
    by_text = struct.unpack_from("<I", content, at + 16)[0]
    if not by_text:
        return at + 24
    length = struct.unpack_from("<I", content, at + 20)[0]
    return at + 24 + length + -length % 4


def _text_bytes(kind: int, value: bytes) -> bytes:
    if kind == WIDE_STRING:
        return value.decode("utf-16-le", "replace").rstrip("\0").encode()
    return value.rstrip(b"\0") if kind == STRING else value


def _body(properties: dict[int, bytes]) -> str:
    charset = f"cp{int.from_bytes(properties.get(CODE_PAGE, b''), 'little')}"
    plain = decode(properties.get(PLAIN_BODY, b""))[0]
    page = properties.get(HTML_BODY, b"")
    html = decode(page, charset_of_html(page, charset))[0]
    return plain or text_of_html(html) or text_of_compressed(properties.get(RICH_TEXT_BODY, b""))


def _file(found: dict[int, bytes]) -> File:
    name = found.get(LONG_NAME) or found.get(TITLE, b"").rstrip(b"\0") or found.get(DISPLAY_NAME, b"")
    content = found.get(FILE_CONTENT, b"") or found.get(OBJECT, b"")
    if EMBEDDED in content[:32]:
        # An enclosed Outlook message is winmail.dat again, behind the sixteen bytes that name its kind
        content = content[content.index(EMBEDDED) :]
    return File(decode(name)[0], content)
