"""GOV.UK widgets for our kinds of question: govuk-frontend-wtf with its faults cured in one place."""

from collections.abc import Iterator
from typing import Any

from flask import current_app
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovDateInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from markupsafe import Markup, escape

from forms.fields import Choice, Date, Email, LongText, NhsNumber, Number, OneOfMany, Rows, Telephone, Text
from forms.question import Question

PARTS = ("day", "month", "year")
OPTIONAL = " (optional)"
CHOSEN = Markup(" selected")
COUNTED_BELOW = 1_000  # the browser counts characters where a limit can be met by typing


def label_of(question: Question) -> str:
    """The label, saying so where an answer may be left out."""
    return question.label.text + ("" if question.required or question.wanted else OPTIONAL)


def label_params(question: Question) -> dict[str, str]:
    """The label of a single box as the macros take it."""
    return {"text": label_of(question), "classes": "govuk-label--s"}


def legend_params(question: Question) -> dict[str, dict[str, str]]:
    """The label of a group of boxes as the macros take it."""
    return {"legend": {"text": label_of(question), "classes": "govuk-fieldset__legend--s"}}


def one_line(text: str) -> Markup:
    """Newlines as references: the macros indent what stands inside a fieldset, and with it what was typed."""
    return Markup(str(escape(text)).replace("\n", "&#10;"))  # escaped just now # nosec B704


class _Rendered:
    """Renders the library's template without Flask's context processors, which would run for every field."""

    template: str

    def render(self, params: dict[str, Any]) -> Markup:
        page = current_app.jinja_env.get_template(self.template)
        return Markup(page.render(params=params))  # escaped by the template # nosec B704


class TextBox(_Rendered, GovTextInput):
    """A one-line box; its keyboard, autocompletion and suggestions follow the kind of question."""

    def __call__(self, field: Question, **kwargs: Any) -> Markup:
        kwargs.setdefault("value", field.data or "")
        box = super().__call__(field, **kwargs)
        suggestions = getattr(field, "suggestions", ())
        return box + datalist(field.id, suggestions) if suggestions else box

    def map_gov_params(self, field: Question, **kwargs: Any) -> dict[str, Any]:
        params = super().map_gov_params(field, **kwargs)
        params["label"] = label_params(field)
        params |= box_habits(field)
        if getattr(field, "suggestions", ()):
            params["attributes"] = {**params["attributes"], "list": f"{field.id}-list"}
        return params


def box_habits(field: Question) -> dict[str, Any]:
    """Type, keyboard and width of a box for a kind of question."""
    if isinstance(field, Email):
        return {"type": "email", "autocomplete": field.autocomplete, "spellcheck": False}
    if isinstance(field, Telephone):
        return {"type": "tel", "autocomplete": field.autocomplete, "classes": "govuk-input--width-20"}
    if isinstance(field, NhsNumber | Number):
        return {"inputmode": "numeric", "classes": "govuk-input--width-10", "spellcheck": False}
    if isinstance(field, Text):
        return {"autocomplete": field.autocomplete}
    return {"classes": "govuk-input--width-10"}


def datalist(box: str, suggestions: tuple[str, ...]) -> Markup:
    """The suggestions of a box, which browsers offer and do not insist on."""
    options = Markup("").join(Markup('<option value="{}"></option>').format(text) for text in suggestions)
    return Markup('<datalist id="{}-list">{}</datalist>').format(box, options)


class TextArea(_Rendered, GovTextArea):
    """A box for paragraphs, with a character count where the limit is near."""

    def __call__(self, field: LongText, **kwargs: Any) -> Markup:
        kwargs.setdefault("value", one_line(field.data or ""))
        return super().__call__(field, **kwargs)

    def map_gov_params(self, field: LongText, **kwargs: Any) -> dict[str, Any]:
        params = super().map_gov_params(field, **kwargs)
        params["label"] = label_params(field)
        params["rows"] = field.lines
        if field.limit <= COUNTED_BELOW:
            params["maxlength"] = field.limit
        return params

    def render(self, params: dict[str, Any]) -> Markup:
        template = "charactercount" if "maxlength" in params else "textarea"
        page = current_app.jinja_env.get_template(f"govuk_frontend_wtf/{template}.html")
        return Markup(page.render(params=params))  # escaped by the template # nosec B704


class _Group(_Rendered):
    """Radios and tick boxes: options with what is shown below them, no empty hint, no items lost."""

    def group_params(self, field: Choice) -> dict[str, Any]:
        """What radios and tick boxes have in common, as the macros take it."""
        params: dict[str, Any] = {
            "name": field.name,
            "idPrefix": field.id,
            "items": [option_item(field, option) for option in field.offered()],
            "fieldset": legend_params(field),
            "hint": {"text": field.hint} if field.hint else None,
        }
        if field.errors:
            params["errorMessage"] = {"text": field.errors[0]}
        return params

    def __call__(self, field: Choice, **kwargs: Any) -> Markup:
        return self.render(self.group_params(field))


def option_item(field: Choice, option: Any) -> dict[str, Any]:
    """One option as the macros take it, with the questions asked under it."""
    item: dict[str, Any] = {"text": option.text, "value": option.code}
    item["selected" if isinstance(field, OneOfMany) else "checked"] = option.checked
    inner = getattr(field, "under", {}).get(option.code)
    if inner:
        item["conditional"] = {"html": Markup("").join(question() for question in inner)}
    return item


class Radios(_Group, GovRadioInput):
    """One of several options, side by side where they are few and nothing is asked under them."""

    def group_params(self, field: Choice) -> dict[str, Any]:
        params = super().group_params(field)
        if len(field.options) <= 3 and not getattr(field, "under", {}):
            params["classes"] = "govuk-radios--inline"
        return params


class ListToOpen(_Rendered, GovSelect):
    """One of many options, with an empty one first so that none is chosen by not looking."""

    def __call__(self, field: OneOfMany, **kwargs: Any) -> Markup:
        params: dict[str, Any] = {
            "id": field.id,
            "name": field.name,
            "label": label_params(field),
            "items": [{"value": "", "text": _options(field)}],
            "hint": {"text": field.hint} if field.hint else None,
        }
        if field.errors:
            params["errorMessage"] = {"text": field.errors[0]}
        return self.render(params)


def _options(field: OneOfMany) -> Markup:
    """All options within the first and empty one: the library's own takes ten times as long over each, and there may be
    dozens."""
    each = (
        Markup('</option>\n        <option value="{}"{}>{}').format(
            one.code, CHOSEN if one.checked else "", one.text
        )
        for one in field.offered()
    )
    return Markup("Select") + Markup("").join(each)


class Checkboxes(_Group, GovCheckboxesInput):
    """Any number of options."""


class DateBoxes(_Rendered, GovDateInput):
    """Three boxes for a day, each keeping what was typed, with only the faulty ones marked."""

    def map_gov_params(self, field: Date, **kwargs: Any) -> dict[str, Any]:
        params: dict[str, Any] = {
            "id": field.id,
            "fieldset": legend_params(field),
            "hint": {"text": field.hint or "For example, 27 3 2026"},
            "items": list(self.boxes(field)),
        }
        if field.errors:
            params["errorMessage"] = {"text": field.errors[0]}
        return params

    def __call__(self, field: Date, **kwargs: Any) -> Markup:
        return self.render(self.map_gov_params(field, **kwargs))

    def boxes(self, field: Date) -> Iterator[dict[str, Any]]:
        """Label, id, width, mark and content of each box."""
        for part, value in zip(PARTS, field.boxes, strict=True):
            faulty = bool(field.errors) and part in (field.faulty or PARTS)
            width = "govuk-input--width-4" if part == "year" else "govuk-input--width-2"
            yield {
                "label": part.capitalize(),
                "id": f"{field.id}-{part}",
                "name": field.name,
                "classes": f"{width} govuk-input--error" if faulty else width,
                "value": value,
            }


class RowBlocks:
    """The rows of a repeating group, each a fieldset with its own Remove button, and Add another below."""

    def __call__(self, field: Rows, **kwargs: Any) -> Markup:
        page = current_app.jinja_env.get_template("forms/rows.html")
        return Markup(page.render(group=field))  # escaped by the template # nosec B704
