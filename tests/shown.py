"""What a page sends back of itself, so that a test posts a form as a browser would."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

SEEN = re.compile(r'name="seen" value="([^"]*)"')


def seen_on(page: str) -> dict[str, str]:
    """The stamp of what the page showed, as its form sends it back."""
    found = SEEN.search(page)
    assert found
    return {"seen": found[1]}


def seen_at(client: FlaskClient, path: str) -> dict[str, str]:
    """The same of the page as it stands now."""
    return seen_on(client.get(path).text)
