"""Whose turn it is to read a mailbox: one worker at a time, and one that dies gives its turn up by dying."""

from __future__ import annotations

import contextlib
import fcntl
from hashlib import sha256
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine, func, literal, select
from sqlalchemy.exc import DBAPIError


class Turn:
    """On PostgreSQL a lock of the session, on SQLite a locked file beside the database.

    Ask `mine()` before each look. Only peace and quiet hang on it: the ledger refuses a second row of a message.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._key = sha256(name.encode()).digest()[:8]
        self._connection: Connection | None = None
        self._file: IO[bytes] | None = None

    def mine(self) -> bool:
        """Takes the turn when it is free; says whether this worker has it."""
        if self._engine.dialect.name == "postgresql":
            return self._still_connected() or self._connect()
        return self._file is not None or self._lock()

    def give_up(self) -> None:
        """Lets another worker have it."""
        if self._connection is not None:
            self._connection.invalidate()  # closed and not returned to the pool, where the lock would live on
            self._connection.close()
        if self._file is not None:
            self._file.close()
        self._connection = self._file = None

    def _still_connected(self) -> bool:
        if self._connection is None:
            return False
        try:
            self._connection.execute(select(1))
        except DBAPIError:
            self.give_up()
        return self._connection is not None

    def _connect(self) -> bool:
        key = int.from_bytes(self._key, signed=True)
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if connection.scalar(select(func.pg_try_advisory_lock(literal(key)))):
            self._connection = connection
            return True
        connection.close()
        return False

    def _lock(self) -> bool:
        path = self._engine.url.database
        if not path or path == ":memory:":
            return True
        file = Path(f"{path}.{self._key.hex()}.turn").open("wb")  # noqa: SIM115  # held open while the turn lasts
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._file = file
            return True
        file.close()
        return False
