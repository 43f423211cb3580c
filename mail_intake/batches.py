"""Work done in batches: cut, begun ahead, and undone into single pieces where a batch fails as a whole."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from queue import SimpleQueue
from threading import Event, Semaphore
from typing import TypeVar

BATCH_MESSAGES, BATCH_BYTES = 50, 1_400_000
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
    """What `act` makes of each item, in threads, while another thread gets the next and the last one is used.

    When getting one fails, what was got until then is handed over first.
    """
    begun: SimpleQueue[Future[Made] | None] = SimpleQueue()
    room, stopped = Semaphore(AHEAD), Event()
    with ThreadPoolExecutor(AHEAD + 1, "ahead") as threads:

        def begin() -> None:
            left = iter(items)
            while room.acquire() and not stopped.is_set() and (item := next(left, None)) is not None:
                begun.put(threads.submit(act, item))

        getting = threads.submit(begin)
        getting.add_done_callback(lambda _: begun.put(None))
        try:
            while (one := begun.get()) is not None:
                made = one.result()
                room.release()
                yield made
        finally:
            stopped.set()
            room.release()
        getting.result()


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
