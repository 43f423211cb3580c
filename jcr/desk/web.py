"""The front page of each role, the list of cases, all dates, and the page of a case."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from jcr.admission import joining
from jcr.cases import briefing
from jcr.cases.web import the_case
from jcr.correspondence import delivery
from jcr.counting import in_words
from jcr.decisions.notices import NAMES as BODIES
from jcr.decisions.rules import NAMES as OUTCOMES
from jcr.desk import (
    board_report_pages,
    changing_pages,
    correcting_pages,
    date_pages,
    emergency_pages,
    for_others,
    history_pages,
    holiday_pages,
    leaving_pages,
    list_pages,
    named_pages,
    people_pages,
    reviewing_pages,
    seen_pages,
    service,
    waiting,
)
from jcr.desk.blueprint import pages
from jcr.desk.case_list import ROUTES
from jcr.desk.case_page import case_page
from jcr.desk.owing import owing
from jcr.desk.pile import pile_of
from jcr.mailroom import service as mailroom
from jcr.paging import Page, page_of
from jcr.people import absences
from jcr.people import service as people
from jcr.people.model import OFFICE_NAMES
from jcr.permissions import Permission
from jcr.roles import REVIEWING, Role
from jcr.web.access import allow, may, signed_in
from jcr.web.request import calendar, db, now, person, settings, today

__all__ = [
    "board_report_pages",
    "changing_pages",
    "correcting_pages",
    "date_pages",
    "emergency_pages",
    "history_pages",
    "holiday_pages",
    "leaving_pages",
    "list_pages",
    "named_pages",
    "pages",
    "people_pages",
    "reviewing_pages",
    "seen_pages",
]

MOST = 20  # rows of a table on the desk; the rest is behind a link
DATES_A_PAGE = 100


@pages.get("/")
@signed_in
def front() -> ResponseReturnValue:
    role = person().role
    if may(Permission.SEE_OFFICE):
        return _office()
    if role is Role.MEMBER:
        ahead = service.meetings_ahead(db(), person(), today(), MOST)
        return _page("member", meetings=ahead, to_brief=briefing.to_confirm(db(), person()))
    if role is Role.DECISION_MAKER:
        offices = people.offices_of(db(), person(), today())
        return _page(
            "decision_maker",
            waiting=waiting.for_decision(db(), person(), offices, MOST),
            offices=offices,
            most=MOST,
        )
    if role is Role.AGENCY_CONTACT:
        return _page("agency", page=_one_page(service.requests_of(person())))
    if role in REVIEWING or role is Role.SAFEGUARDING_LEAD:
        return _page("few_cases", page=_one_page(service.own_cases(person())))
    if role is Role.AUDITOR:
        return _page("auditor")
    mail = mailroom.warnings(db(), settings(), now())
    return _page("administrator", mail=mail, accounts=joining.accounts(db()))


@pages.get("/dates")
@allow(Permission.SEE_OFFICE)
def dates() -> ResponseReturnValue:
    number = request.args.get("page", 1, type=int)
    found = service.dates_page(db(), person(), today(), calendar(), number, DATES_A_PAGE)
    return _page("dates", dates=found, every=in_words(found.every))


@pages.get("/cases/<reference>")
@allow(Permission.SEE_CASES)
def case(reference: str) -> ResponseReturnValue:
    found = the_case(reference)
    page = case_page(db(), found, person(), today(), calendar(), settings().dardr_commenced_on)
    return render_template(
        "desk/case.html",
        wide=True,
        page=page,
        case=found,
        routes=ROUTES,
        delivery=delivery.STATES,
        outcomes=OUTCOMES,
        office_names=OFFICE_NAMES,
        bodies=BODIES,
        today=today(),
    )


def _office() -> str:
    sorts, sends = may(Permission.SORT_MAIL), may(Permission.SEND_AGAIN)
    counted = service.counted(db(), person(), today(), calendar())
    return _page(
        "office",
        most=MOST,
        shown=in_words,
        ahead=service.dates_ahead(db(), person(), today(), calendar(), counted, MOST),
        tasks=service.tasks(db(), person(), today(), MOST),
        every_task=service.count_tasks(db(), person(), today(), counted),
        owing=owing(db(), person(), MOST, counted.owed, afresh=counted.changed > 0),
        letters=delivery.troubled(db(), person(), MOST) if sends and counted.letters else (),
        every_letter=counted.letters if sends else 0,
        delivery=delivery.STATES,
        pile=pile_of(db(), counted.waiting) if sorts else None,
        mail=mailroom.warnings(db(), settings(), now()) if may(Permission.SEE_MAIL_CONNECTION) else (),
        meetings=service.meetings_ahead(db(), person(), today(), MOST),
    )


def _one_page(found: Select[Any]) -> Page[Any]:
    return page_of(db(), found, request.args.get("page", 1, type=int))


def _page(name: str, **parts: Any) -> str:
    standing_in = absences.deputised(db(), person(), today())
    for_them = for_others.tasks(db(), standing_in, today())
    return render_template(
        f"desk/{name}.html", wide=True, today=today(), standing_in=standing_in, for_others=for_them, **parts
    )
