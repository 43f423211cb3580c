"""Senders vouched for by our own receiving server, and by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from mail_intake.authenticity import judge
from mail_intake.message import parse

Mail = Callable[..., EmailMessage]
OURS = frozenset({"mx.partnership.example", ".outlook.com"})
RESULTS = "Authentication-Results: mx.partnership.example; "
CAME_IN = "Received: from mail.probation.example by mx.partnership.example; Mon, 23 Nov 2026 09:30:00 +0000"
HANDED_ON = "Received: from mx.partnership.example by mx.partnership.example; Mon, 23 Nov 2026 09:30:01 +0000"
STRANGE = "Received: from pc by mail.attacker.example; Mon, 23 Nov 2026 09:29:00 +0000"
EXCHANGE = "Received: from DB9.prod.outlook.com by AM0.prod.outlook.com; Mon, 23 Nov 2026 09:30:00 +0000"
EXCHANGE_EDGE = "Received: from mail.probation.example by AM7.mail.protection.outlook.com; Mon, 23 Nov 2026"
PASSED = "dmarc=pass header.from=probation.example"


@pytest.mark.parametrize(
    ("above", "verdict"),
    [
        ([RESULTS + PASSED], "pass"),
        ([RESULTS + "dkim=pass header.d=probation.example"], "pass"),
        ([RESULTS + "dkim=pass header.d=bulk.example; dkim=pass header.d=probation.example"], "pass"),
        ([RESULTS + "spf=pass smtp.mailfrom=ann@mail.probation.example"], "pass"),
        ([RESULTS + "dmarc=none; dkim=pass header.i=@probation.example"], "pass"),
        ([RESULTS + "dkim=pass header.d=bulk.example"], "fail"),
        ([RESULTS + "dkim=pass header.from=probation.example header.d=bulk.example"], "fail"),
        ([RESULTS + "spf=pass smtp.helo=probation.example smtp.mailfrom=x@bulk.example"], "fail"),
        ([RESULTS + "dkim=pass header.d=example"], "fail"),
        ([RESULTS + "dmarc=fail header.from=probation.example"], "fail"),
        ([RESULTS + "spf=fail (dkim=pass header.d=probation.example) smtp.mailfrom=x@bulk.example"], "fail"),
        ([RESULTS + 'spf=fail smtp.mailfrom="; dmarc=pass"@bulk.example'], "fail"),
        ([RESULTS + "none"], "unknown"),
        (["Authentication-Results: mx.attacker.example; dmarc=pass"], "unknown"),
        (["X-Nothing: said"], "unknown"),
        ([CAME_IN, RESULTS + PASSED, STRANGE], "pass"),
        ([HANDED_ON, RESULTS + PASSED, CAME_IN, STRANGE], "pass"),
        ([STRANGE, RESULTS + PASSED], "unknown"),
        ([CAME_IN, STRANGE, RESULTS + PASSED], "unknown"),
        ([CAME_IN, CAME_IN, RESULTS + PASSED], "unknown"),
        ([RESULTS + "dmarc=fail", CAME_IN, RESULTS + PASSED], "fail"),
        (
            [EXCHANGE, "Authentication-Results: spf=pass (sender IP is 192.0.2.1); " + PASSED, EXCHANGE_EDGE],
            "pass",
        ),
        ([EXCHANGE, "Authentication-Results: spf=fail; dmarc=fail", EXCHANGE_EDGE], "fail"),
        ([EXCHANGE_EDGE, "Authentication-Results: spf=pass; " + PASSED], "unknown"),
        (["Authentication-Results: spf=pass; " + PASSED, STRANGE], "unknown"),
    ],
)
def test_only_our_own_server_says_who_is_genuine(mail: Mail, above: list[str], verdict: str) -> None:
    message = parse("".join(f"{line}\r\n" for line in above).encode() + mail().as_bytes())
    found = judge(message, OURS)
    assert (found.verdict, found.doubted) == (verdict, verdict != "pass")
    assert found.because


def test_without_a_server_of_ours_nobody_is_judged(mail: Mail) -> None:
    message = parse((RESULTS + PASSED + "\r\n").encode() + mail().as_bytes())
    assert (judge(message, frozenset()).verdict, judge(message, frozenset()).doubted) == ("unknown", False)
