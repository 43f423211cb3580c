"""Work done in batches: cut, begun ahead, and undone into single pieces where a batch fails as a whole."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

from mail_intake.source import MailboxAway

BATCH_MESSAGES, BATCH_BYTES = 50, 2_000_000
AHEAD = 2  # batches at hand for the reader of documents, so that it waits for none

T = TypeVar("T")
Made = TypeVar("Made")


def in_batches(items: Iterable[T], most: int) -> Iterator[list[T]]:
    """Lists of at most so many items."""
    left = iter(items)
    while batch := list(islice(left, most)):
        yield batch


def ahead(act: Callable[[T], Made], items: Iterable[T]) -> Iterator[tuple[T, Made]]:
    """Each item with what `act` makes of it, in a thread, while the next are fetched and the last one is used.

    When fetching ends in MailboxAway, what was fetched until then is handed over first.
    """
    begun: deque[tuple[T, Future[Made]]] = deque()
    with ThreadPoolExecutor(1, "ahead") as thread:
        try:
            for item in items:
                begun.append((item, thread.submit(act, item)))
                if len(begun) > AHEAD:
                    yield _finished(begun)
        except MailboxAway:
            while begun:
                yield _finished(begun)
            raise
        while begun:
            yield _finished(begun)


def _finished(begun: "deque[tuple[T, Future[Made]]]") -> tuple[T, Made]:
    item, made = begun.popleft()
    return item, made.result()


def each_alone_if_need_be(
    act: Callable[[Sequence[T]], object], items: Sequence[T]
) -> list[tuple[T, Exception]]:
    """Does it for all at once, or where that fails for each alone; returns those that failed even so, and why."""
    if not items:
        return []
    try:
        act(items)
    except Exception as why:
        if len(items) == 1:
            return [(items[0], why)]
        return [failed for item in items for failed in each_alone_if_need_be(act, [item])]
    return []
