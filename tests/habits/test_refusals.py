"""What either database says when it refuses a row goes to the log, so it must not quote the row."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jcr.cases.model import CaseFile


def test_a_refusal_of_the_database_does_not_quote_what_was_to_be_stored(
    session: Session, partnership: Any
) -> None:
    session.add(CaseFile(case_id=999, file_id=999, name="Quillfeather", added_at=None, added_by="", what=""))
    with pytest.raises(IntegrityError) as refused:
        session.flush()
    assert "added_by" in str(refused.value)
    assert "[SQL parameters hidden" in str(refused.value)
