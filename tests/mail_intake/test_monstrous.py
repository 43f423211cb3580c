"""Messages made to break whoever opens them: each is taken in, said to be odd where it is, and nothing is lost."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest

from mail_intake import unwrapping
from mail_intake.explaining import explain
from mail_intake.message import parse

Mail = Callable[..., EmailMessage]
PDF = b"%PDF-1.7\n% an invented document\n"


def zipped(members: dict[str, bytes]) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return box.getvalue()


def nested_zip(levels: int) -> bytes:
    content = PDF
    for level in range(levels):
        content = zipped({f"level-{level}.zip" if level else "form.pdf": content})
    return content


MONSTERS = {
    "no bytes": b"",
    "only line ends": b"\r\n" * 1000,
    "only zeros": bytes(100_000),
    "1,000 enclosed messages": b"Content-Type: message/rfc822\r\n\r\n" * 1000 + b"deep",
    "1,000 levels of parts": b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(1000)
    ),
    "10,000 parts": b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    + b"--b\r\n\r\nx\r\n" * 10_000
    + b"--b--",
    "boundary on every line": b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n" * 50_000,
    "2 MB of headers": b"".join(b"X-Header-%d: %s\r\n" % (n, b"x" * 60) for n in range(30_000)) + b"\r\nbody",
    "one header of 2 MB": b"Subject: " + b"x" * 2_000_000 + b"\r\n\r\nbody",
    "one header folded 100,000 times": b"Subject: x" + b"\r\n x" * 100_000 + b"\r\n\r\nbody",
    "binary in headers": b"Subject: \x00\xff\x1b\x08\r\nFr\xf6m: a\r\nFrom: \x00<a@b.example>\r\n\r\nbody",
    "20,000 encoded words": b"Subject: " + b"=?utf-8?Q?a?= " * 20_000 + b"\r\n\r\n",
    "encoded word never closed": b"Subject: " + b"=?utf-8?B?" * 20_000 + b"\r\n\r\n",
    "encoded words without an end": b"Subject: " + b"=?utf-8?B? " * 20_000 + b"\r\n\r\n",
    "a word of 200,000 letters": b"To: %s\r\nFrom: %s\r\nSubject: x\r\n\r\n"
    % (b"x" * 200_000, b"y" * 200_000),
    "a report of one long word": b"From: mailer-daemon@x.example\r\nSubject: failure notice\r\n\r\n"
    + b"x" * 200_000,
    "50,000 nested tags": b"Content-Type: text/html\r\n\r\n" + b"<div>" * 50_000,
    "20,000 recipients": b"To: " + b"a@b.example, " * 20_000 + b"\r\n\r\n",
    "brackets never closed": b"To: " + b"(" * 50_000 + b"\r\nFrom: " + b'"' * 50_000 + b"\r\n\r\n",
    "50,000 parameters": b"Content-Type: text/plain; " + b"a=b; " * 50_000 + b"\r\n\r\n",
    "continued parameters": b"Content-Disposition: attachment"
    + b"".join(b"; filename*%d*=%%41" % n for n in range(5000))
    + b"\r\n\r\nx",
    "parameter numbered beyond reason": b"Content-Disposition: attachment; filename*99999999999999*=a\r\n\r\nx",
    "date beyond reason": b"Date: Mon, 99 Foo 99999 99:99:99 +9999999\r\n\r\nx",
    "uuencode never ended": b"\r\nbegin 644 a.bin\r\n" + b"M" * 100_000,
    "references without end": b"References: " + b"<a@b> " * 50_000 + b"\r\n\r\n",
    "boundary of blanks": b'Content-Type: multipart/mixed; boundary="   "\r\n\r\n--   \r\n\r\nx\r\n--   --',
    "lines of bare CR": b"Subject: bare\rContent-Type: multipart/mixed; boundary=b\r\r--b\r\rx\r--b--\r",
    "winmail.dat cut short": b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\n\x78\x9f\x3e\x22\x00\x00\x01",
    "zip cut short": b"Content-Type: application/zip; name=a.zip\r\n\r\n" + nested_zip(2)[:60],
}


@pytest.mark.parametrize("monster", MONSTERS)
def test_a_monster_has_its_outcome(read: Any, monster: str) -> None:
    raw = MONSTERS[monster]
    told = explain(f"{monster}.eml", raw, read)
    assert told["outcome"] == ("bounce" if monster.startswith("a report") else "to_sort")
    assert told["because"]
    assert parse(raw).size == len(raw)
    assert not any("taken apart" in note for note in told["notes"])


def test_ten_thousand_attachments_are_ten_thousand_attachments() -> None:
    part = b"--b\r\nContent-Disposition: attachment; filename=form.txt\r\n\r\n%d\r\n"
    raw = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"".join(part % n for n in range(10_000))
    found = parse(raw + b"--b--").attachments
    assert [int(one.content) for one in found] == list(range(10_000))
    assert len({one.path for one in found}) == 10_000


def test_what_is_nested_too_deeply_is_kept_in_one_piece() -> None:
    raw = b"Content-Type: message/rfc822\r\n\r\n" * 1000 + b"deep"
    message = parse(raw)
    assert message.attachments[0].content.endswith(b"deep")
    assert any("nested too deeply" in note for note in message.notes)


def test_zips_in_zips_are_opened_to_a_sane_depth(mail: Mail) -> None:
    shallow = parse(mail("", ("forms.zip", nested_zip(5))).as_bytes())
    assert shallow.attachments[-1].content == PDF
    inside = "forms.zip/level-4.zip/level-3.zip/level-2.zip/level-1.zip/form.pdf"
    assert shallow.attachments[-1].path == inside
    deep = parse(mail("", ("forms.zip", nested_zip(30))).as_bytes())
    assert any("nested too deeply" in note for note in deep.notes)


def test_a_zip_bomb_is_not_unpacked(mail: Mail) -> None:
    message = parse(mail("", ("bomb.zip", zipped({"zeros.bin": bytes(200_000_000)}))).as_bytes())
    assert [a.size for a in message.attachments][1:] == [0]
    assert any("not opened" in note for note in message.notes)


def test_many_small_bombs_are_counted_together(mail: Mail) -> None:
    rocks = zipped({f"{n}.bin": bytes(900_000) for n in range(300)})
    message = parse(mail("", ("rocks.zip", rocks)).as_bytes())
    assert sum(a.size for a in message.attachments[1:]) <= 100_000_000
    assert len(message.attachments) == 301


def test_files_beyond_all_number_are_said_to_be_left_out(mail: Mail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unwrapping, "MAX_ATTACHMENTS", 5)
    fits = parse(mail("", ("some.zip", zipped({f"{n}.txt": b"x" for n in range(4)}))).as_bytes())
    assert (len(fits.attachments), fits.attachments[0].unopened) == (5, "")
    beyond = parse(mail("", ("many.zip", zipped({f"{n}.txt": b"x" for n in range(5)}))).as_bytes())
    assert len(beyond.attachments) == 5
    assert "the rest is not listed" in beyond.attachments[0].unopened
    assert any("open the original" in note for note in beyond.notes)


def test_a_zip_that_lies_about_its_sizes_ends_in_a_note(mail: Mail) -> None:
    honest = bytearray(zipped({"form.pdf": PDF * 1000}))
    entry = honest.index(b"PK\x01\x02")
    struct.pack_into("<I", honest, entry + 24, 10)
    message = parse(mail("", ("lie.zip", bytes(honest))).as_bytes())
    assert [a.path for a in message.attachments] == ["lie.zip", "lie.zip/form.pdf"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\form.pdf", "form.pdf"),
        ("form\u202efdp.exe", "formfdp.exe"),
        ("form\u2066\u200b.pdf", "form.pdf"),
        ("a" * 5000 + ".pdf", "a" * 116 + ".pdf"),
        ("form\x01\x1b.pdf", "form.pdf"),
        ("<b>|form?.pdf", "_b__form_.pdf"),
    ],
)
def test_a_name_in_a_zip_is_made_safe_too(mail: Mail, given: str, shown: str) -> None:
    message = parse(mail("", ("forms.zip", zipped({given: PDF}))).as_bytes())
    assert message.attachments[1].name == shown


def test_a_message_beyond_all_measure_is_kept_but_not_opened(read: Any) -> None:
    told = explain("film.eml", b"Subject: film\r\n\r\n" + bytes(61_000_000), read)
    assert told["outcome"] == "to_sort"
    assert "too large" in told["notes"][0]
