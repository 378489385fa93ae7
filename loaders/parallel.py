"""Work spread over processes, with results in the order of the work.

On Linux, workers are forked from a process of one thread after it has loaded what
the work needs, so that none of them loads it again; elsewhere, and where there are
other threads, they start afresh (``spawn``). They end with the process that started
them. Items under way are bounded in number and bytes, so that memory stays flat
however many there are, yet far enough ahead that one large item keeps no other
worker waiting. An item that takes its worker down with it is reported as
:class:`Crashed`; the others go on.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import stat
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

ITEMS_AHEAD = 32
"""Items under way for each worker."""
BYTES_AHEAD = 1_000_000
"""Size of the items under way for each worker; about a second of work."""
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
    function: Callable[[T], R],
    items: Iterable[T],
    workers: int,
    *,
    prepare: Callable[[], object] = lambda: None,
    size: Callable[[T], int] = lambda item: 0,
) -> Iterator[tuple[T, R | Crashed]]:
    """Apply a function to each item, in other processes when there are several workers.

    Args:
        function: Can be pickled; sent to each worker once.
        items: Can be pickled.
        workers: From 1, which means here, in this process.
        prepare: Loads, into this process, what every item needs and workers can inherit.
        size: Bytes of an item, about as many as its result keeps waiting.
    Returns:
        Item and result, in the order of the items.
    """
    if workers <= 1:
        for item in items:
            yield item, function(item)
        return
    crew = _Crew(function, workers, prepare)
    try:
        for item in items:
            crew.submit(item, size(item))
            while crew.is_far_ahead():
                yield crew.take()
        while crew.pending:
            yield crew.take()
    finally:
        # Work that is left over here is work that nobody waits for.
        crew.close(stop=bool(crew.pending))


@dataclass(frozen=True, slots=True)
class _Task(Generic[T, R]):
    item: T
    size: int
    future: Future[R]


class _Crew(Generic[T, R]):
    """Workers, and the items that they have not given back."""

    def __init__(
        self, function: Callable[[T], R], workers: int, prepare: Callable[[], object]
    ) -> None:
        self.function = function
        self.workers = workers
        self.pending: deque[_Task[T, R]] = deque()
        self.bytes = 0
        if _can_fork():
            prepare()
        self.pool = _Pool(function, workers)

    def submit(self, item: T, size: int) -> None:
        self.pending.append(_Task(item, size, self.pool.future(item)))
        self.bytes += size

    def is_far_ahead(self) -> bool:
        """Whether a result has to be taken before the next item is handed out."""
        waiting = len(self.pending)
        if waiting <= 2 * self.workers:
            return False
        return waiting >= self.workers * ITEMS_AHEAD or self.bytes >= self.workers * BYTES_AHEAD

    def take(self) -> tuple[T, R | Crashed]:
        task = self.pending.popleft()
        self.bytes -= task.size
        try:
            return task.item, task.future.result()
        except BrokenProcessPool:
            # Any item under way may be the culprit: ask this one alone, the rest again.
            self.pool.close()
            result = self._alone(task.item)
            self.pool = _Pool(self.function, self.workers)
            again = [_Task(t.item, t.size, self.pool.future(t.item)) for t in self.pending]
            self.pending = deque(again)
            return task.item, result

    def close(self, *, stop: bool) -> None:
        self.pool.close(stop=stop)

    def _alone(self, item: T) -> R | Crashed:
        pool: _Pool[T, R] = _Pool(self.function, 1)
        try:
            return pool.future(item).result()
        except BrokenProcessPool:
            return Crashed()
        finally:
            pool.close(stop=True)


class _Pool(Generic[T, R]):
    """Worker processes, which begin with the first item that they are given."""

    def __init__(self, function: Callable[[T], R], workers: int) -> None:
        forks = _can_fork()
        context = multiprocessing.get_context("fork" if forks else "spawn")
        # Nothing is ever sent: the end of the stream is the sign to stop.
        listening, self._stop = context.Pipe(duplex=False)
        inherited = self._stop if forks else None
        self._executor = ProcessPoolExecutor(
            workers, context, initializer=_begin, initargs=(function, listening, inherited)
        )

    def future(self, item: T) -> Future[R]:
        try:
            with _signals_held():
                return self._executor.submit(_call, item)
        except BrokenProcessPool as exc:
            future: Future[R] = Future()
            future.set_exception(exc)
            return future

    def close(self, *, stop: bool = False) -> None:
        """Let the workers end; with ``stop``, in the middle of what they do."""
        if stop:
            self._stop.close()
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._stop.close()


def _can_fork() -> bool:
    """Whether this process is known to have one thread: a fork copies the locks of all others.

    Native threads of libraries count too, which only Linux tells.
    """
    return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1


_STDERR = 2
_STOPPING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def _signals_held() -> Iterator[None]:
    """Keep what stops this process away from workers that have not yet begun."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_function: Callable[[Any], Any]


def _begin(
    function: Callable[[Any], Any], listening: Connection, inherited: Connection | None
) -> None:
    """Prepare a worker: what it does, what it lets go of, and when it ends."""
    global _function
    _function = function
    if inherited is not None:
        inherited.close()
        _let_go()
    # Ctrl-C reaches the whole group; the parent decides what becomes of the work.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
    threading.Thread(target=_end_with_parent, args=(listening,), daemon=True).start()


def _let_go() -> None:
    """Give up what a fork copies: a store stays locked while any process has its file open."""
    gc.freeze()  # Nothing of the parent's is cleaned up here: to close a store is to write to it.
    for number in [int(entry.name) for entry in Path("/proc/self/fd").iterdir()]:
        with suppress(OSError):  # the listing had a descriptor too
            if number > _STDERR and stat.S_ISREG(os.fstat(number).st_mode):
                os.close(number)


def _end_with_parent(listening: Connection) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel, listening])
        os._exit(1)


def _call(item: Any) -> Any:
    return _function(item)
