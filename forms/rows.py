"""Repeating groups: the people of a family, the agencies, the lines of a chronology."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from wtforms.utils import unset_value

from forms.conditions import Standing, When
from forms.question import Question, within
from forms.sheet import Sheet


class Row(Sheet):
    """One row of a repeating group, a small form of its own under its group's name and number."""

    def __init__(
        self, outer: Sheet, prefix: str, formdata: Any = None, data: Mapping[str, Any] | None = None
    ):
        self.outer = outer
        self.today = outer.today
        self.fresh = False
        super().__init__(formdata, prefix=prefix, data=data)

    def surroundings(self) -> dict[str, Any]:
        return self.outer.facts()

    def around(self, name: str) -> Any:
        return self.outer.fact(name)

    @cached_property
    def conditions(self) -> dict[str, When | None]:
        return {
            **self.outer.conditions,
            **{question.short_name: question.when for question in self.questions},
        }

    @property
    def blank(self) -> bool:
        return all(question.blank for question in self.questions)


class Rows(Question):
    """A repeating group; canonical as a list of row dicts, blank rows left out.

    `one` is what a row is called on its buttons; `blanks` how many empty rows a document offers;
    `layout` says whether a document shows the rows as lines of a table or as a block each.
    """

    repeats = True
    heading = ""

    def __init__(
        self,
        row: type[Row],
        label: str,
        *,
        one: str = "row",
        most: int = 60,
        blanks: int = 5,
        layout: str = "table",
        **kwargs: Any,
    ):
        super().__init__(label, **kwargs)
        self.row = row
        self.one = one
        self.most = most
        self.blanks = blanks
        self.layout = layout
        self.entries: list[Row] = []

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the rows a browser posted or, without a post, those of the stored answers."""
        self.process_errors: list[str] = []
        self.entries = []
        if formdata is not None:
            for posted in self.posted_numbers(formdata):
                self.entries.append(self.row(self._form, f"{self.name}-{posted}", formdata))
            self.renumber()
        else:
            for stored in self.canonical(data):
                self.append(stored)
        if not self.entries:
            self.append()

    def posted_numbers(self, formdata: Any) -> list[int]:
        """The numbers of the rows in a post, in order; a browser may leave gaps."""
        shape = re.compile(rf"{re.escape(self.name)}-([0-9]{{1,4}})-(?!remove$)")
        return sorted({int(found[1]) for key in formdata if (found := shape.match(key))})

    def canonical(self, value: Any) -> list[Mapping[str, Any]]:
        if not isinstance(value, list | tuple):
            return []
        return [item for item in value if isinstance(item, Mapping)]

    def understood(self, value: Any) -> list[dict[str, Any]]:
        rows = (self.entries[0].understood(stored) for stored in self.canonical(value))
        return [row for row in rows if row]

    def append(self, stored: Mapping[str, Any] | None = None) -> Row:
        """Add a row at the end, empty unless answers are given."""
        row = self.row(self._form, f"{self.name}-{len(self.entries)}", data=stored)
        self.entries.append(row)
        return row

    def remove(self, number: int) -> None:
        """Take away a row; the last one is replaced by an empty row, so that there is one to fill in."""
        if 0 <= number < len(self.entries):
            del self.entries[number]
        if not self.entries:
            self.append()
        self.renumber()

    def renumber(self) -> None:
        """Give rows their places as numbers again, keeping what was typed, wrong answers too."""
        self.entries = [
            self.row(self._form, f"{self.name}-{place}", data=entry.typed())
            for place, entry in enumerate(self.entries)
        ]

    @property
    def data(self) -> list[dict[str, Any]]:  # type: ignore[override]
        return self.answer()

    @property
    def blank(self) -> bool:
        return all(entry.blank for entry in self.entries)

    def answer(self) -> list[dict[str, Any]]:
        found = (entry.answers() for entry in self.entries if not entry.blank)
        return [answers for answers in found if answers]

    def kept(self) -> list[dict[str, Any]]:
        return [entry.typed() for entry in self.entries if not entry.blank]

    def validate(self, form: Sheet, extra_validators: Any = ()) -> bool:
        """Check each row that has anything in it; of a required group left empty, the first row."""
        self.errors = []
        here = form.standing(self.short_name)
        if here is Standing.HIDDEN:
            return True
        needed = self.required and here is Standing.ASKED and self.blank
        for number, entry in enumerate(self.entries):
            if not entry.blank or (needed and number == 0):
                entry.validate()
        if needed and not self.problems():
            self.errors = [self.ask]
        if len(self.entries) > self.most:
            self.errors = [f"{self.what}: give no more than {self.most}, and attach a list of the others"]
        return not self.problems()

    def problems(self) -> list[tuple[str, str]]:
        own = [(self.short_name, str(sentence)) for sentence in self.errors]
        for number, entry in enumerate(self.entries):
            own += [(f"{self.short_name}.{number}.{name}", sentence) for name, sentence in entry.problems()]
        return own

    def called(self, number: int) -> str:
        """What a row is called on a page: 'Person 2'."""
        return f"{self.one[:1].upper()}{self.one[1:]} {number + 1}"

    @property
    def add_text(self) -> str:
        return f"Add another {within(self.one)}"
