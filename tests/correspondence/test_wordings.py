"""The words of letters: changed by the office, refused when wrong, kept in versions, filled and drawn."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jcr.cases.rules import england
from jcr.correspondence import wordings
from jcr.correspondence.filling import filled, named_in
from jcr.correspondence.model import Kind, Letter, Wording
from jcr.correspondence.placeholders import ONE_LINE, TEMPLATES, placeholders_of
from jcr.correspondence.service import Letterhead
from jcr.correspondence.wordings import Overtaken
from jcr.db import Sessions
from jcr.errors import Incomplete, NotAllowed
from jcr.history.model import Entry
from jcr.triage.service import decline
from tests.cases.made import in_triage
from tests.services.verapdf import verapdf

WHY = "The office asked for plainer words."
PAGE = "/letters/wordings/declined"


def changed(key: str = "declined", **parts: str) -> dict[str, str]:
    return {**wordings.delivered(key), **parts}


def with_more(key: str, part: str, more: str) -> dict[str, str]:
    words = wordings.delivered(key)
    return {**words, part: f"{words[part]}\n\n{more}"}


@pytest.mark.parametrize("key", TEMPLATES)
def test_the_words_as_delivered_have_no_fault_and_use_what_is_listed(key: str) -> None:
    parts = wordings.delivered(key)
    assert list(parts) == list(TEMPLATES[key].parts)
    assert list(wordings.faults(key, parts)) == []
    used = {name for words in parts.values() for name in named_in(words)}
    common = {"today", "partnership", "contact", "initials", "officer", "reference"}
    assert set(TEMPLATES[key].placeholders) - used <= common | {
        "review",
        "reviews",
        "activities",
        "only_domestic",
    }


def test_a_line_about_nothing_is_left_out_and_so_is_a_heading_over_nothing() -> None:
    words = "Dear {{ who }}\n\n## Then\n\n{{ only_child }}For a child.\n\n- {{ gone }}: a point\n\n## Last\n\nEnd."
    values = {"who": "Ann {{ gone }}", "only_child": None, "gone": None}
    assert filled(words, values) == "Dear Ann {{ gone }}\n\n## Last\n\nEnd."
    assert "For a child." in filled(words, values | {"only_child": ""})


@pytest.mark.parametrize(
    "part, words, sentence",
    [
        (
            "text",
            "Dear {{ refferrer }}",
            r"“\{\{ refferrer \}\}” is not a placeholder.*mean \{\{ referrer \}\}",
        ),
        ("text", "Dear {{ nobody_at_all }}", r"You can use: \{\{ reference \}\}, .*\{\{ reconsider_by \}\}"),
        ("text", "Dear {{ referrer", "brackets that belong to no placeholder"),
        ("text", "{% for x in y %}", "brackets that belong to no placeholder"),
        ("text", "Dear {{ referrer.email }}", "brackets that belong to no placeholder"),
        ("text", "Nothing about why.", r"needs \{\{ agreed_by \}\}|needs \{\{ reasons \}\}"),
        ("body", "  ", "cannot go without it"),
        ("subject", "{{ reference }} on {{ initials }}", "does not go into a subject"),
        ("heading", "About {{ referrer }}", r"Use only \{\{ reference \}\}, \{\{ today \}\} or"),
        ("subject", "Decision on your referral", r"needs \{\{ reference \}\}"),
    ],
)
def test_words_that_cannot_work_are_refused_with_a_sentence(
    session: Session, partnership: Any, NOW: datetime, part: str, words: str, sentence: str
) -> None:
    parts = changed(**{part: words})
    said = " ".join(found for at, found in wordings.faults("declined", parts) if at == part)
    assert re.search(sentence, said), said
    with pytest.raises(Incomplete):
        wordings.save(session, "declined", parts, 1, WHY, partnership.officer.as_actor(), NOW)
    assert wordings.current(session, "declined").number == 1


def test_each_save_is_a_version_and_an_earlier_one_can_be_put_back(
    session: Session, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    parts = with_more("declined", "text", "With thanks from us all.")
    saved = wordings.save(session, "declined", parts, 1, WHY, officer, NOW)
    assert (saved.number, saved.saved_by, saved.why, saved.saved_at) == (2, "Rhiannon Maddox", WHY, NOW)
    wordings.put_back(session, "declined", 1, "Too chatty.", officer, NOW + timedelta(hours=1))
    found = wordings.versions(session, "declined")
    assert [one.number for one in found] == [3, 2, 1]
    assert found[0].parts == found[2].parts == wordings.delivered("declined")
    assert found[0].why == "Version 1 put back: Too chatty."
    acts = session.scalars(select(Entry.act).where(Entry.act.contains("words of"))).all()
    assert acts[0] == "saved version 2 of the words of “Referral declined at triage”"


def test_saving_needs_a_reason_a_change_and_somebody_of_the_team(
    session: Session, partnership: Any, NOW: datetime
) -> None:
    parts, officer = with_more("declined", "text", "Thank you."), partnership.officer.as_actor()
    with pytest.raises(Incomplete, match="Say why the words change"):
        wordings.save(session, "declined", parts, 1, " ", officer, NOW)
    with pytest.raises(Incomplete, match="Nothing was changed"):
        wordings.save(session, "declined", changed(), 1, WHY, officer, NOW)
    with pytest.raises(NotAllowed):
        wordings.save(session, "declined", parts, 1, WHY, partnership.member.as_actor(), NOW)


def test_of_two_who_save_at_once_the_second_is_told(
    session: Session, partnership: Any, NOW: datetime
) -> None:
    officer = partnership.officer.as_actor()
    wordings.save(session, "declined", with_more("declined", "text", "First."), 1, WHY, officer, NOW)
    with pytest.raises(Overtaken, match="Rhiannon Maddox saved version 2"):
        wordings.save(session, "declined", with_more("declined", "text", "Second."), 1, WHY, officer, NOW)
    session.add(Wording(letter="declined", number=2, parts={}, why="x", saved_by="x", saved_at=NOW))
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.tor("7.3")
def test_a_letter_is_made_from_the_version_in_use_and_keeps_its_own_words(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    officer, chair = partnership.officer.as_actor(), session.merge(partnership.chair)
    parts = with_more("declined", "text", "The office of {{ partnership }} wrote this <plainly>.")
    wordings.save(session, "declined", parts, 1, WHY, officer, NOW)
    case = in_triage(session, head, partnership.officer, NOW)
    letter = decline(session, head, england(), case, "Outside {{ every }} route.", chair, officer, NOW)
    assert letter.wording == 2
    assert f"The office of {head.partnership} wrote this <plainly>." in letter.text
    assert "Outside {{ every }} route." in letter.text  # what a person wrote is never filled
    before = letter.text
    wordings.put_back(session, "declined", 1, "Too chatty.", officer, NOW)
    assert session.get_one(Letter, letter.id).text == before
    assert letter.values["initials"] == "CQ"


def test_a_letter_in_changed_words_is_still_an_accessible_pdf(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime, tmp_path: Any
) -> None:
    officer, chair = partnership.officer.as_actor(), session.merge(partnership.chair)
    more = (
        "## A new heading ⚖\n\n- one {{ reasons }}\n- two\n\n{{ initials }}\n\n## Another\n\nŁódź, Ĉ, עברית."
    )
    wordings.save(session, "declined", with_more("declined", "text", more), 1, WHY, officer, NOW)
    case = in_triage(session, head, partnership.officer, NOW)
    letter = decline(session, head, england(), case, "Outside every route.", chair, officer, NOW)
    made = tmp_path / "letter.pdf"
    made.write_bytes(letter.enclosures[0].file.content)
    assert verapdf([made]) == []


def test_no_subject_or_heading_can_name_anybody() -> None:
    personal = {"referrer", "initials", "officer", "reasons", "paragraph", "link", "questions", "why"}
    for key, template in TEMPLATES.items():
        bare = {name for name, one in placeholders_of(key).items() if one.bare}
        assert not bare & personal, key
        for part in set(ONE_LINE) & set(template.parts):
            assert set(named_in(wordings.delivered(key)[part])) <= bare


@pytest.fixture
def officer(
    client: FlaskClient, sign_in: Any, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime
) -> FlaskClient:
    with sessions.transaction() as session:
        case = in_triage(session, head, partnership.officer, NOW)
        chair, actor = session.merge(partnership.chair), partnership.officer.as_actor()
        decline(session, head, england(), case, "Outside every route, we find.", chair, actor, NOW)
    sign_in(client, partnership.officer)
    return client


def test_the_page_previews_on_demonstration_values_and_on_a_real_case_and_saves_nothing(
    officer: FlaskClient, sessions: Sessions, words: Any
) -> None:
    typed = with_more("declined", "text", "A word of thanks.")
    page = words(officer.post(PAGE, data=typed | {"show": "yes"}).text)
    assert "Filled with demonstration values" in page
    assert page.count("A word of thanks.") == 2  # in the box and in the letter
    real = words(officer.post(PAGE, data=typed | {"show": "yes", "case": "jcr-2026-0001"}).text)
    assert "Filled from the letter written on JCR-2026-0001" in real
    assert "Outside every route, we find." in real
    other = "/letters/wordings/decision"
    basics = officer.post(other, data=wordings.delivered("decision") | {"show": "y", "case": "JCR-2026-0001"})
    assert "Filled from what is known of JCR-2026-0001, else with demonstration values" in words(basics.text)
    with sessions.reading() as session:
        assert session.scalars(select(Wording)).all() == []


def test_a_mistake_brings_every_word_back_with_the_names_that_exist(officer: FlaskClient) -> None:
    typed = with_more("declined", "text", "Dear {{ refferrer }} <b>") | {"save": "yes", "why": "My reason"}
    answer = officer.post(PAGE, data=typed)
    assert answer.status_code == 422
    assert "Did you mean {{ referrer }}?" in answer.text
    assert "Dear {{ refferrer }} &lt;b&gt;" in answer.text
    assert 'value="My reason"' in answer.text
    unknown = officer.post(PAGE, data=changed() | {"case": "JCR-2026-0099"})
    assert "There is no case JCR-2026-0099" in unknown.text


def test_saving_versions_overtaking_and_putting_back_on_the_page(
    officer: FlaskClient, sessions: Sessions, words: Any
) -> None:
    mine = with_more("declined", "text", "Mine.") | {"save": "yes", "why": WHY, "based_on": "1"}
    assert officer.post(PAGE, data=mine).location == PAGE
    assert "Version 2, saved by Rhiannon Maddox" in words(officer.get(PAGE).text)
    theirs = with_more("declined", "text", "Theirs.") | {"save": "yes", "why": WHY, "based_on": "1"}
    late = officer.post(PAGE, data=theirs)
    assert late.status_code == 409
    assert "Mine." in late.text
    assert "Theirs." in late.text
    assert 'name="based_on" value="2"' in late.text
    back = f"{PAGE}/versions/1"
    assert officer.post(back, data={}).status_code == 422
    assert officer.post(back, data={"why": "Too chatty."}).location == PAGE
    assert "Version 1 put back: Too chatty." in words(officer.get(PAGE).text)
    with sessions.reading() as session:
        letter = session.scalars(select(Letter).where(Letter.kind == Kind.DECLINED)).one()
    assert "Version 1 of its words" in words(officer.get(f"/letters/{letter.id}").text)
    assert officer.get("/letters/wordings/nothing").status_code == 404


def test_the_words_are_not_for_others(client: FlaskClient, sign_in: Any, partnership: Any) -> None:
    sign_in(client, partnership.chair)
    assert client.get(PAGE).status_code == 403


def test_a_subject_refuses_what_may_have_nothing_to_say() -> None:
    words = wordings.delivered("scoping_reminder") | {"subject": "{{ cases }} {{ reference }}: returns"}
    wrong = [sentence for part, sentence in wordings.faults("scoping_reminder", words) if part == "subject"]
    assert any("may have nothing to say, and this would then be empty" in sentence for sentence in wrong)


SCOPING = (
    "scoping_link", "scoping_sent_back", "scoping_extension", "scoping_receipt", "scoping_sign_off", "scoping_reminder",
    "scoping_escalation",
)  # fmt: skip


def test_the_office_may_change_the_words_of_each_letter_of_scoping(
    client: FlaskClient, sign_in: Any, partnership: Any, sessions: Sessions
) -> None:
    sign_in(client, partnership.officer)
    for key in SCOPING:
        body = wordings.delivered(key)["body"] + "\n\nThank you for your help."
        data = {**wordings.delivered(key), "body": body, "why": WHY, "based_on": "1", "save": "yes"}
        assert client.post(f"/letters/wordings/{key}", data=data).status_code == 302
        wrong = client.post(f"/letters/wordings/{key}", data=data | {"body": "Dear {{ nobdy }}"})
        assert (wrong.status_code, "is not a placeholder of this letter" in wrong.text) == (422, True)
    with sessions.reading() as session:
        saved = [wordings.current(session, key).parts["body"] for key in SCOPING]
    assert all(body.endswith("Thank you for your help.") for body in saved)
