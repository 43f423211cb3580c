"""Signing in with a second factor, in a browser: set up by hand, asked for, and a recovery code in its place."""

from __future__ import annotations

from collections.abc import Callable

import pyotp
from playwright.sync_api import expect

from tests.journeys.conftest import Running, Visitor


def test_an_app_is_set_up_and_asked_for_at_the_next_sign_in(
    visitor: Callable[..., Visitor], running: Running
) -> None:
    manager = visitor()
    manager.sign_in("manager")
    page = manager.page
    manager.go("/account")
    manager.follow("Set up your authenticator app")
    page.get_by_text("I cannot scan it").click()
    secret = page.locator(".app-key").inner_text().replace(" ", "")
    page.get_by_label("Six-digit code").fill(pyotp.TOTP(secret).now())
    page.get_by_label("Your password", exact=True).fill(running.passwords["manager"])
    manager.press("Finish")
    recovery_code = page.locator(".app-codes li").first.inner_text()
    manager.follow_button("I have kept them")
    manager.press("Sign out")
    manager.sign_in("manager")
    expect(page.get_by_role("heading", name="Enter your code")).to_be_visible()
    page.get_by_label("Six-digit code from your app").fill(recovery_code)
    manager.press("Continue")
    expect(page.get_by_text("Your account")).to_be_visible()
