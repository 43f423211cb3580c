"""Archives that are not opened here: which of them ask for a password, and what becomes of a letter that brings one."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from random import Random
from typing import Any

import pytest

from mail_intake.explaining import explain
from mail_intake.message import parse
from mail_intake.packed import GZIP, RAR, SEVEN_ZIP, asks_for_password

Mail = Callable[..., EmailMessage]
ARCHIVES = {  # one small file in each, made by py7zr, and written by hand after the notes on the two RAR formats
    "seven_open": (SEVEN_ZIP, False, bytes.fromhex(
        "377abcaf271c000464ba89b45e0000000000000014000000000000000dd72db6010004776f72647300e0005000"
        "4d5d0000813307ae0fe0ec7263624be6ec5b5d4ca88ba77aa10025228f298d0b5c0b961a0fa605f6e5f77c7f6e"
        "a11731e0cbde787ad3329b2ea5202433a5fd01af41080fa01c1f5bb643b2acb20000000017060901095500070b"
        "010001212101180c510000"
    )),
    "seven": (SEVEN_ZIP, True, bytes.fromhex(
        "377abcaf271c000445988ec17900000000000000140000000000000081d6bdca322cc44aa273710abcdc2110c1"
        "715c0f010064010406000109100a0162c9762800070b0100022406f1070112530f07b746b7312308971f676ff9"
        "25b260bf2121011801000c090500080a018c1e7d7100000501110d0061002e007400780074000000140a010060"
        "931d0d1f7edd01150601002080808100000017061001096900070b010001212101180c650000"
    )),
    "seven_heads": (SEVEN_ZIP, True, bytes.fromhex(
        "377abcaf271c00043367d657800000000000000028000000000000003acbb4a90bd58a8ebf2b1f01ddd59aee22"
        "696b2caf894ff89bfdf5d4551c32e407ea14df233c1b5239ee7f5c041115f3686a764ab9ede2a4727d84ad8f6b"
        "b7fecbd2d6327b52cc343fa17d89e7f64d813bf5097338af1fdddf46c2b7fc09d7e9998ebc5309ffdbefd083bd"
        "02c36eaab16b6e2687c5337619eeda9d741c3991afa4e4cd7417061001097000070b0100012406f1070112530f"
        "53a4cc3deea0dab00c317a3d8e68218b0c650000"
    )),
    "rar_4": (RAR, True, bytes.fromhex(
        "526172211a070000007300000d0000000000000000007404802d000a0000000a0000000200000000000000001d"
        "330d0000000000726566657272616c2e646f637878787878787878787878"
    )),
    "rar_4_heads": (RAR, True, bytes.fromhex(
        "526172211a070000007380000d000000000000006ea50a7c7bebb1203a01e365da506ead"
    )),
    "rar_5": (RAR, True, bytes.fromhex(
        "526172211a070100c51a333203010000e80382f13c0203250a000a2000010d726566657272616c2e646f637824"
        "0100000f85cbd6b0f16271aa826d06dcdefb93c2f985f89cbfae500cd08ba06e014ceac7787878787878787878"
        "78"
    )),
    "rar_5_heads": (RAR, True, bytes.fromhex(
        "526172211a070100b2d1024f15040000000f7a3f62229bf75d2a4348646f7738a93e"
    )),
    "rar_5_open": (RAR, False, bytes.fromhex(
        "526172211a070100c51a33320301000067ecaf2f1602020a000a2000010d726566657272616c2e646f63787878"
        "7878787878787878"
    )),
}  # fmt: skip


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_says_by_its_headers_whether_it_asks_for_a_password(name: str) -> None:
    kind, locked, content = ARCHIVES[name]
    assert asks_for_password(kind, content) is locked


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_damaged_archive_says_nothing_and_raises_nothing(name: str) -> None:
    kind, _, content = ARCHIVES[name]
    chance = Random(7)
    for _ in range(300):
        damaged = bytearray(content[: chance.randrange(len(content))])
        for _ in range(min(3, len(damaged))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        assert asks_for_password(kind, bytes(damaged)) in (True, False)


@pytest.mark.parametrize(
    ("name", "content", "outcome", "reason"),
    [
        ("referral.7z", ARCHIVES["seven"][2], "encrypted", "referral.7z is protected by a password"),
        ("referral.rar", ARCHIVES["rar_5_heads"][2], "encrypted", "referral.rar is protected by a password"),
        ("referral.7z", ARCHIVES["seven_open"][2], "to_sort", "packed as 7z, which is not opened here"),
        ("referral.docx.gz", b"\x1f\x8b\x08\0words", "to_sort", "packed as gzip, which is not opened here"),
    ],
)
def test_whoever_sorts_the_mail_is_told_that_nobody_looked_inside(
    mail: Mail, read: Any, name: str, content: bytes, outcome: str, reason: str
) -> None:
    letter = mail("The form is attached.", (name, content))
    (told,) = [explain("letter.eml", letter.as_bytes(), read)]
    assert told["outcome"] == outcome
    assert reason in told["because"][0]


def test_a_file_of_each_kind_is_known() -> None:
    kinds = {content[:6]: kind for kind, _, content in ARCHIVES.values()}
    letter = EmailMessage()
    letter.add_attachment(b"\x1f\x8b\x08\0", "application", "zip", filename="a")
    assert [one.type for one in parse(letter.as_bytes()).files] == [GZIP]
    assert set(kinds.values()) == {SEVEN_ZIP, RAR}
