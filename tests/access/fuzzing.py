"""A browser that does whatever it likes: any address, any form of a page, anything typed into it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

# Each once brought some web application down
NASTY = (
    "", " ", "0", "-1", "1e999", "99999999999999999999", "null", "\x00", "a\x00b", "\ud7ff\ufffe",
    "\u202eevil\u202c", "'; DROP TABLE cases; --", "<script>alert(1)</script>", "{{ 7*7 }}", "%s%n",
    "../../etc/passwd", "\r\nX-Injected: 1", "=HYPERLINK(1)", "é" * 300, "x" * 20_000, "31/02/2026",
    "2026-13-45", "9999-12-31", "0001-01-01", "29 February 2027", "a@b", "a@b.example, c@d.example",
    "JCR-2026-0001", "JCR-2026-0002", "25:99", "½", "١٢٣", "on", "yes", "adult", "1",
)  # fmt: skip
PARAMETERS = ("page", "q", "status", "route", "next", "agency", "sort", "kind", "from", "to", "named", "as")
FILES = (
    ("..\\..\\x.docx", b"PK\x03\x04 not a document"),
    ("form.pdf", b"%PDF-1.7 broken"),
    ("n\x00ame.exe", b"MZ"),
    ("", b""),
    ("a" * 300 + ".txt", "Reference: JCR-2026-0002\n".encode("utf-16")),
)
KEPT = (200, 422)  # pages to go on from
LEAVES = ("/sign-out", "/account/sign-out-everywhere", "/account/password", "/account/second-factor")


@dataclass
class Browser:
    """Whoever is signed in with `client`, doing something at random each time it is asked to."""

    client: FlaskClient
    app: Flask
    random: Random
    page: html.HtmlElement | None = None
    said: str = ""
    answers: list[int] = field(default_factory=list)

    def do(self) -> TestResponse:
        """One request more: an address made up, a link of the page, or one of its forms; `said` tells which."""
        ways = [self._made_up, self._link, self._link, self._form, self._form]
        answer = self.random.choice(ways)() or self._made_up()
        self.answers.append(answer.status_code)
        if answer.status_code == 302 and self.random.random() < 0.8:
            answer = self._open(answer.headers["Location"], "GET")
        if answer.mimetype == "text/html" and answer.status_code in KEPT:
            self.page = html.fromstring(answer.data)
        return answer

    def _made_up(self) -> TestResponse:
        rule = self.random.choice(list(_rules(self.app)))
        address = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", lambda found: self._piece(found[1]), rule.rule)
        method = self.random.choice(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        asked = {name: self._typed("") for name in self.random.sample(PARAMETERS, 2)}
        typed = {name: self._typed("") for name in self._names()} if method == "POST" else None
        return self._open(address, method, query_string=asked, data=typed)

    def _piece(self, name: str) -> str:
        likely = {"reference": "JCR-2026-0001", "token": "0" * 48, "code": "POL", "route": "adult"}
        if self.random.random() < 0.8:
            return likely.get(name, str(self.random.randint(1, 3)))
        return self.random.choice(
            ["0", "99999999999999999999", "%00", "x" * 500, "JCR-2026-0002", "é", "..%2f"]
        )

    def _names(self) -> Sequence[str]:
        found = [] if self.page is None else self.page.xpath("//form//*[@name]/@name")
        return sorted({str(name) for name in found})

    def _link(self) -> TestResponse | None:
        found = [] if self.page is None else self.page.xpath("//a/@href[starts-with(., '/')]")
        return self._open(self.random.choice(found), "GET") if found else None

    def _form(self) -> TestResponse | None:
        forms = [] if self.page is None else self.page.xpath("//main//form")
        if not forms:
            return None
        form = self.random.choice(forms)
        address, method = form.get("action") or self.said.split(" ")[1], (form.get("method") or "get").upper()
        typed = dict(self._filled(form))
        if method == "GET":
            return self._open(address, method, query_string=typed)
        return self._open(address, method, data=typed)

    def _filled(self, form: html.FormElement) -> Iterator[tuple[str, Any]]:
        for control in form.xpath(".//*[@name]"):
            name = control.get("name")
            if control.get("type") == "file":
                name_of_file, content = self.random.choice(FILES)
                yield name, (io.BytesIO(content), name_of_file)
            elif self.random.random() < 0.9:
                yield name, self._typed(self._offered(control))

    def _offered(self, control: html.HtmlElement) -> str:
        """What stands in a control already, or one of its choices."""
        if control.tag == "select":
            return str(self.random.choice(control.xpath(".//option/@value") or [""]))
        return str(control.get("value") or control.text or "")

    def _typed(self, offered: str) -> str:
        chance = self.random.random()
        if chance < 0.5 and offered:
            return offered
        return "Because the record says so." if chance < 0.6 else self.random.choice(NASTY)

    def _open(self, address: str, method: str, **sent: Any) -> TestResponse:
        if any(address.startswith(leave) for leave in LEAVES):
            address = "/"  # the same person goes on to the end
        self.said = f"{method} {address} {sent}"
        return self.client.open(address, method=method, **sent)


def _rules(app: Flask) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if not rule.endpoint.startswith(("static", "govuk")))
