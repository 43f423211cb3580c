"""What would become of a message, told without touching any case."""

from __future__ import annotations

import json
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest

from mail_intake.explaining import explain

Mail = Callable[..., EmailMessage]


def test_a_referral_is_explained_as_json(mail: Mail, read: Any) -> None:
    told = explain("one.eml", mail("Attached.", ("referral.txt", b"REFERRAL")).as_bytes(), read)
    assert json.loads(json.dumps(told)) == told
    assert list(told) == [
        *("file", "outcome", "because", "from", "authentic", "attachments", "forms", "text_chars", "notes")
    ]
    assert told["file"] == "one.eml"
    assert told["outcome"] == "referral"
    assert told["because"] == [
        "referral.txt is a referral",
        "the sender was not looked up, and is taken to be listed",
    ]
    assert told["from"] == "records@probation.example"
    assert told["authentic"] == "unknown"
    assert told["attachments"] == [
        {"name": "referral.txt", "type": "text/plain", "size": 8, "path": "referral.txt"}
    ]
    assert [form["kind"] for form in told["forms"]] == ["referral"]
    assert told["text_chars"] == len("Attached.")


@pytest.mark.parametrize(
    ("form", "outcome"),
    [(b"SCOPING", "scoping_return"), (b"MARAC", "not_ours"), (b"minutes", "to_sort"), (b"BURST", "failed")],
)
def test_each_outcome_has_its_reason(mail: Mail, read: Any, form: bytes, outcome: str) -> None:
    told = explain("one.eml", mail("Attached.", ("form.txt", form)).as_bytes(), read)
    assert told["outcome"] == outcome
    assert told["because"]


@pytest.mark.parametrize("raw", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 torn", b"\x00" * 100])
def test_what_is_no_message_is_explained_too(read: Any, raw: bytes) -> None:
    told = explain("odd.msg", raw, read)
    assert (told["outcome"], bool(told["because"])) == ("to_sort", True)
