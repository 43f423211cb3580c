"""The ladder from bytes to text: a right reading is found wherever there is one, and the step is told."""

from __future__ import annotations

from time import process_time

import pytest

from mail_intake.charset_names import codec_for
from mail_intake.charsets import charset_of_html, decode
from mail_intake.message import parse
from mail_intake.rich_text import text_of_rich_text

JIS_OF_ONE_CIRCLED, JIS_OF_HIGH_LADDER = b"\x2d\x21", b"\x7c\x62"  # ① and 髙, which JIS X 0208 never had


@pytest.mark.parametrize(
    ("content", "declared", "text", "step"),
    [
        (b"plain", "us-ascii", "plain", "declared"),
        (b"\xef\xbb\xbfSi\xc3\xa2n", "cp1252", "Siân", "utf-8-sig"),
        ("Siân – “Ffion”".encode() + b" \xe2", "utf-8", "Siân – “Ffion” â", "utf-8 with stray bytes"),
        (b"\x93so\x94 \x81 said", "", "“so” \x81 said", "latin-1"),
        ("Šipka".encode("cp1250"), "iso-8859-2", "Šipka", "cp1250"),
        ("Привет".encode(), "koi8-r", "Привет", "utf-8"),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет", "declared"),
        ("สวัสดี".encode("cp874"), "windows-874", "สวัสดี", "declared"),
        ("Zoë".encode("cp1252"), "x-cp1252", "Zoë", "declared"),
        ("Zoë".encode("iso-8859-15"), "cp28605", "Zoë", "declared"),
        (b"labelled by mistake", "utf-16", "labelled by mistake", "utf-8"),
        ("안녕".encode("iso2022_kr"), "iso-2022-kr", "안녕", "declared"),
        ("照会".encode("iso2022_jp"), "", "照会", "iso2022_jp"),
        (b"\x1b$B" + JIS_OF_ONE_CIRCLED + b"\x1b(B.", "iso-2022-jp", "①.", "cp932"),
        (b"\x1b$B" + JIS_OF_HIGH_LADDER + b"\n\x1b(B.", "iso-2022-jp", "髙\n.", "cp932"),
        (bytes(b | 0x80 for b in JIS_OF_HIGH_LADDER) + b"!", "euc-jp", "髙!", "cp932"),
        (
            "照会".encode("gb18030") * 80 + b"\xff",
            "gb2312",
            "照会" * 80 + "\ufffd",
            "gb18030 with replacements",
        ),
    ],
)
def test_the_right_reading_is_found(content: bytes, declared: str, text: str, step: str) -> None:
    assert decode(content, declared) == (text, step)


@pytest.mark.parametrize("declared", ["", "us-ascii", "unknown-8bit"])
def test_a_page_that_names_its_charset_is_believed_where_its_label_cannot_be_right(declared: str) -> None:
    page = '<html><head><meta charset="koi8-r"></head><body>Отчёт</body></html>'.encode("koi8-r")
    assert charset_of_html(page, declared) == "koi8-r"
    assert charset_of_html(page, "windows-1251") == "windows-1251"
    assert parse(b"Content-Type: text/html\r\n\r\n" + page).text == "Отчёт"


FOREIGN = (
    ("gb18030", "您好,附件是转介表。请尽快联系我们。谢谢"),
    ("big5hkscs", "您好,附件是轉介表。請盡快聯絡我們。謝謝"),
    ("koi8-r", "Спасибо, Иван Петров"),
    ("cp1251", "Dear team,\n\nThe father is Сергей Иванов.\n\nKind regards"),
    ("cp932", "お世話になっております。添付の書類をご確認ください。"),
    ("cp949", "안녕하세요. 첨부된 의뢰서를 확인해 주시기 바랍니다."),
    ("iso8859-2", "Dzień dobry, w załączeniu przesyłam zgłoszenie. Proszę o kontakt, dziękuję."),
    ("cp1250", "Dear team,\n\nThe child is Michał Wójcik, mother Małgorzata.\n\nKind regards\nAnna"),
    ("cp1254", "Merhaba, ekte başvuru formunu gönderiyorum. Çocuğun adı Işıl"),
    ("cp1256", "مرحبا، تجدون مرفقا نموذج الإحالة. شكرا لكم"),
    ("hz", "您好,附件是转介表"),
    ("iso2022_kr", "안녕하세요"),
    ("utf-16-le", "Please find the referral of Siân attached."),
)
WESTERN = (
    *("Siân", "£500", "“no” – it’s…", "José Muñoz", "Seán Ó Briain", "Guðrún Þórðardóttir", "½ a day, 5°C"),
    *("Action à effectuer", "Una chiave è stata", "Šárka Nováková", "äöüßÄÖÜß"),
    *(
        "Mae’r plentyn yn ei dý",
        "François Lefèvre’s £25.00 or €30",
        "O´Brien",
        "café\xa0– © ® ™",
    ),
)


@pytest.mark.parametrize("declared", ["", "unknown-8bit", "us-ascii", "utf-8", "iso-8859-1", "windows-1252"])
def test_other_scripts_without_a_right_label_are_read_and_western_words_left_alone(declared: str) -> None:
    for codec, text in FOREIGN:
        assert decode(text.encode(codec), declared)[0] == text
    for text in WESTERN:
        assert decode(text.encode("cp1252"), declared)[0] == text


RUSSIAN = "Уважаемые коллеги! Мы очень обеспокоены положением ребёнка, мать сообщила, что он не был в школе."
CHINESE = (
    "尊敬的老师:我们非常担心这个孩子的情况。他的母亲说他已经三天没有上学了。请你们尽快联系社会服务部门。"
)


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        (RUSSIAN, "koi8-r", "windows-1251"),
        (RUSSIAN, "cp1251", "koi8-r"),
        (CHINESE, "gb18030", "big5"),
        (CHINESE, "gb18030", "windows-1251"),
        (CHINESE, "gb18030", "utf-16"),
        ("안녕하세요. 첨부된 의뢰서를 확인해 주시기 바랍니다.", "cp949", "gb2312"),
        (CHINESE, "utf-8", "gb2312"),
        ("孩子叫王小明，母亲叫李芳。", "gb18030", "big5"),
        ("张伟 王芳 刘洋 陈静", "gb18030", ""),
        ("請查收附件，謝謝。", "big5", "gb2312"),
        ("孩子姓陳，住在台北。", "gb18030", "gbk"),
        ("王小明的母亲是李芳。", "utf-16-be", "utf-16"),
        ("我们没有任何记录，请联系社会服务部门。", "utf-16-le", ""),
        ("我们没有任何记录，请联系社会服务部门。", "utf-16-be", "utf-16le"),
        ("Chloë’s café", "cp1252", "utf-16"),
        ("Siân Lloyd – “no”, Chloë’s mother", "cp1252", "gb2312"),
    ],
)
def test_a_label_of_another_script_yields_to_what_the_text_certainly_is(
    text: str, codec: str, declared: str
) -> None:
    assert decode(text.encode(codec), declared)[0] == text


def test_what_windows_adds_to_an_east_asian_charset_is_read() -> None:
    assert decode("你好, ".encode("gb18030") + b"\x80 50", "gb2312")[0] == "你好, € 50"
    assert decode("您好, ".encode("cp950") + "€".encode("cp950"), "big5") == ("您好, €", "declared")


def test_charset_names_are_known_however_they_are_spelt() -> None:
    spelt = {"utf-8mb4": "utf-8", '3D"utf-8"': "utf-8", "windows-1251-de": "cp1251", "x-x-big5": "big5hkscs"}
    spelt |= {"iso8859-1": "cp1252", "utf-8859-2": "iso8859-2", "windows-31j": "cp932", "cp-850": "cp850"}
    assert {name: codec_for(name) for name in spelt} == spelt
    assert decode("Šíma".encode("utf-16-be") + b"\0\n", "utf-16") == ("Šíma\n", "declared")


def test_rich_text_is_read_in_its_own_code_page() -> None:
    coded = "".join(f"\\'{byte:02x}" for byte in "照会".encode("cp932"))
    assert text_of_rich_text(rf"{{\rtf1\ansi\ansicpg932 {coded}\par}}".encode()) == "照会"
    assert text_of_rich_text(rb"{\rtf1\ansi\ansicpg1252 Si\u226\'e2n}") == "Siân"


@pytest.mark.parametrize("label", ["shift_jis", "big5", "gb2312", "euc-kr"])
@pytest.mark.parametrize("codec", ["cp1252", "utf-8"])
def test_western_words_under_an_east_asian_label_are_read(label: str, codec: str) -> None:
    for words in ("Renée", "El niño José", "Müller straße, Übergabe für die Behörde, größte Änderung"):
        assert decode(words.encode(codec), label)[0] == words


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Tomさん", "shift_jis"),
        ("OK牧場", "shift_jis"),
        ("Dear李", "big5"),
        ("Tom和妈妈", "gb2312"),
        ("Mr김", "euc-kr"),
    ],
)
def test_east_asian_words_among_plain_letters_stay(words: str, label: str) -> None:
    assert decode(words.encode(label), label) == (words, "declared")


@pytest.mark.parametrize(
    "label", ["gb2312", "big5", "ks_c_5601-1987", "euc-kr", "shift_jis", "gb18030", "euc-jp"]
)
@pytest.mark.parametrize(
    "words",
    ["The child’s school, “near” the park – £5", "£5", "3½ years at 4° colder…", "He said “no” – then left"],
)
def test_english_signs_under_an_east_asian_label_are_read(label: str, words: str) -> None:
    assert decode(words.encode("cp1252"), label) == (words, "cp1252")


@pytest.mark.parametrize("label", ["", "iso-8859-1", "us-ascii", "windows-1252"])
@pytest.mark.parametrize(
    ("words", "codec"),
    [
        ("Dítě bylo nalezeno doma.", "iso8859-2"),
        ("Příloha: žádost", "iso8859-2"),
        ("Jiří Dvořák", "cp1250"),
        ("Teşekkürler", "cp1254"),
        ("Bilgi için teşekkür ederim", "iso8859-9"),
        ("السلام عليكم ورحمة الله", "iso8859-6"),
        ("شكرا جزيلا", "iso8859-6"),
        ("شكرا جزيلا", "cp1256"),
    ],
)
def test_few_words_of_czech_turkish_or_arabic_are_read_under_a_western_label_or_none(
    words: str, codec: str, label: str
) -> None:
    assert decode(words.encode(codec), label)[0] == words


@pytest.mark.parametrize(("codec", "label"), [("iso8859-6", "windows-1256"), ("cp1256", "iso-8859-6")])
def test_of_the_two_arabic_charsets_the_one_that_fits_is_taken(codec: str, label: str) -> None:
    for words in ("مرحبا، الطفل في المنزل", "أنا خارج المكتب حتى يوم الاثنين"):
        assert decode(words.encode(codec), label)[0] == words
        assert decode(words.encode(codec), codec)[0] == words


@pytest.mark.parametrize(
    "words",
    [
        "Ragnheiður og Guðmundur",
        "María e così via, perché no",
        "Ærø, fødselsdag år",
        "São João, às vezes",
    ],
)
def test_western_words_that_come_near_to_those_stay_western(words: str) -> None:
    assert decode(words.encode("cp1252"), "iso-8859-1")[0] == words
    assert decode(words.encode("cp1252"))[0] == words


LETTERS_OF_NO_WESTERN_LANGUAGE = (
    ("iso8859-14", "Mae'r plentyn yn byw gyda'i nain yn y tŷ."),
    ("iso8859-14", "Dŵr, gŵyl a llên"),
    ("iso8859-14", "Gŵr y fam oedd adref, nid yw'r plentyn wedi bod yn yr ysgol."),
    ("iso8859-9", "Baba alkol kullanıyor, okuldan aradılar"),
    ("iso8859-2", "Děkuji za odpověď"),
    ("iso8859-2", "Žádost o informace"),
    ("iso8859-2", "Prosím vás, potvrďte prijatie tejto správy."),
    ("iso8859-2", "Dziękuję"),
    ("cp1250", "Dziś"),
    ("iso8859-2", "Kraków, Łódź i Gdańsk"),
    ("iso8859-2", "Szabadságon vagyok, hétfőn jövök."),
    ("cp1250", "Vă mulţumesc, Ştefan"),
    ("cp1250", "Ivana Kovačević"),
    ("iso8859-2", "Pošaljite nam obrazac, hvala."),
    ("iso8859-2", "Majka: Željka Šimić, rođena 1985."),
    ("iso8859-2", "A gyermek neve: Kőszegi Ödön"),
    ("cp1250", "Sürgős, kérem válaszoljon."),
    ("iso8859-13", "Bērns dzīvo pie vecmāmiņas Rīgā."),
    ("cp1254", "İzmir"),
    ("iso8859-15", "Cost: 50 € for a taxi"),
    ("mac_roman", "The child’s mother said “no”"),
    ("cp850", "Siân paid £20"),
)


@pytest.mark.parametrize("label", ["", "iso-8859-1", "utf-8"])
@pytest.mark.parametrize(("codec", "words"), LETTERS_OF_NO_WESTERN_LANGUAGE)
def test_a_letter_where_no_western_language_has_it_tells_the_charset(
    codec: str, words: str, label: str
) -> None:
    assert decode(words.encode(codec), label)[0] == words
    assert decode(words.encode(codec), codec) == (words, "declared")


def test_letters_that_western_languages_have_in_such_places_stay_western() -> None:
    words = "você, fête, tîm, Anaïs, manhã, cœur, señor, Sørén, così, Guðmundur, tá sé, fhèin, Viêt Nam, Öl, "
    words += "Kõik sõbrad ja André, Ülo Põld, Simões pôs, août où"
    for one in words.split(", "):
        assert decode(one.encode("cp1252"), "iso-8859-1") == (one, "declared")
        assert decode(one.encode("cp1252"))[0] == one


@pytest.mark.parametrize(
    "words",
    [
        "por su atención, señora Núñez",
        "João Conceição",
        "Åse Bjørnstad kommer på mandag",
        "Budget: £1,250",
        "Mr O’Neill’s bill is £45.50 – unpaid",
    ],
)
def test_western_words_under_a_central_european_label_are_read(words: str) -> None:
    assert decode(words.encode("cp1252"), "iso-8859-2") == (words, "cp1252")


POLISH, FOOTER = "Proszę o odpowiedź w środę.\n", "£1 in every £5 goes to children’s services.\n"
RUSSIAN = "Соседка слышала крики.\n"


@pytest.mark.parametrize(
    ("content", "declared", "text"),
    [
        (POLISH.encode("cp1250") + FOOTER.encode(), "windows-1250", POLISH + FOOTER),
        (RUSSIAN.encode("koi8-r") + b"\n" + FOOTER.encode(), "koi8-r", f"{RUSSIAN}\n{FOOTER}"),
        (FOOTER.encode() + POLISH.encode("iso8859-2"), "utf-8", FOOTER + POLISH),
        (RUSSIAN.encode() + b"> " + POLISH.encode("cp1250"), "", f"{RUSSIAN}> {POLISH}"),
        ("Mae'r tŷ yn wag.\n".encode() + FOOTER.encode("cp1252"), "utf-8", f"Mae'r tŷ yn wag.\n{FOOTER}"),
    ],
)
def test_a_letter_with_lines_of_another_charset_is_read_line_by_line(
    content: bytes, declared: str, text: str
) -> None:
    read, step = decode(content, declared)
    assert read == text
    assert step.startswith("utf-8 and ")


@pytest.mark.parametrize(
    ("words", "codec", "label"),
    [
        ("Πήγαμε στην Άρτα και στην Αθήνα, όπου μένει η γιαγιά του παιδιού.", "iso8859-7", "iso-8859-7"),
        ("Πήγαμε στην Άρτα και στην Αθήνα, όπου μένει η γιαγιά του παιδιού.", "cp1253", "iso-8859-7"),
        ("Vážení, napište nám, že přijdete.", "iso8859-2", "windows-1250"),
        ("Mrs Růžena Němcová cannot come.", "iso8859-2", "windows-1250"),
        ("Prosimy o odpowiedź.", "cp1250", "iso-8859-2"),
        ("She gave her name as Екатерина Щукина then.", "koi8-r", "windows-1251"),
        ("She gave her name as Їжак then.", "cp1251", "koi8-u"),
    ],
)
def test_of_charsets_of_one_script_that_is_taken_which_leaves_words_whole(
    words: str, codec: str, label: str
) -> None:
    assert decode(words.encode(codec), label)[0] == words


@pytest.mark.parametrize(
    ("words", "codec"),
    [
        ("A criança não está, o irmão também não.", "mac_roman"),
        ("A criança não está em casa.", "cp850"),
        (
            "Ca\u0309m ơn bà, cuô\u0323c ho\u0323p bi\u0323 hoa\u0303n vi\u0300 ngươ\u0300i phiên di\u0323ch ô\u0301m.",
            "cp1258",
        ),
        ("Anksčiau šeima gyveno kitur, iš viso penkerių metų.", "cp1257"),
        ("A ŵyr yr ysgol pwy sydd â'r hawl?", "iso8859-14"),
    ],
)
@pytest.mark.parametrize("label", ["", "iso-8859-1", "utf-8"])
def test_words_of_charsets_that_hardly_anybody_labels_are_read(words: str, codec: str, label: str) -> None:
    assert decode(words.encode(codec), label)[0] == words


@pytest.mark.parametrize("words", ["السلام عليكم، نرجو الرد", "দয়া করে ফর্মটি পাঠান", "שלום רב, נא לשלוח"])
@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_two_bytes_a_letter_are_known_without_a_mark_in_scripts_of_their_own(words: str, order: str) -> None:
    assert decode(words.encode(order), "") == (words, order)


def test_a_page_is_believed_where_its_label_is_the_western_one_that_servers_write_by_default() -> None:
    page = '<meta charset="iso-8859-6"><p>She signs as فاطمة.</p>'
    assert charset_of_html(page.encode("iso-8859-6"), "iso-8859-1") == "iso-8859-6"
    western = '<meta charset="iso-8859-2"><p>Siân’s café</p>'
    assert charset_of_html(western.encode("cp1252"), "iso-8859-1") == "iso-8859-1"


@pytest.mark.parametrize("letters", ["æ bc ", "õn", "\xa9a ", "áa"])
def test_one_long_line_of_letters_that_might_tell_takes_no_seconds(letters: str) -> None:
    began = process_time()
    for label in ("iso-8859-1", "windows-1252", ""):
        decode(letters.encode("cp1252") * 10_000, label)
    assert process_time() - began < 3
