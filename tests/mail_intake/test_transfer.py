"""Transfer encodings undone: base64 and quoted-printable, whole, damaged and labelled as something else."""

from __future__ import annotations

import base64

import pytest

from mail_intake.message import parse
from mail_intake.transfer import AT_ONCE, decoded

PDF = b"%PDF-1.7\n% an invented document\n"


def test_base64_survives_a_footer_and_a_damaged_end() -> None:
    packed = base64.encodebytes(PDF * 20)
    head = b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64 \r\n\r\n"
    footed = parse(head + packed + b"\r\n_____\r\nScanned by the gateway, no virus found\r\n")
    assert footed.attachments[0].content == PDF * 20
    cut = parse(head + packed[:-9])
    assert (PDF * 20).startswith(cut.attachments[0].content)
    assert len(cut.attachments[0].content) > len(PDF) * 19


@pytest.mark.parametrize("letters", [AT_ONCE - 4, AT_ONCE, AT_ONCE + 4, 2 * AT_ONCE])
def test_what_stands_behind_padding_is_seen_wherever_a_large_file_is_cut(letters: int) -> None:
    first, second = b"QUJD" * (letters // 4 - 1) + b"QQ==", b"QUJD" * 40_000
    whole = b"ABC" * (letters // 4 - 1) + b"A"
    assert decoded(first, "base64") == (whole, "")
    assert decoded(first + second, "base64") == (whole + b"ABC" * 40_000, "damaged base64")


def test_base64_with_padding_that_nothing_needed_is_not_called_damaged() -> None:
    assert decoded(b"P+hY=\r\n", "base64") == (b"?\xe8X", "")
    assert decoded(b"P+h\r\nY", "base64") == (b"?\xe8X", "")
    assert decoded(b"P+h", "base64") == (b"?\xe8", "damaged base64")


@pytest.mark.parametrize("padding", ["", "x", "xx"])
@pytest.mark.parametrize("footer", ["--\r\nConfidential and privileged.", "_____\r\nlist mailing list"])
def test_a_short_letter_in_base64_is_read_above_what_a_list_wrote_underneath(
    padding: str, footer: str
) -> None:
    packed = base64.encodebytes(f"Siân, yes{padding}".encode())
    content, _ = decoded(packed + b"\r\n" + footer.encode(), "base64")
    assert content.decode() == f"Siân, yes{padding}"


def test_a_line_of_rubbish_among_base64_loses_nothing_below_it() -> None:
    packed = base64.encodebytes(PDF * 20).split(b"\n", 2)
    content, note = decoded(b"\n".join([packed[0], b"~~~~", *packed[1:]]), "base64")
    assert (content, note) == (PDF * 20, "damaged base64")


@pytest.mark.parametrize("label", ["", "7bit", "8bit", "base-64", "b64"])
def test_a_file_in_base64_is_read_as_such_whatever_its_label(label: str) -> None:
    assert decoded(base64.encodebytes(PDF), label) == (PDF, "base64 that was not labelled so")


@pytest.mark.parametrize("line_end", [b"\r", b"\n", b"\r\n", b"  \r\n", b"\t\r"])
def test_a_line_goes_on_after_a_soft_break_however_it_ends(line_end: bytes) -> None:
    assert decoded(b"Si=C3=" + line_end + b"=A2n is=20w=" + line_end + b"ell", "quoted-printable") == (
        "Siân is well".encode(),
        "",
    )


@pytest.mark.parametrize("kind", ["text/", "plain/text", "text/enriched"])
def test_a_letter_under_a_misspelt_label_is_read(kind: str) -> None:
    assert parse(f"Content-Type: {kind}; charset=utf-8\r\n\r\nSiân is well".encode()).text == "Siân is well"
