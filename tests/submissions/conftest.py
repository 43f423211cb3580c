"""A case as far as its recommendation, with an open action of an agency, for the forms about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jcr.actions.model import Action
from jcr.actions.service import Agreed, agree
from jcr.decisions.model import Recommendation
from tests.decisions.conftest import calendar, hold, recommended, said  # noqa: F401  # fixtures


@pytest.fixture
def made(recommended: Callable[..., Recommendation]) -> Recommendation:  # noqa: F811
    return recommended()


@pytest.fixture
def police_action(session: Session, made: Recommendation, partnership: Any, NOW: datetime) -> Action:
    """An action of the police, owned by somebody whose name is outside Latin-1."""
    due = (NOW + timedelta(days=60)).date()
    police = session.merge(partnership.police)
    agreed = Agreed("Train the call takers", "Siân Łukaszewska", due, "Missed visits are asked about", police)
    return agree(session, made.case, agreed, partnership.officer.as_actor(), NOW)
