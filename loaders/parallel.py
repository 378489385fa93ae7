"""Work spread over processes, with results in the order of the work.

Workers are started afresh (``spawn``), so that they inherit no open store, and
end with the process that started them. At most :data:`AHEAD` items a worker are
under way, so that memory stays flat however many there are. An item that takes
its worker down with it is reported as :class:`Crashed`; the others go on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 4
"""Items under way for each worker."""
FILES_PER_WORKER = 12
"""Files that make one more worker worth its start, which takes about a second."""


@dataclass(frozen=True, slots=True)
class Crashed:
    """What an item leaves that ended its worker: out of memory, or a library's fault."""


def worker_count(files: int, asked: int | None = None) -> int:
    """Number of workers for so many files: as asked, else what the machine and the work allow."""
    if asked is not None:
        return max(1, asked)
    return max(1, min(os.cpu_count() or 1, files // FILES_PER_WORKER))


def map_ordered(
    function: Callable[[T], R], items: Iterable[T], workers: int
) -> Iterator[tuple[T, R | Crashed]]:
    """Apply a function to each item, in other processes when there are several workers.

    Args:
        function: Can be pickled; sent to each worker once.
        items: Can be pickled.
        workers: From 1, which means here, in this process.
    Returns:
        Item and result, in the order of the items.
    """
    if workers <= 1:
        for item in items:
            yield item, function(item)
        return
    crew = _Crew(function, workers)
    try:
        for item in items:
            crew.submit(item)
            if len(crew.pending) >= workers * AHEAD:
                yield crew.take()
        while crew.pending:
            yield crew.take()
    finally:
        crew.close()


class _Crew(Generic[T, R]):
    """Workers, and the items that they have not given back."""

    def __init__(self, function: Callable[[T], R], workers: int) -> None:
        self.function = function
        self.workers = workers
        self.pending: deque[tuple[T, Future[R]]] = deque()
        self.pool = self._start(workers)

    def submit(self, item: T) -> None:
        self.pending.append((item, self._future(item)))

    def take(self) -> tuple[T, R | Crashed]:
        item, future = self.pending.popleft()
        try:
            return item, future.result()
        except BrokenProcessPool:
            # Any item under way may be the culprit: ask this one alone, the rest again.
            result = self._alone(item)
            self.close()
            self.pool = self._start(self.workers)
            waiting = [item for item, _ in self.pending]
            self.pending = deque((item, self._future(item)) for item in waiting)
            return item, result

    def close(self) -> None:
        self.pool.shutdown(wait=True, cancel_futures=True)

    def _alone(self, item: T) -> R | Crashed:
        with self._start(1) as pool:
            try:
                result: R = pool.submit(_call, item).result()
            except BrokenProcessPool:
                return Crashed()
            return result

    def _future(self, item: T) -> Future[R]:
        try:
            return self.pool.submit(_call, item)
        except BrokenProcessPool as exc:
            future: Future[R] = Future()
            future.set_exception(exc)
            return future

    def _start(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(self.function,),
        )


_function: Callable[[Any], Any]


def _begin(function: Callable[[Any], Any]) -> None:
    """Prepare a worker: what it does, and when it ends."""
    global _function
    _function = function
    # Ctrl-C reaches the whole group; the parent decides what becomes of the work.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _call(item: Any) -> Any:
    return _function(item)
