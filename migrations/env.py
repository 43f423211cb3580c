"""Alembic's environment: the models' tables, and the connection that jcr passes in."""

from typing import Any, Literal

from alembic import context

from jcr.db import Moment
from jcr.models import Base


def plainly(kind: str, thing: Any, _: Any) -> str | Literal[False]:
    """Migrations name no code of ours, so that they still run when that code has changed."""
    return "sa.DateTime()" if kind == "type" and isinstance(thing, Moment) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    render_item=plainly,
)
with context.begin_transaction():
    context.run_migrations()
