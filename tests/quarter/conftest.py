"""The quarter, lived through once; the tests look back on it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from jcr import demonstration
from jcr.correspondence.service import letterhead
from jcr.settings import Settings
from tests.conftest import made_up, with_tables
from tests.quarter.office import Quarter

CASES = 40


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory, _app: Flask) -> Iterator[Quarter]:
    folder = tmp_path_factory.mktemp("quarter")
    sessions = with_tables(f"sqlite:///{folder}/jcr.db")
    settings = Settings(
        secret_key="a secret for the quarter that is long enough", smtp_url=f"maildir:{folder}/out"
    )
    head = letterhead(settings)
    _app.extensions.update(settings=settings, sessions=sessions, letterhead=head)
    _app.jinja_env.globals.update(settings=settings)
    _app.config.update(WTF_CSRF_ENABLED=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demonstration, "hash_password", lambda _: "nobody signs in")
        partnership = made_up(sessions)
    lived = Quarter(
        sessions, head, _app, folder / "in", partnership, date(2026, 11, 23), random.Random(2026)
    )  # fmt: skip
    lived.work(CASES)
    yield lived
    sessions.engine.dispose()
