"""How much anybody without an account may ask for: pages, forms sent, and links tried that do not exist."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv4Address, ip_address, ip_network

from flask import Flask, Response, abort, current_app, request, session
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests

from jcr.admission import tries
from jcr.admission.browsers import BROWSER, COOKIE, proved_by_code
from jcr.admission.model import KnownBrowser
from jcr.links import hashed
from jcr.web.access import Open, openness
from jcr.web.request import SAFE, now, sessions, settings

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# Asked for by machines of ours, cheap, and telling nothing
FREE = ("static", "mailroom.health", "mailroom.pages_answer")
SENT_PART = 4  # of the pages a minute, so many may be forms that are sent
UNKNOWN_LINKS_AN_HOUR = 30
OF_ONE_SITE = 64  # bits of an IPv6 address that its network has in common


def address() -> str:
    """Where the request comes from; behind a proxy, what the proxy says (JCR_PROXIES). Of an IPv6 address its network:
    whoever has one of those has all the others (RFC 6177)."""
    told = request.remote_addr or "nowhere"
    try:
        found = ip_address(told)
    except ValueError:
        return told
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, OF_ONE_SITE), strict=False))


def is_public() -> bool:
    """Whether this page is open to people without an account."""
    view = current_app.view_functions.get(request.endpoint or "")
    return view is not None and request.endpoint not in FREE and openness(view) is Open.TO_EVERYBODY


def _within_limits() -> None:
    """Counted in a transaction of its own, before the request has one: what is refused counts as well."""
    if not is_public():
        return
    most = settings().public_requests_a_minute
    with sessions().transaction() as writing:
        who = _asker(writing)
        asked = tries.counted(writing, f"asked:{who}", now(), MINUTE)
        sent = 0 if request.method in SAFE else tries.counted(writing, f"sent:{who}", now(), MINUTE)
    if asked > most or sent > most // SENT_PART:
        abort(429)


def _asker(reading: Session) -> str:
    """Whose requests are counted together: a browser's that somebody signed in at before, or opened a link with its
    code, else all of one address. So a stranger behind the same address does not use up what others need."""
    if proved_by_code():
        return f"visit:{session[BROWSER]}"
    token = hashed(request.cookies.get(COOKIE, ""))
    known = reading.scalar(select(KnownBrowser.id).where(KnownBrowser.token_hash == token).limit(1))
    return address() if known is None else f"browser:{token}"


def _count_unknown(response: Response) -> Response:
    """A link that exists opens as before: whoever tries others behind the same address keeps nobody from theirs."""
    if response.status_code != 404 or not is_public() or not _names_a_link():
        return response
    with sessions().transaction() as writing:
        unknown = tries.counted(writing, f"unknown:{address()}", now(), HOUR)
    if unknown <= UNKNOWN_LINKS_AN_HOUR:
        return response
    return current_app.make_response(current_app.handle_user_exception(TooManyRequests()))


def _names_a_link() -> bool:
    return "token" in (request.view_args or {})


def init_app(app: Flask) -> None:
    """Must come before the transaction of the request: its counts are written once that one is over."""
    app.before_request(_within_limits)
    app.after_request(_count_unknown)
