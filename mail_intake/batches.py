"""Work done in batches: cut, begun ahead, and undone into single pieces where a batch fails as a whole."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

from mail_intake.source import MailboxAway

BATCH_MESSAGES, BATCH_BYTES = 50, 2_000_000
AHEAD = (
    2  # batches taken apart and read beside the one being filed: while one is read, another is taken apart
)

T = TypeVar("T")
Made = TypeVar("Made")


def in_batches(items: Iterable[T], most: int) -> Iterator[list[T]]:
    """Lists of at most so many items."""
    left = iter(items)
    while batch := list(islice(left, most)):
        yield batch


def ahead(act: Callable[[T], Made], items: Iterable[T]) -> Iterator[Made]:
    """What `act` makes of each item, in threads, while the next are fetched and the last one is used.

    When fetching ends in MailboxAway, what was fetched until then is handed over first.
    """
    begun: deque[Future[Made]] = deque()
    with ThreadPoolExecutor(AHEAD, "ahead") as threads:
        try:
            for item in items:
                begun.append(threads.submit(act, item))
                if len(begun) > AHEAD:
                    yield begun.popleft().result()
        except MailboxAway:
            while begun:
                yield begun.popleft().result()
            raise
        while begun:
            yield begun.popleft().result()


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
