"""Work done in batches: cut, begun one ahead, and undone into single pieces where a batch fails as a whole."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

from mail_intake.source import MailboxAway

BATCH_MESSAGES, BATCH_BYTES = 50, 2_000_000
AT_ONCE = 2  # of which one waits for the reader of documents

T = TypeVar("T")
Made = TypeVar("Made")


def in_batches(items: Iterable[T], most: int) -> Iterator[list[T]]:
    """Lists of at most so many items."""
    left = iter(items)
    while batch := list(islice(left, most)):
        yield batch


def one_ahead(act: Callable[[T], Made], items: Iterable[T]) -> Iterator[tuple[T, Made]]:
    """Each item with what `act` makes of it, in a thread, while the next item is fetched and the last one used.

    When fetching ends in MailboxAway, what was fetched until then is handed over first.
    """
    begun: deque[tuple[T, Future[Made]]] = deque()
    with ThreadPoolExecutor(1, "ahead") as thread:
        try:
            for item in items:
                begun.append((item, thread.submit(act, item)))
                if len(begun) > 1:
                    yield _finished(begun)
        except MailboxAway:
            while begun:
                yield _finished(begun)
            raise
        while begun:
            yield _finished(begun)


def side_by_side(act: Callable[[T], Made], items: Sequence[T]) -> list[Made]:
    """What `act` makes of each item; while one waits for another process, the next is begun."""
    if len(items) < AT_ONCE:
        return [act(item) for item in items]
    with ThreadPoolExecutor(AT_ONCE, "beside") as threads:
        return list(threads.map(act, items))


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
