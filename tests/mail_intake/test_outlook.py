"""Outlook's own files: .msg letters and compressed rich text, built here byte by byte."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import pytest

from mail_intake.message import parse
from mail_intake.protection import is_locked
from mail_intake.rich_text import text_of_compressed
from mail_intake.screening import screen

SECTOR, END, FREE, NOBODY = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFF
PDF = b"%PDF-1.7\n" + b"an invented page\n" * 300
SPECIFICATION_EXAMPLE = bytes.fromhex(  # MS-OXRTFCP 3.1.1
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c0900206277 05b06c647d0a800fa0"
)


@dataclass
class Storage:
    """A compound file in the making: streams and storages by name."""

    streams: dict[str, bytes] = field(default_factory=dict)
    storages: dict[str, Storage] = field(default_factory=dict)

    def text(self, tag: str, words: str) -> Storage:
        self.streams[f"__substg1.0_{tag}001F"] = words.encode("utf-16-le")
        return self

    def binary(self, tag: str, content: bytes) -> Storage:
        self.streams[f"__substg1.0_{tag}0102"] = content
        return self

    def written(self) -> bytes:
        """The file. Every stream is padded to 4,096 bytes, so that no mini stream is needed."""
        entries: list[bytes] = []
        sectors: list[bytes] = []
        fat: list[int] = []
        self._entry("Root Entry", 5, NOBODY, entries, sectors, fat)
        directory = b"".join(entries)
        directory += b"\0" * (-len(directory) % SECTOR)
        first = _chain(directory, sectors, fat)
        fat_at = len(sectors)
        fat.append(0xFFFFFFFD)
        assert len(fat) <= 128, "one FAT sector is enough for a test"
        sectors.append(struct.pack("<128I", *fat, *[FREE] * (128 - len(fat))))
        head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        head += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, first, 0, 4096, END, 0, END, 0)
        head += struct.pack("<109I", fat_at, *[FREE] * 108)
        return head + b"".join(sectors)

    def _entry(
        self, name: str, kind: int, sibling: int, entries: list[bytes], sectors: list[bytes], fat: list[int]
    ) -> int:
        """Append this storage's directory entry, its children's before their siblings, and return its number."""
        number = len(entries)
        entries.append(b"")
        child = NOBODY
        for inner, storage in self.storages.items():
            child = storage._entry(inner, 1, child, entries, sectors, fat)
        for inner, content in self.streams.items():
            start = _chain(content.ljust(4096, b"\0"), sectors, fat)
            entries.append(_directory_entry(inner, 2, child, NOBODY, start, max(len(content), 4096)))
            child = len(entries) - 1
        entries[number] = _directory_entry(name, kind, sibling, child, END if kind == 5 else 0, 0)
        return number


def _chain(content: bytes, sectors: list[bytes], fat: list[int]) -> int:
    content += b"\0" * (-len(content) % SECTOR)
    first, count = len(sectors), len(content) // SECTOR
    for number in range(count):
        sectors.append(content[number * SECTOR : (number + 1) * SECTOR])
        fat.append(END if number == count - 1 else first + number + 1)
    return first


def _directory_entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    head = wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, NOBODY, right, child)
    return head + bytes(16) + bytes(4) + bytes(16) + struct.pack("<IQ", start, size)


def letter() -> Storage:
    made = Storage(streams={"__properties_version1.0": b""})
    made.text("0037", "Our return").text("0C1A", "Ann Hale").text("5D01", "Ann.Hale@Probation.Example")
    return made.text("1000", "Return attached.\r\nAnn").text("1035", "<one@probation.example>")


def test_an_outlook_letter_is_read() -> None:
    message = parse(letter().written())
    assert (message.subject, message.sender, message.sender_name) == (
        "Our return", "ann.hale@probation.example", "Ann Hale")  # fmt: skip
    assert message.message_id == "one@probation.example"
    assert message.text == "Return attached.\nAnn"
    assert message.notes == ()


def test_its_attachments_come_out_with_their_long_names() -> None:
    made = letter()
    attached = Storage().text("3707", "Scoping return.pdf").text("3704", "SCOPIN~1.PDF").binary("3701", PDF)
    made.storages["__attach_version1.0_#00000000"] = attached
    (found,) = parse(made.written()).attachments
    assert (found.name, found.type, found.content) == ("Scoping return.pdf", "application/pdf", PDF)


def test_a_letter_within_the_letter_is_opened() -> None:
    inner = letter().text("1000", "The inner words")
    inner.storages["__attach_version1.0_#00000000"] = Storage().text("3707", "form.pdf").binary("3701", PDF)
    made = letter()
    made.storages["__attach_version1.0_#00000000"] = Storage(storages={"__substg1.0_3701000D": inner})
    message = parse(made.written())
    assert [a.path for a in message.attachments] == ["Our return.eml", "Our return.eml/form.pdf"]
    assert message.attachments[0].text == "The inner words"


def test_the_headers_it_travelled_with_are_kept() -> None:
    made = letter().text("007D", "In-Reply-To: <letter-1@p.example>\r\nAuto-Submitted: auto-replied\r\n\r\n")
    message = parse(made.written())
    assert message.in_reply_to == ("letter-1@p.example",)
    assert message.headers.get("auto-submitted") == "auto-replied"


def test_a_letter_without_headers_says_itself_which_letter_it_answers() -> None:
    message = parse(letter().text("1042", "<two@p.example>").text("1039", "<one@p.example>").written())
    assert (message.in_reply_to, message.references) == (("two@p.example",), ("one@p.example",))


def test_of_a_file_that_stayed_with_the_sender_it_is_said_that_only_a_link_came() -> None:
    by_reference = bytes(8) + struct.pack("<HHIQ", 0x0003, 0x3705, 6, 7)
    attached = Storage(streams={"__properties_version1.0": by_reference}).text("3707", "return.docx")
    made = letter()
    made.storages["__attach_version1.0_#00000000"] = attached
    [file] = parse(made.written()).attachments
    assert file.name == "return.docx"
    assert "only a link to it came" in file.unopened


@pytest.mark.parametrize("cut", [100, 600, 2000, 5000])
def test_a_torn_file_gives_a_note_and_no_error(cut: int) -> None:
    assert parse(letter().written()[:cut]).size == cut


def test_compressed_rich_text_is_unpacked_as_the_specification_shows() -> None:
    assert text_of_compressed(SPECIFICATION_EXAMPLE) == "hello world"


def test_rich_text_loses_its_markup_and_keeps_its_accents() -> None:
    words = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator x;}Si\'e2n\par B\u322?cki\tab 1}"
    stored = struct.pack("<II4sI", len(words) + 12, len(words), b"MELA", 0) + words
    assert text_of_compressed(stored) == "Siân\nBłcki\t1"


@pytest.mark.parametrize("content", [b"", b"LZFu", bytes(16), SPECIFICATION_EXAMPLE[:30]])
def test_torn_rich_text_gives_what_it_can(content: bytes) -> None:
    assert isinstance(text_of_compressed(content), str)


@pytest.mark.parametrize(
    ("filed_as", "sort"),
    [
        ("IPM.Note", "ordinary"),
        ("IPM.Note.Rules.OofTemplate.Microsoft", "auto_reply"),
        ("REPORT.IPM.Note.NDR", "bounce"),
        ("REPORT.IPM.Note.DR", "receipt"),
        ("REPORT.IPM.Note.IPNRN", "receipt"),
        ("IPM.Schedule.Meeting.Resp.Pos", "calendar"),
    ],
)
def test_what_outlook_filed_it_as_tells_the_sort_where_there_are_no_headers(filed_as: str, sort: str) -> None:
    assert screen(parse(letter().text("001A", filed_as).written())).sort == sort


def test_single_byte_words_are_read_in_the_code_page_the_letter_names() -> None:
    named = bytes(32) + struct.pack("<HHIQ", 0x0003, 0x3FFD, 6, 1251)
    made = Storage(streams={"__properties_version1.0": named})
    made.streams["__substg1.0_0037001E"] = "Ответ".encode("cp1251")
    assert parse(made.written()).subject == "Ответ"


@pytest.mark.parametrize(("flags", "locked"), [(0x0100, True), (0x0000, False)])
def test_an_old_word_document_says_itself_that_it_is_locked(flags: int, locked: bool) -> None:
    document = Storage(streams={"WordDocument": bytes(10) + struct.pack("<H", flags) + bytes(500)}).written()
    message = parse(b"Content-Type: application/msword; name=return.doc\r\n\r\n" + document)
    assert [is_locked(attachment) for attachment in message.attachments] == [locked]


BEGINS, ENCRYPTED_FROM_HERE, ENDS = (
    b"\x09\x08\x02\x00\x00\x06",
    b"\x2f\x00\x04\x00\x00\x00\x00\x00",
    b"\x0a\x00\x00\x00",
)
SLIDES_IN_CIPHER, SLIDES_PLAIN = bytes(12) + b"\xdf\xc4\xd1\xf3", bytes(12) + b"\x5f\xc0\x91\xe3"


@pytest.mark.parametrize(
    ("streams", "locked"),
    [
        ({"Workbook": BEGINS + ENCRYPTED_FROM_HERE + bytes(500)}, True),
        ({"Workbook": BEGINS + ENDS + bytes(500)}, False),
        ({"Workbook": BEGINS[:3]}, False),
        ({"PowerPoint Document": bytes(500), "Current User": SLIDES_IN_CIPHER}, True),
        ({"PowerPoint Document": bytes(500), "Current User": SLIDES_PLAIN}, False),
    ],
)
def test_an_old_workbook_or_slides_say_themselves_that_they_are_locked(
    streams: dict[str, bytes], locked: bool
) -> None:
    message = parse(b"Content-Type: x/y; name=return.xls\r\n\r\n" + Storage(streams=streams).written())
    assert [is_locked(attachment) for attachment in message.attachments] == [locked]
    assert (screen(message).sort == "encrypted") is locked
