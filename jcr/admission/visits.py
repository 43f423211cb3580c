"""Visits of people outside: behind every link stands a code, sent to the address the link was made for."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, current_app, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from jcr.admission import limits, tries
from jcr.admission.browsers import BEGUN, BROWSER, VISITS
from jcr.admission.visit_pages import code_page, over_page
from jcr.cases.service import is_walled_off
from jcr.correspondence import codes
from jcr.errors import NotAllowed
from jcr.history.service import record
from jcr.links import new_token
from jcr.outsiders import service as outsiders
from jcr.outsiders.model import OutsideLink, Purpose
from jcr.web.access import is_behind_link
from jcr.web.request import db, now, sessions, settings, the_letterhead

MOST_VISITS = 20  # that one browser keeps; a cookie holds little
CODES_FROM_ADDRESS, CODES_OF_LINK = 6, 20  # an hour; the second is out of one stranger's reach
NEW_LINKS_A_DAY = 3
MOST_BEGUN = 5  # drafts that one browser holds open
OF_A_CASE = (
    Purpose.SIGN_OFF,
    Purpose.SCOPING,
    Purpose.RETURN_SIGN_OFF,
    Purpose.ACTION,
    Purpose.MEETING,
)  # closed to whoever has a conflict
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NO_MORE_CODES = "Too many codes were asked for. Use the last one that was sent, or try again in an hour"
WRONG = (
    "That is not the code, or it is no longer good. Check the latest e-mail from us, or ask for another code"
)
BEGUN_ELSEWHERE = (
    "This referral opens only at the browser where it was begun, and there only for some hours: no e-mail address was "
    "given to which we could send a code. Open it there and give one. If that cannot be done, begin anew."
)
ON_ITS_WAY = "A new code is on its way. Only the latest one is good."


def _ask_for_code() -> ResponseReturnValue | None:
    """Apart from the request's own transaction: what is refused counts as well, and a page that looks stays so."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or not is_behind_link(view):
        return None
    with sessions().reading() as reading:
        link = outsiders.by_token(reading, (request.view_args or {}).get("token", ""))
        walled = (
            link is not None
            and link.purpose in OF_A_CASE
            and is_walled_off(reading, link.case_id, link.address)
        )
    if link is None:
        return None  # the view says so, and strangers who try links are counted
    if walled:
        raise NotAllowed(
            "You declared a conflict of interest on this case, so this link opens nothing any more."
        )
    if not link.holds(now()):
        return _over(link)
    if _is_visiting(link) or _began_here(link):
        _stay(link)
        return None
    if not link.address:
        raise NotAllowed(BEGUN_ELSEWHERE)  # nobody is known to whom a code could be sent
    return _at_the_door(link)


def begin_here(token: str) -> None:
    """What this browser just began stays open at it, and at it alone, until it is known whose it is."""
    link = outsiders.by_token(db(), token)
    assert link
    session.permanent = True  # a browser that is closed and opened again goes on
    session[BEGUN] = dict([*session.get(BEGUN, {}).items(), (str(link.id), 0)][-MOST_BEGUN:])
    _stay(link)


def _at_the_door(link: OutsideLink) -> ResponseReturnValue | None:
    if request.method == "POST" and "another_code" in request.form:
        return code_page(link, note=ON_ITS_WAY) if _send(link) else (code_page(link, NO_MORE_CODES), 429)
    if request.method != "POST" or "link_code" not in request.form:
        return (
            code_page(link) if _sent_already(link) or _send(link) else (code_page(link, NO_MORE_CODES), 429)
        )
    if not _accept(link.id, request.form["link_code"]):
        return code_page(link, WRONG), 422
    _stay(link)
    return None


def _over(link: OutsideLink) -> ResponseReturnValue:
    """Says that the link is over, and sends a new one on request; never to whom, nor whether it went."""
    asked = request.method == "POST" and "new_link" in request.form
    if asked and link.renewable and link.address:
        with sessions().transaction() as writing:
            if tries.counted(writing, f"new-link:{link.opens}", now(), DAY) <= NEW_LINKS_A_DAY:
                codes.send_anew(writing, the_letterhead(), link, now(), the_letterhead().links_hold)
    return over_page(link, asked), 200 if asked else 410


def _send(link: OutsideLink) -> bool:
    """Sends a code unless too many were asked for: from where this browser is, or for the link from everywhere."""
    with sessions().transaction() as writing:
        here = tries.counted(writing, f"codes:{link.id}:{limits.address()}", now(), HOUR)
        if here > CODES_FROM_ADDRESS:
            return False
        if tries.counted(writing, f"codes:{link.opens}", now(), HOUR) > CODES_OF_LINK:
            return False
        codes.send_code(writing, the_letterhead(), link, _browser(), now())
    return True


def _sent_already(link: OutsideLink) -> bool:
    with sessions().reading() as reading:
        return outsiders.waiting_code(reading, link, _browser(), now()) is not None


def _accept(link_id: int, typed: str) -> bool:
    with sessions().transaction() as writing:
        link = writing.get_one(OutsideLink, link_id, with_for_update=True)
        first = link.opened_at is None
        right = link.holds(now()) and outsiders.accept_code(writing, link, _browser(), typed, now())
        if right:
            _record(writing, link, first)
    return right


def _record(writing: Session, link: OutsideLink, first: bool) -> None:
    act = f"opened the link to the {link.purpose.shown.lower()} with the code sent to its address"
    record(writing, link.case_id, codes.HOLDER, now(), act if first else f"{act} again")


def _browser() -> str:
    """A name for this browser that only it knows: a code sent on its request is good nowhere else."""
    if BROWSER not in session:
        session[BROWSER] = new_token()
    return str(session[BROWSER])


def _is_visiting(link: OutsideLink) -> bool:
    since = session.get(VISITS, {}).get(str(link.id))
    holds = timedelta(minutes=settings().outsider_minutes)
    return since is not None and abs(now().timestamp() - since) <= holds.total_seconds()


def _began_here(link: OutsideLink) -> bool:
    """Whether a draft was begun at this browser and left alone no longer than anybody stays signed in; once it was
    sent, or opened by a code, the code is asked for here too."""
    since = session.get(BEGUN, {}).get(str(link.id))
    if since is None or link.case_id is not None or link.opened_at is not None:
        return False
    return abs(now().timestamp() - since) <= settings().longest_session.total_seconds()


def _stay(link: OutsideLink) -> None:
    """The visit goes on from now, for this link and no other."""
    if str(link.id) in session.get(BEGUN, {}):
        session[BEGUN] = {**session[BEGUN], str(link.id): int(now().timestamp())}
    visits = {**session.get(VISITS, {}), str(link.id): int(now().timestamp())}
    latest = sorted(visits.items(), key=lambda visit: visit[1])[-MOST_VISITS:]
    session[VISITS] = dict(latest)


def init_app(app: Flask) -> None:
    app.before_request(_ask_for_code)
