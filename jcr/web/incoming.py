"""What a browser sends, before any view sees it: no character a database cannot hold, no number too large for one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask, Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items
from werkzeug.routing import IntegerConverter

from forms.question import UNWRITABLE

LARGEST = 2**31 - 1  # of a number that names a row


class Typed(ImmutableMultiDict[str, Any]):
    """Names and values as sent, without the characters that no database, letter or PDF can hold."""

    def __init__(self, mapping: Mapping[str, Any] | Iterable[tuple[str, Any]] | None = None) -> None:
        pairs = iter_multi_items(mapping) if mapping is not None else ()  # type: ignore[arg-type]
        super().__init__([(_writable(name), _writable(value)) for name, value in pairs])


class Incoming(Request):
    parameter_storage_class = Typed


class Number(IntegerConverter):
    """A number in an address; one that no row can have is an address that does not exist."""

    def __init__(self, map: Any, **kwargs: Any) -> None:
        super().__init__(map, **{"max": LARGEST, **kwargs})


def init_app(app: Flask) -> None:
    """Must come before any address is registered."""
    app.request_class = Incoming
    app.url_map.converters["int"] = Number
    app.before_request(_known_address)


def _known_address() -> None:
    if UNWRITABLE.search(request.path):
        abort(404)


def _writable(value: Any) -> Any:
    return UNWRITABLE.sub("", value) if isinstance(value, str) else value
