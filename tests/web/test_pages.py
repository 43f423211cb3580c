"""Every page an officer, a referrer or an agency comes to by following links, looked over for sound HTML."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from lxml.html import HtmlElement

from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from tests.cases import made
from tests.conftest import on_one_database

OF_A_KIND = 12  # pages of one view: the thirteenth shows nothing new
POINTING = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
Pages = dict[str, HtmlElement]


@pytest.fixture
def office(sessions: Sessions, head: Letterhead, partnership: Any, NOW: Any) -> None:
    """Cases at several stages: to confirm, in triage, in scoping, before those who ratify."""
    with sessions.transaction() as session:
        made.referred(session, head, NOW)
        made.in_triage(session, head, partnership.officer, NOW, made.CHILD)
        made.in_scoping(session, head, partnership.officer, NOW, partnership.police, partnership.wvt)
        made.in_ratification(session, head, partnership, NOW)


def crawled(client: FlaskClient, *starts: str) -> Iterator[tuple[str, HtmlElement]]:
    """Each page that links lead to from these, by its address without the query."""
    waiting, met, kinds = deque(starts), set(starts), Counter[str]()
    views = client.application.url_map.bind("")
    while waiting:
        path = waiting.popleft()
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        if answer.mimetype != "text/html":
            continue
        page = html.fromstring(answer.text)
        yield answer.request.path, page
        for link in page.xpath("//a/@href"):
            known = urldefrag(urlsplit(link).path)[0]
            if not link.startswith("/") or known in met:
                continue
            met.add(known)
            view = views.match(known)[0]
            kinds[view] += 1
            if kinds[view] <= OF_A_KIND:
                waiting.append(known)


def faults(page: HtmlElement) -> Iterator[str]:
    """What is wrong with a page, in words."""
    ids = page.xpath("//@id")
    yield from (f"the id {one} stands twice" for one in sorted({one for one in ids if ids.count(one) > 1}))
    if page.xpath("count(//h1)") != 1:
        yield f"{page.xpath('count(//h1)')} main headings"
    if not page.get("lang"):
        yield "no language"
    for name in POINTING:
        for points in page.xpath(f"//@{name}"):
            yield from (
                f"{name} points at {one}, which is not there" for one in points.split() if one not in ids
            )
    yield from (f"inline {name}" for name in page.xpath("//@style | //@*[starts-with(name(), 'on')]"))
    for form in page.xpath("//form[.//button[contains(@name, '-remove')]]"):
        first = form.xpath(".//button[not(@type) or @type='submit']")[0]
        if (first.get("name") or "").endswith(("-remove", "-add")):
            yield "Enter would remove or add a row"
    for box in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        if not page.xpath("//label[@for=$id]", id=box.get("id")) and not box.get("aria-label"):
            yield f"{box.get('name')} has no label"
    levels = [
        int(heading.tag[1])
        for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")
    ]
    if any(after - before > 1 for before, after in pairwise(levels)):
        yield f"a heading level is skipped: {levels}"


def assert_sound(app: Flask, pages: Pages) -> None:
    found = {path: list(faults(page)) for path, page in pages.items()}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    titles: dict[str, set[str]] = {}
    with app.test_request_context():
        matched = app.url_map.bind("")
        for path, page in pages.items():
            titles.setdefault(page.findtext(".//title"), set()).add(str(matched.match(path)[0]))
    assert {title: of for title, of in titles.items() if len(of) > 1} == {}


@pytest.mark.tor("B.6")
def test_every_page_of_the_office_is_sound(
    app: Flask, client: FlaskClient, office: None, partnership: Any, sign_in: Callable[..., None]
) -> None:
    sign_in(client, partnership.officer)
    pages = dict(
        crawled(client, "/", "/cases", "/cases/JCR-2026-0001/reading", "/cases/JCR-2026-0002/scoping")
    )
    for part in (
        "/triage",
        "/scoping",
        "/returns",
        "/criteria",
        "/recommendation",
        "/letters/",
        "/meetings/1",
    ):
        assert any(part in path for path in pages), part
    assert_sound(app, pages)


@on_one_database
@pytest.mark.parametrize("who", ["chair", "member", "hsab_chair", "agency", "administrator"])
def test_every_page_of_the_others_is_sound(
    app: Flask, client: FlaskClient, office: None, partnership: Any, sign_in: Callable[..., None], who: str
) -> None:
    sign_in(client, getattr(partnership, who))
    assert_sound(app, dict(crawled(client, "/")))


def test_the_pages_of_a_referrer_are_sound(app: Flask, client: FlaskClient, partnership: Any) -> None:
    saved = client.post("/referral").location
    pages = dict(crawled(client, "/referral", "/sign-in", saved))
    assert len([path for path in pages if path.startswith(f"{saved}/")]) > 11
    assert_sound(app, pages)


def test_pages_with_mistakes_are_sound_and_every_error_links_to_a_box(
    app: Flask, client: FlaskClient, office: None, partnership: Any, sign_in: Callable[..., None]
) -> None:
    sign_in(client, partnership.officer)
    wrong = {"incident_date-day": "31", "subjects-0-subject_nhs_number": "1"}
    posts = {
        "/cases/JCR-2026-0001/reading": wrong | {"confirm": "yes"},
        "/cases/JCR-2026-0002/triage/decline": {},
        "/cases/JCR-2026-0002/scoping": {},
        "/meetings/new": {},
    }
    pages: Pages = {}
    for path, typed in posts.items():
        answer = client.post(path, data=typed)
        assert answer.status_code in (403, 409, 422), path
        pages[path] = html.fromstring(answer.text)
    for path, page in pages.items():
        links = page.xpath("//*[contains(@class, 'govuk-error-summary')]//a/@href")
        assert all(link[1:] in page.xpath("//@id") for link in links), (path, links)
        assert list(faults(page)) == [], path
