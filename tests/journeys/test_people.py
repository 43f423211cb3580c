"""Somebody joins by a link, says who stands in for them, and leaves: in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.test_main_job import choose, link_in, posted, write_date
from tests.journeys.through_time import InTime, served

SIAN = "sian.rhys@council.example"
IMOGEN = "Imogen Tate, Partnership Support Officer"
PASSWORD = "herons wade at dusk 41"


@pytest.fixture
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InTime]:
    with served(tmp_path_factory.mktemp("people"), datetime(2026, 11, 23, 9, 30, tzinfo=UTC)) as product:
        yield product


def test_somebody_joins_by_a_link_is_stood_in_for_and_leaves(
    visitor: Callable[..., Visitor], running: InTime
) -> None:
    administrator, officer = visitor(), visitor()
    add_an_officer(administrator)
    invitation = link_in(posted(running, SIAN), "/invitation/")
    officer.go(invitation)
    choose_password(officer, "short", "Use at least 12 characters")
    choose_password(officer, PASSWORD, "Your password is kept")
    sign_in(officer, "Desk")
    assert "This invitation has ended" in officer.page.request.get(invitation).text()
    go_away(officer)
    leave(administrator)
    officer.go("/account")
    sign_in(officer, "There is a problem")


def add_an_officer(administrator: Visitor) -> None:
    administrator.sign_in("administrator")
    page = administrator.page
    administrator.go("/people")
    administrator.follow_button("Add somebody")
    page.get_by_label("Name", exact=True).fill("Siân Rhys-Ŵyn")
    page.get_by_label("E-mail address").fill(SIAN)
    page.get_by_label("Role").select_option(label="Officer")
    page.get_by_label("Post").fill("Partnership Officer")
    administrator.press("Add and invite")


def choose_password(officer: Visitor, password: str, said: str) -> None:
    officer.page.get_by_label("Password", exact=True).fill(password)
    officer.press("Keep this password")
    expect(officer.page.get_by_text(said).first).to_be_visible()


def sign_in(officer: Visitor, said: str) -> None:
    page = officer.page
    page.get_by_label("E-mail address").fill(SIAN)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    officer.press("Sign in")
    expect(page.get_by_role("heading", name=said).first).to_be_visible()


def go_away(officer: Visitor) -> None:
    """The last day before the first is refused; a colleague of like work stands in."""
    page = officer.page
    officer.go("/account/away")
    choose(page, "Who stands in for you?", IMOGEN)
    write_date(page, "First day away", date(2026, 11, 24))
    write_date(page, "Last day away", date(2026, 11, 20))
    officer.press("Record it")
    expect(page.get_by_role("link", name="must be today or later, and not before the first")).to_be_visible()
    write_date(page, "Last day away", date(2026, 12, 4))
    officer.press("Record it")
    expect(page.get_by_text("Tuesday 24 November 2026 to Friday 4 December 2026")).to_be_visible()


def leave(administrator: Visitor) -> None:
    page = administrator.page
    administrator.go("/people")
    administrator.follow("Siân Rhys-Ŵyn")
    administrator.follow("Hand the work on and close the account")
    choose(page, "Who takes the work on?", IMOGEN)
    page.get_by_label("Why").fill("A new post at another council.")
    administrator.press("Hand on, and close the account")
    expect(page.get_by_text("The work is handed on to Imogen Tate")).to_be_visible()
