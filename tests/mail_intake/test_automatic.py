"""Answers that programs gave, in many languages and by many systems, told from what people write."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from mail_intake.message import parse
from mail_intake.screening import screen

Mail = Callable[..., EmailMessage]


def sort_of(letter: EmailMessage) -> str:
    return screen(parse(letter.as_bytes())).sort


@pytest.mark.parametrize(
    "prefix",
    [
        "Automatic reply: ",
        "Out of Office AutoReply: ",
        "Out-of-Office Reply: ",
        "AUTO: Jane Hart is out of the office (returning 01/12/2026) - ",
        "AUTO : Jane Hart est absente (retour le 01/12/2026) - ",
        "OOO - back on Monday. ",
        "Out of office Re: ",
        "Away until 4 May - Re: ",
        "Away on annual leave Re: ",
        "OOO Re: ",
        "Auto: Re: ",
        "Vacation: Re: ",
        "Automatische Antwort: ",
        "Abwesenheitsnotiz: ",
        "Réponse automatique : ",
        "Absence du bureau : ",
        "Respuesta automática: ",
        "Fuera de la oficina: ",
        "Risposta automatica: ",
        "Resposta automática: ",
        "Automatisch antwoord: ",
        "Autosvar: ",
        "Automatisk svar: ",
        "Automaattinen vastaus: ",
        "Autoodpowiedź: ",
        "Automatyczna odpowiedź: ",
        "Odpowiedź automatyczna: ",
        "Automatická odpověď: ",
        "Automatická odpoveď: ",
        "Automatikus válasz: ",
        "Răspuns automat: ",
        "Automatski odgovor: ",
        "Samodejni odgovor: ",
        "Automatinis atsakymas: ",
        "Ausente do escritório: ",
        "Frånvarande: ",
        "不在办公室: ",
        "Automātiskā atbilde: ",
        "Automaatvastus: ",
        "Automaatne vastus: ",
        "I am on annual leave until 30/11 Re: ",
        "Automatic reply to Scoping request",
        "Automated response to your e-mail",
        "Автоматичен отговор: ",
        "Автоматический ответ: ",
        "Автоматична відповідь: ",
        "Αυτόματη απάντηση: ",
        "Otomatik yanıt: ",
        "תשובה אוטומטית: ",
        "מענה 'אני לא נמצא': ",
        "رد تلقائي: ",
        "自动答复: ",
        "自動回覆: ",
        "自動応答: ",
        "자동 회신: ",
        "ตอบกลับอัตโนมัติ: ",
        "Trả lời tự động: ",
        "Ymateb awtomatig: ",
        "Përgjigje automatike: ",
        "Rule Reply: ",
        "On annual leave until 3 December Re: ",
        "{Disarmed} Automatic reply: ",
        "CAUTION: External - Automatic reply: ",
        "OFFICIAL-SENSITIVE: <EXTERNAL> Automatic reply / Ateb awtomatig: ",
        "[Automatyczna odpowiedź] ",
    ],
)
def test_the_words_before_an_answered_subject_are_known_in_every_language(mail: Mail, prefix: str) -> None:
    assert sort_of(mail("…", subject=f"{prefix}Scoping request JCR-2026-0007")) == "auto_reply"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied (zimbra; vacation)", "Precedence": "bulk"},
        {"Auto_Submitted": "auto-generated (vacation)"},
        {"X_MS_Exchange_Generated_Message_Source": "Mailbox Rules Agent"},
        {"X_Autorespond": "Scoping request"},
        {"X_Precedence": "auto_reply"},
        {"X_Mailer": "vacation 1.46"},
        {"Return_Path": "<>"},
        {"Return_Path": "< >", "X_Auto_Response_Suppress": "All"},
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "auto-reply"},
        {"X_Yahoo_Autoreply": "1"},
        {"In_Reply_To": "<letter-1@partnership.example>", "subject": "Auto: Scoping request"},
        {"Precedence": "junk", "subject": "Re: Scoping request"},
        {"Precedence": "bulk", "In_Reply_To": "<letter-1@partnership.example>"},
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "I am out of the office until Monday.",
        "Thank you for your email. I no longer work for the trust.",
        "Bin bis Montag nicht im Büro.",
        "Je suis en congé, de retour le 3 décembre.",
        "Rwyf allan o'r swyddfa tan ddydd Llun.",
    ],
)
def test_a_program_that_speaks_of_absence_is_answering(
    mail: Mail, headers: dict[str, str], text: str
) -> None:
    assert sort_of(mail(text, **{"subject": "Scoping request", **headers})) == "auto_reply"


@pytest.mark.parametrize("subject", ["Jane Hart is out of the office.", "Jo Lee is away (returning Monday)"])
def test_notes_says_by_name_who_is_away(mail: Mail, subject: str) -> None:
    assert sort_of(mail("", subject=subject)) == "auto_reply"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Scoping return", "I am out of the office until Monday; the form is attached."),
        ("RE: Automatic reply: Scoping request", "Thanks, I will try her colleague."),
        ("Out of office arrangements over Christmas", "The rota is below."),
        ("Automatic reply facility", "Please switch it on for the team."),
        ("AUTO: the car at the address", "It was seen again."),
        ("Vacation: the family left for Spain", "School says that the mother is on holiday until May."),
        ("Abwesenheit der Mutter", "Sie kam nicht zum Termin."),
        ("On leave: cover for the rapid review", "Ann will come."),
        (
            "RE: Scoping request",
            "Noted.\n\nFrom: Ann\nSent: Monday\n\nThis is an automated reply: I am away.",
        ),
        ("Absent parents: a briefing", "For the meeting."),
        ("OOO - out of our area", "The family moved."),
        ("RE: Scoping request", "This is an automatic response in the child, a reflex and no seizure."),
        ("On leave from hospital, re: the fall at home", "See the form."),
        ("Caution: external wall of the annexe", "It is loose."),
        ("Mum is on leave from hospital", "She returns on Friday."),
        ("Jane is away from home again", "The police were called."),
        ("Ann is on leave", "Please send it to me instead."),
        ("Abwesenheit in der Schule", "Das Kind fehlt seit Montag."),
        ("Nieobecność w szkole", "Lista jest poniżej."),
        ("Afwezigheid op school", "Het overzicht staat hieronder."),
        ("Frånvaro från skolan", "Se nedan."),
        ("Autopsy report", "As requested."),
        ("Holiday accommodation for the family", "Approved."),
        ("Abwesend in der Schule", "Das Kind fehlte an zwölf Tagen."),
        ("부재중인 아버지", "아버지는 집에 없었다."),
        ("I am away from the desk but here is our answer", "Seen on 3 May."),
        ("Holiday auto rental and the father's alibi", "He hired a car."),
        ("Autosvar-systemet på skolan", "Vi svarar här."),
        ("Automatic response to domestic abuse calls", "The police have a policy."),
        ("Automated response of the lifeline pendant", "It called at 03:10."),
        ("Out of office", "Who covers for Ann over Christmas, please?"),
    ],
)
def test_people_may_speak_of_absence_too(mail: Mail, subject: str, text: str) -> None:
    assert sort_of(mail(text, subject=subject, Return_Path="<ann@probation.example>")) == "ordinary"


@pytest.mark.parametrize(
    "subject", ["Nieobecność", "Afwezigheid tot 3 december", "Frånvaro: Re: Scoping", "Fravær 1-3/12"]
)
def test_an_absence_and_no_more_than_when_is_a_programs(mail: Mail, subject: str) -> None:
    assert sort_of(mail("", subject=subject)) == "auto_reply"
    assert sort_of(mail("", subject=subject, Auto_Submitted="no")) == "ordinary"


def test_a_subject_of_nothing_but_what_gateways_put_before_one_keeps_nobody_waiting() -> None:
    for tag in (b"***a", b"[a] ", b"{a}", b"spam: "):
        raw = b"From: ann@probation.example\r\nSubject: " + 500 * tag + b"\r\n\r\nx"
        assert screen(parse(raw)).sort == "ordinary"


@pytest.mark.parametrize(
    ("text", "headers"),
    [("I'm now out of the office.", {}), ("", {}), ("Ask Jo.", {"In_Reply_To": "<l@partnership.example>"})],
)
def test_out_of_office_and_no_more_is_a_programs_only_if_somebody_is(
    mail: Mail, text: str, headers: dict[str, str]
) -> None:
    assert sort_of(mail(text, subject="Out of office", **headers)) == "auto_reply"


def test_a_newsletter_about_holidays_answers_nobody(mail: Mail) -> None:
    letter = mail("While you are on holiday…", Precedence="bulk", List_Unsubscribe="<https://news.example>")
    assert sort_of(letter) == "list"
    assert sort_of(mail("Are you on holiday?", Precedence="bulk")) == "list"


def test_a_word_within_a_word_is_no_absence(mail: Mail) -> None:
    assert sort_of(mail("The Hare assented; the semester began.", Return_Path="<>")) == "ordinary"
    assert sort_of(mail("本日は不在です。", Return_Path="<>")) == "auto_reply"


@pytest.mark.parametrize(
    "text",
    [
        "Good morning. This is an automated response: we answer within ten working days.",
        "This account is protected. Follow the link to have your address added to the recipient's allowed list.",
    ],
)
def test_a_program_may_confess_in_its_first_words_only(mail: Mail, text: str) -> None:
    assert sort_of(mail(text, subject="RE: Scoping request")) == "auto_reply"
    assert sort_of(mail(text, subject="A new concern")) == "ordinary"


@pytest.mark.parametrize(
    "headers",
    [
        {"Return_Path": "<>"},
        {"Auto_Submitted": "auto-generated", "In_Reply_To": "<thread@portal.example>"},
        {"Auto_Submitted": "auto-generated", "Precedence": "bulk"},
    ],
)
def test_what_a_scanner_or_a_portal_sends_was_written_by_people(mail: Mail, headers: dict[str, str]) -> None:
    words = "Thank you for contacting the portal. This is an automated message: a referral is attached."
    assert sort_of(mail(words, ("scan.pdf", b"%PDF-1.4"), **headers)) in ("ordinary", "list")
    said = "This is an automated message from the portal: a new referral was made."
    assert sort_of(mail(said, **{**headers, "In_Reply_To": ""})) in ("ordinary", "list")


def test_a_rule_of_a_mailbox_forwards_as_well_as_it_answers(mail: Mail) -> None:
    by_rule = {
        "X_MS_Exchange_Generated_Message_Source": "Mailbox Rules Agent",
        "Auto_Submitted": "auto-generated",
    }
    assert sort_of(mail("Thank you for your email.", subject="Scoping request", **by_rule)) == "auto_reply"
    assert sort_of(mail("Please see the referral.", subject="FW: Referral", **by_rule)) == "ordinary"
