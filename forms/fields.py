"""Our kinds of question on WTForms: text, dates, choices, numbers with a check digit, and repeating rows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms.validators import StopValidation

from forms.dates import NotADate, day_from, is_no_day, parts, time_from
from forms.question import Question, tidy
from forms.rows import Row, Rows

__all__ = [
    "Choice",
    "Choices",
    "Date",
    "Email",
    "LongText",
    "NhsNumber",
    "Number",
    "OneOfMany",
    "Question",
    "RoughDate",
    "Row",
    "Rows",
    "Telephone",
    "Text",
    "Time",
    "YesNo",
]

TEXT_LIMIT = 500
LONG_TEXT_LIMIT = 50_000

# A part in the encoding of headers (RFC 2047) could stand for another address in what is sent
EMAIL = re.compile(r"(?!\S*=\?)[^\s@<>(),;:\"\[\]]+@[^\s@.<>(),;:\"\[\]]+(\.[^\s@.<>(),;:\"\[\]]+)+")
TELEPHONE = re.compile(r"[\d\s+()./\-–,;]|ext(?:ension|n)?\.?|x|or|and|mobile|office|work", re.IGNORECASE)


class Text(Question):
    """One line of text. `suggestions` are offered but not insisted on."""

    def __init__(
        self,
        label: str,
        *,
        limit: int = TEXT_LIMIT,
        suggestions: tuple[str, ...] = (),
        autocomplete: str = "",
        **kwargs: Any,
    ):
        super().__init__(label, **kwargs)
        self.limit = limit
        self.suggestions = suggestions
        self.autocomplete = autocomplete

    def canonical(self, value: Any) -> str:
        return " ".join(tidy(value).split())

    def complaint(self) -> str | None:
        if len(self.data) > self.limit:
            return f"{self.what} must be {self.limit:,} characters or fewer; it has {len(self.data):,}"
        return None


class LongText(Text):
    """Paragraphs of text, with line breaks as \\n."""

    def __init__(self, label: str, *, limit: int = LONG_TEXT_LIMIT, lines: int = 6, **kwargs: Any):
        super().__init__(label, limit=limit, **kwargs)
        self.lines = lines

    def canonical(self, value: Any) -> str:
        return tidy(value)


class Date(Question):
    """A day: three boxes on the web, one writing elsewhere; canonical as an ISO date."""

    is_date = True

    def __init__(self, label: str, *, not_future: bool = False, **kwargs: Any):
        super().__init__(label, **kwargs)
        self.not_future = not_future
        self.faulty: tuple[str, ...] = ()
        self.typed_boxes: list[str] = []

    def canonical(self, value: Any) -> str:
        text = value.isoformat() if isinstance(value, date) else " ".join(tidy(value).split())
        try:
            return day_from(text).isoformat()
        except NotADate:
            return text

    def posted(self, values: Sequence[str]) -> str:
        """Three boxes joined with strokes, so that a wrong date keeps each box as it was typed."""
        boxes = [value.strip() for value in values]
        if len(boxes) < 2:
            return boxes[0] if boxes else ""
        self.typed_boxes = [*boxes, ""][:3]
        return "/".join(self.typed_boxes) if any(boxes) else ""

    @property
    def day(self) -> date | None:
        """The day, or None when the answer is blank or no real date."""
        try:
            return day_from(self.data)
        except NotADate:
            return None

    @property
    def boxes(self) -> tuple[str, str, str]:
        """What to put into the boxes for day, month and year: the day, or what was typed."""
        if self.day:
            return str(self.day.day), str(self.day.month), str(self.day.year)
        typed = self.typed_boxes or self.data.split("/")
        if len(typed) == 3:
            return typed[0], typed[1], typed[2]
        try:
            return parts(self.data)
        except NotADate:
            return self.data, "", ""

    def complaint(self) -> str | None:
        try:
            day_from(self.data)
        except NotADate as reason:
            self.faulty = reason.faulty
            return f"{self.what} {reason}"
        return None

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.not_future and self.day and self.day > form.today:
            raise StopValidation(f"{self.what} must be today or in the past")


class RoughDate(Text):
    """A day where it is known, canonical as an ISO date; otherwise a period as it was written."""

    def canonical(self, value: Any) -> str:
        text = super().canonical(value)
        try:
            return day_from(text).isoformat()
        except NotADate:
            return text

    def complaint(self) -> str | None:
        if is_no_day(self.data):
            return (
                f"{self.what} must be a real date, or a period like November 2023; “{self.data}” is neither"
            )
        return super().complaint()


class Time(Question):
    """A time of day, canonical as HH:MM."""

    def canonical(self, value: Any) -> str:
        text = tidy(value)
        return time_from(text) or text

    def complaint(self) -> str | None:
        return None if time_from(self.data) else f"{self.what} must be a time, like 09:30 or 2.15pm"


@dataclass(frozen=True)
class Option:
    """One option as a widget wants it: code, wording, and whether it was chosen."""

    code: str
    text: str
    checked: bool


class Choice(Question):
    """One of several options, canonical as its code; its wording is understood too."""

    verb = "Select"

    def __init__(self, label: str, options: Mapping[str, str], **kwargs: Any):
        super().__init__(label, **kwargs)
        self.options = dict(options)
        self.codes = {self._key(text): code for code, text in options.items()}
        self.codes |= {self._key(code): code for code in options}

    @staticmethod
    def _key(text: str) -> str:
        return " ".join(re.sub(r"[^\w\s]|_", " ", text).lower().split())

    def code_of(self, text: str) -> str:
        """The code of an option, whether its code or its wording is given; anything else as it is."""
        return self.codes.get(self._key(text), text)

    def canonical(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            value = next(iter(value), None)  # some fillers of PDF forms hand back a list of one
        return self.code_of(tidy(value))

    def complaint(self) -> str | None:
        if self.data in self.options:
            return None
        return f"{self.ask}: choose one of {self.wordings()}"

    def wordings(self) -> str:
        """The wordings of the options for a sentence."""
        return ", ".join(f"“{text}”" for text in self.options.values())

    def offered(self) -> Iterator[Option]:
        """The options in order, each with whether it is chosen."""
        chosen = self.data if isinstance(self.data, list) else [self.data]
        return (Option(code, text, code in chosen) for code, text in self.options.items())


class OneOfMany(Choice):
    """One of so many options that a page shows them as a list to open."""

    def complaint(self) -> str | None:
        return None if self.data in self.options else self.ask


class YesNo(Choice):
    """Yes, no or, unless `not_known=False`, not known."""

    WORDINGS = {"yes": "Yes", "no": "No", "not_known": "Not known"}
    SPOKEN = {"y": "yes", "true": "yes", "n": "no", "false": "no", "nk": "not_known", "n k": "not_known"}
    SPOKEN |= {"unknown": "not_known", "don t know": "not_known"}

    def __init__(self, label: str, *, not_known: bool = True, **kwargs: Any):
        options = {code: text for code, text in self.WORDINGS.items() if not_known or code != "not_known"}
        super().__init__(label, options, **kwargs)
        self.codes |= {word: code for word, code in self.SPOKEN.items() if code in options}

    def canonical(self, value: Any) -> Any:
        return super().canonical({True: "yes", False: "no"}[value] if isinstance(value, bool) else value)


class Choices(Choice):
    """Any number of options, canonical as a list of codes in the order of the form."""

    def posted(self, values: Sequence[str]) -> Any:
        return list(values)

    def canonical(self, value: Any) -> list[str]:
        given = value if isinstance(value, list | tuple) else tidy(value).split("\n")
        found = {self.code_of(tidy(item)) for item in given} - {""}
        known = [code for code in self.options if code in found]
        return known + sorted(found - set(known))

    def complaint(self) -> str | None:
        strange = [code for code in self.data if code not in self.options]
        if not strange:
            return None
        return f"{self.what}: “{strange[0]}” is not one of {self.wordings()}"


class NhsNumber(Question):
    """An NHS number, canonical as its ten digits."""

    def canonical(self, value: Any) -> str:
        text = tidy(value)
        digits = re.sub(r"[\s\-–]", "", text)
        return digits if re.fullmatch(r"[0-9]{10}", digits) else text

    def complaint(self) -> str | None:
        if not re.fullmatch(r"[0-9]{10}", self.data):
            return f"{self.what} must be 10 digits, like 999 012 3456"
        if not nhs_check_digit_fits(self.data):
            return f"Check the {self.what}: the last digit does not fit the others, so one was mistyped"
        return None


def nhs_check_digit_fits(digits: str) -> bool:
    """Whether the tenth digit is the modulus 11 check digit of the first nine (NHS Data Dictionary)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


class Email(Text):
    """An e-mail address."""

    def complaint(self) -> str | None:
        if EMAIL.fullmatch(self.data) and len(self.data) <= 254:
            return None
        return f"{self.what} must be an e-mail address, like name@example.org"


class Telephone(Text):
    """A telephone number as people write it, extensions and two numbers included."""

    def complaint(self) -> str | None:
        digits = sum(character.isdigit() for character in self.data)
        if digits >= 3 and not TELEPHONE.sub("", self.data) and len(self.data) <= 100:
            return None
        return f"{self.what} must be a telephone number, like 01632 960 001 or 07700 900 982"


class Number(Question):
    """A whole number between two bounds, canonical as its digits."""

    def __init__(self, label: str, *, low: int = 0, high: int = 1_000_000, **kwargs: Any):
        super().__init__(label, **kwargs)
        self.low = low
        self.high = high

    def canonical(self, value: Any) -> str:
        text = tidy(value)
        plain = text.replace(",", "")
        return str(int(plain)) if re.fullmatch(r"[0-9]{1,12}", plain) else text

    def complaint(self) -> str | None:
        if re.fullmatch(r"[0-9]+", self.data) and self.low <= int(self.data) <= self.high:
            return None
        return f"{self.what} must be a whole number from {self.low:,} to {self.high:,}"
