"""Pages behind an agency’s link, without an account: what is asked, nil return, topics, receipt."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from flask import abort, make_response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from forms import Form, ScopingForm
from forms.shown import Section, section, sections
from forms.web import dress, error_list, place_of, rows_changed, topic_form, topic_state, topics_asked
from jcr.files.service import PDF, WORD
from jcr.scoping import service, signing
from jcr.scoping.another_agency import refusal
from jcr.scoping.asking import blank_form, form_name
from jcr.scoping.blueprint import pages
from jcr.scoping.copies import copy_of
from jcr.scoping.model import Request
from jcr.scoping.rules import days_late
from jcr.scoping.sent_back import asked_about
from jcr.scoping.signing_pages import LeadForm
from jcr.web.access import behind_link
from jcr.web.meanwhile import saved_meanwhile, saved_while_typing, stamp, typed_so_far
from jcr.web.request import calendar, db, now, the_letterhead, today


@pages.get("/scoping/<token>")
@behind_link
def start(token: str) -> ResponseReturnValue:
    asked = answerable(token)
    answers = service.answers_so_far(asked)
    rows = [(ScopingForm.topic(key), _state(key, answers)) for key in topics_asked(ScopingForm, answers)]
    return render_template(
        "scoping/start.html",
        asked=asked,
        token=token,
        given=_given(asked),
        rows=rows,
        today=today(),
        late=days_late(asked.return_by, today(), calendar()),
    )


@pages.route("/scoping/<token>/nothing", methods=["GET", "POST"])
@behind_link
def nothing(token: str) -> ResponseReturnValue:
    """The nil return: the second and last click."""
    asked = answerable(token)
    form = ScopingForm(
        request.form or None, data=service.answers_so_far(asked), only=service.NIL_NAMES, today=today()
    )
    dress(form)
    if request.method == "GET":
        return render_template("scoping/nothing.html", asked=asked, token=token, form=form)
    good = form.validate()
    if another := refusal(db(), asked, form.typed()):
        good, form.agency_name.errors = False, [another]
    if not good:
        errors = error_list(form)
        page = render_template("scoping/nothing.html", asked=asked, token=token, form=form, errors=errors)
        return page, 422
    service.nil_return(db(), the_letterhead(), asked, form.typed(), now())
    return redirect(url_for("scoping.sent", token=token))


@pages.route("/scoping/<token>/<key>", methods=["GET", "POST"])
@behind_link
def topic(token: str, key: str) -> ResponseReturnValue:
    """A topic is saved as typed, then shown again with what is wrong, so that nothing typed is ever lost."""
    asked = answerable(token)
    if key not in {each.key for each in ScopingForm.topics}:
        abort(404)
    form = topic_form(ScopingForm, key, request.form or None, service.answers_so_far(asked), today())
    if request.method == "GET":
        return _topic_page(asked, token, key, form, check="check" in request.args)
    if theirs := saved_meanwhile(form, _stored(asked, key)):
        return _topic_page(asked, token, key, form, theirs=theirs)
    pressed_row_button = rows_changed(form, request.form)
    service.save_draft(db(), asked, form.merged())
    if pressed_row_button:
        return _topic_page(asked, token, key, form)
    if saved := saved_while_typing(_stored(asked, key)):
        return saved
    if "later" in request.form:
        return redirect(url_for("scoping.start", token=token))
    if not form.validate():
        return redirect(url_for("scoping.topic", token=token, key=key, check="yes"))
    return redirect(_after(asked, token, key))


@pages.route("/scoping/<token>/check", methods=["GET", "POST"])
@behind_link
def check(token: str) -> ResponseReturnValue:
    asked = answerable(token)
    answers = service.answers_so_far(asked)
    faults = ScopingForm.from_answers(answers, today()).problems()
    if another := refusal(db(), asked, answers):
        faults = [("agency_name", another), *faults]
    lead = LeadForm(
        request.form if "lead_email" in request.form else None,
        data={"lead_email": signing.lead_address(asked)},
    )
    dress(lead)
    asks_lead = answers.get("agency_involved") == "yes"
    if request.method == "POST" and not faults and _lead_is_told(asks_lead, lead, asked):
        email = lead.lead_email.data if asks_lead else ""
        service.send_return(db(), the_letterhead(), asked, now(), email)
        return redirect(url_for("scoping.sent", token=token))
    page = render_template(
        "scoping/check.html",
        asked=asked,
        token=token,
        sections=sections(ScopingForm, answers),
        errors=_faults(token, faults) or (error_list(lead) if request.method == "POST" else None),
        ready=not faults,
        lead=lead if asks_lead else None,
    )
    return page, 422 if request.method == "POST" else 200


def _lead_is_told(asks_lead: bool, lead: LeadForm, asked: Request) -> bool:
    """Whether there is an address of the agency's lead, where one is asked for."""
    if not asks_lead:
        return True
    if lead.validate() and (wrong := signing.refusal(asked, lead.lead_email.data)):
        lead.lead_email.errors = [wrong]
    return not lead.lead_email.errors


@pages.get("/scoping/<token>/sent")
@behind_link
def sent(token: str) -> ResponseReturnValue:
    asked = found(token)
    if asked.latest is None or asked.state.is_waiting:
        return redirect(url_for("scoping.start", token=token))
    meets = asked.round.meets(now())
    return render_template("scoping/sent.html", asked=asked, token=token, returned=asked.latest, meets=meets)


@pages.get("/scoping/<token>/copy.pdf")
@behind_link
def copy(token: str) -> ResponseReturnValue:
    asked = found(token)
    if asked.latest is None:
        abort(404)
    content = copy_of(asked, asked.latest, the_letterhead())
    return send_file(io.BytesIO(content), PDF, False, form_name(asked, "pdf"))


@pages.get("/scoping/<token>/form.docx")
@behind_link
def form(token: str) -> ResponseReturnValue:
    asked = answerable(token)
    return send_file(io.BytesIO(blank_form(asked, the_letterhead())), WORD, True, form_name(asked, "docx"))


def found(token: str) -> Request:
    """The request of this link, or a page that says what to do about a link that is not known."""
    asked = service.by_token(db(), token)
    if asked is None:
        abort(make_response(render_template("scoping/unknown.html"), 404))
    return asked


def answerable(token: str) -> Request:
    """The request of this link; one that was answered shows its receipt instead."""
    asked = found(token)
    if not asked.state.is_waiting:
        abort(redirect(url_for("scoping.sent", token=token)))
    return asked


def _given(asked: Request) -> Section:
    """What the office has filled in: whom the request is about, and the incident."""
    given = ScopingForm.given
    assert given is not None
    return section(ScopingForm(data=asked.known), given, with_blanks=False)


def _stored(asked: Request, key: str) -> dict[str, Any]:
    return typed_so_far(asked.draft, ScopingForm.topic(key).names)


def _topic_page(
    asked: Request,
    token: str,
    key: str,
    form: Form,
    check: bool = False,
    theirs: Sequence[tuple[str, str]] = (),
) -> ResponseReturnValue:
    wrong = check and not form.validate()
    place = place_of(ScopingForm, key, service.answers_so_far(asked))
    shown = ScopingForm.topic(key)
    page = render_template(
        "scoping/topic.html",
        asked=asked,
        topic=shown,
        asked_again=asked_about(asked, shown.names),
        form=form,
        token=token,
        place=place,
        seen=stamp(_stored(asked, key)),
        theirs=theirs,
        errors=error_list(form) if wrong else None,
    )
    return page, 409 if theirs else 422 if wrong else 200


def _after(asked: Request, token: str, key: str) -> str:
    """The next topic; after the last one, the check of all answers."""
    following = place_of(ScopingForm, key, service.answers_so_far(asked)).following
    if following:
        return url_for("scoping.topic", token=token, key=following)
    return url_for("scoping.check", token=token)


def _state(key: str, answers: dict[str, Any]) -> str:
    """How far a topic is; *optional* where nothing in it must be answered. The name we gave is no start."""
    typed = {name: value for name, value in answers.items() if name != "agency_name"}
    if topic_state(ScopingForm, key, typed, today()) != "todo":
        return topic_state(ScopingForm, key, answers, today())
    involved = {**answers, "agency_involved": "yes"}
    cut = ScopingForm(data=involved, only=ScopingForm.topic(key).names, today=today())
    return "optional" if key != "involvement" and cut.validate() else "todo"


def _faults(token: str, faults: list[tuple[str, str]]) -> dict[str, Any] | None:
    if not faults:
        return None
    topics = {name: topic.key for topic in ScopingForm.topics for name in topic.names}
    listed = [
        {
            "text": text,
            "href": url_for("scoping.topic", token=token, key=topics[name.partition(".")[0]], check="yes"),
        }
        for name, text in faults
    ]
    return {"titleText": "Before you can send the return", "errorList": listed}
