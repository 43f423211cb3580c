"""What the web server writes down of requests it cannot read or answer."""

from __future__ import annotations

import pytest

from jcr.serving import Server
from jcr.settings import Settings


def test_a_log_line_about_a_request_holds_nothing_of_what_stood_in_it(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    config = Server(settings, "127.0.0.1", 8000).cfg
    log = config.logger_class(config)
    log.error_log.addHandler(caplog.handler)
    log.warning("Invalid request from ip=::1: Invalid HTTP Version: 'Quillfeather HTTP/1.1'")
    log.exception("Error handling request %s %s", "GET", "/scoping/0f0f0f?q=Quillfeather")
    log.warning("Worker was sent %s: %s", "SIGTERM", "on purpose")
    log.error_log.removeHandler(caplog.handler)
    assert [record.getMessage() for record in caplog.records] == [
        "Invalid request from ip=::1", "Error handling a request", "Worker was sent SIGTERM: on purpose",
    ]  # fmt: skip
