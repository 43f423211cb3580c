"""The migrations bring an empty database of either kind to the tables of the models."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text

from jcr import migrating
from jcr.db import make_engine
from jcr.models import Base


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    if request.param == "sqlite":
        return make_engine(f"sqlite:///{tmp_path}/new/folder/jcr.db")
    server = make_engine(request.getfixturevalue("postgresql"))
    with server.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("CREATE DATABASE migrated"))
    return make_engine(server.url.set(database="migrated").render_as_string(hide_password=False))


def test_an_empty_database_is_brought_to_the_models_and_a_second_time_changes_nothing(empty: Engine) -> None:
    migrating.upgrade(empty)
    migrating.upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    empty.dispose()
