"""Outlook's .msg files: the letter and its attachments out of an OLE compound file."""

import io
import struct
from datetime import UTC, datetime, timedelta

import olefile

from mail_intake.charsets import charset_of_html, decode
from mail_intake.contents import Contents, File
from mail_intake.headers import Headers, divide
from mail_intake.plain import text_of_html
from mail_intake.rich_text import text_of_compressed

SUBJECT, BODY, HTML, RICH_TEXT, MESSAGE_CLASS = "0037", "1000", "1013", "1009", "001A"
HEADERS, MESSAGE_ID, SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP = "007D", "1035", "0C1A", "0C1F", "5D01"
DISPLAY_TO, DISPLAY_CC, ON_BEHALF_SMTP, IN_REPLY_TO, REFERENCES = "0E04", "0E03", "5D02", "1042", "1039"
FILE_CONTENT, LONG_NAME, SHORT_NAME, DISPLAY_NAME, FILE_TYPE, CONTENT_ID = (
    "3701", "3707", "3704", "3001", "370E", "3712")  # fmt: skip
WHEN_SENT, WHEN_DELIVERED, CODE_PAGE, INTERNET_CODE_PAGE = 0x0039, 0x0E06, 0x3FFD, 0x3FDE
HOW_ATTACHED, AS_A_LINK = 0x3705, (2, 3, 4, 7)  # MS-OXCMSG 2.2.2.9
ONLY_A_LINK = "only a link to it came, and the file stayed with the sender: ask for the file itself"
SHOWN_HEADERS = ("from", "to", "cc", "date", "subject")
LONGEST_FIELD, LONGEST_HEADERS, LONGEST_BODY = 50_000, 1_000_000, 5_000_000  # characters
MAX_DEPTH = 8


class Folder:
    """One storage of the compound file, with its properties read as text or bytes."""

    def __init__(self, ole: olefile.OleFileIO, path: tuple[str, ...] = ()) -> None:
        self.ole = ole
        self.path = path

    def binary(self, tag: str, kind: str = "0102") -> bytes:
        stream = [*self.path, f"__substg1.0_{tag}{kind}"]
        return self.ole.openstream(stream).read() if self.ole.exists(stream) else b""

    def text(self, tag: str, longest: int = LONGEST_FIELD) -> str:
        # A damaged file may claim that its subject is as long as the file
        if wide := self.binary(tag, "001F"):
            return wide[: 2 * longest].decode("utf-16-le", "replace").rstrip("\0")
        return decode(self.binary(tag, "001E")[:longest].rstrip(b"\0"), self.code_page)[0]

    @property
    def code_page(self) -> str:
        """The charset of strings of single bytes, which only the message itself names."""
        message = Folder(self.ole)
        found = message.number(CODE_PAGE) or message.number(INTERNET_CODE_PAGE)
        return f"cp{found}" if found else ""

    def folders(self, prefix: str) -> list["Folder"]:
        depth = len(self.path)
        names = {
            entry[depth]
            for entry in self.ole.listdir(streams=True, storages=True)
            if len(entry) > depth and tuple(entry[:depth]) == self.path and entry[depth].startswith(prefix)
        }
        return [Folder(self.ole, (*self.path, name)) for name in sorted(names)]

    def moment(self, tag: int) -> datetime | None:
        """A date among the fixed-size properties, stored as 100 ns since 1601."""
        ticks = self._fixed(0x0040, tag, "<Q")
        if not 0 < ticks < 2**60:
            return None
        return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)

    def number(self, tag: int) -> int:
        """A whole number among the fixed-size properties; zero when it is not there."""
        return self._fixed(0x0003, tag, "<I")

    def _fixed(self, kind: int, tag: int, layout: str) -> int:
        stream = [*self.path, "__properties_version1.0"]
        content = self.ole.openstream(stream).read() if self.ole.exists(stream) else b""
        at = content.find(struct.pack("<HH", kind, tag))
        if at < 0 or len(content) < at + 16:
            return 0
        value: int = struct.unpack_from(layout, content, at + 8)[0]
        return value


def read_outlook(content: bytes) -> tuple[Headers, Contents]:
    """Headers and contents of a .msg file. Raises OSError, ValueError or struct.error when it is damaged."""
    with olefile.OleFileIO(io.BytesIO(content)) as ole:
        return _message(Folder(ole), MAX_DEPTH)


def _message(folder: Folder, depth: int) -> tuple[Headers, Contents]:
    page = folder.binary(HTML)
    html = decode(page, charset_of_html(page, ""))[0] or folder.text(HTML, LONGEST_BODY)
    text = folder.text(BODY, LONGEST_BODY).replace("\r\n", "\n") or text_of_html(html)
    text = text or text_of_compressed(folder.binary(RICH_TEXT))
    files = tuple(_file(attached, html, depth) for attached in folder.folders("__attach_version1.0"))
    return _headers(folder), Contents(text.strip(), html, files)


def _headers(folder: Folder) -> Headers:
    """The transport headers if the message came by mail, completed from the properties."""
    known = divide(folder.text(HEADERS, LONGEST_HEADERS).encode("utf-8", "replace").lstrip())[0]
    moment = folder.moment(WHEN_SENT) or folder.moment(WHEN_DELIVERED)
    filled = (
        ("from", _sender(folder)),
        ("to", folder.text(DISPLAY_TO)),
        ("cc", folder.text(DISPLAY_CC)),
        ("subject", folder.text(SUBJECT)),
        ("message-id", folder.text(MESSAGE_ID)),
        ("in-reply-to", folder.text(IN_REPLY_TO)),
        ("references", folder.text(REFERENCES)),
        ("x-message-class", folder.text(MESSAGE_CLASS)),
        ("date", moment.strftime("%a, %d %b %Y %H:%M:%S +0000") if moment else ""),
    )
    more = tuple(
        (name, value.encode("utf-8", "replace")) for name, value in filled if value and name not in known
    )
    return Headers(known.fields + more)


def _sender(folder: Folder) -> str:
    found = (folder.text(tag) for tag in (SENDER_SMTP, ON_BEHALF_SMTP, SENDER_ADDRESS))
    address = next((one for one in found if "@" in one), "")
    name = folder.text(SENDER_NAME).replace('"', "")
    return f'"{name}" <{address}>' if address else name


def _file(folder: Folder, html: str, depth: int) -> File:
    name = folder.text(LONG_NAME) or folder.text(SHORT_NAME) or folder.text(DISPLAY_NAME)
    enclosed = Folder(folder.ole, (*folder.path, f"__substg1.0_{FILE_CONTENT}000D"))
    if depth > 0 and folder.ole.exists([*enclosed.path, "__properties_version1.0"]):
        return _enclosed_message(enclosed, name, depth - 1)
    cid = folder.text(CONTENT_ID).strip("<> ")
    content = folder.binary(FILE_CONTENT)
    kind = folder.text(FILE_TYPE).lower()
    aside = bool(cid) and f"cid:{cid}" in html and kind.startswith("image/")
    elsewhere = not content and folder.number(HOW_ATTACHED) in AS_A_LINK
    return File(name, content, kind, aside=aside, notes=(ONLY_A_LINK,) if elsewhere else ())


def _enclosed_message(folder: Folder, name: str, depth: int) -> File:
    """A message within the message. It has no bytes of its own, so its words stand in for them."""
    headers, inside = _message(folder, depth)
    lines = [f"{field.title()}: {headers.get(field)}" for field in SHOWN_HEADERS if field in headers]
    words = "\r\n".join([*lines, "", inside.text])
    name = name or headers.get("subject") or "message"
    return File(f"{name}.eml", words.encode("utf-8", "replace"), "message/rfc822", inside=inside)
