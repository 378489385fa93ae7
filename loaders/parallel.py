"""Work spread over processes, with results in the order of the work.

On Linux, workers are forked from a process of one thread after it has loaded what
the work needs, so that none of them loads it again; elsewhere, and where there are
other threads, they start afresh (``spawn``). They end with the process that started
them. Items under way are bounded in number and bytes, so that memory stays flat
however many there are, yet far enough ahead that one large item keeps no other
worker waiting. An item whose worker dies is tried once more, by another, and then
reported as :class:`Crashed`; the others go on.

Each worker has a pipe of its own, which ends with it: a pool that shares one between
all, as :mod:`concurrent.futures` has it, hangs where a worker dies in mid-answer.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import stat
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Generic, TypeVar, cast

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
        crew.close()


@dataclass(frozen=True, slots=True)
class _Task(Generic[T, R]):
    item: T
    size: int
    future: Future[R | Crashed]


class _Crew(Generic[T, R]):
    """Workers, and the items that they have not given back."""

    def __init__(
        self, function: Callable[[T], R], workers: int, prepare: Callable[[], object]
    ) -> None:
        self.function = function
        self.workers = workers
        self.pending: deque[_Task[T, R]] = deque()
        self.bytes = 0
        self.idle: SimpleQueue[_Worker[T, R]] = SimpleQueue()
        if _can_fork():
            prepare()
        self.all = [_Worker(function) for _ in range(workers)]
        for worker in self.all:
            self.idle.put(worker)
        # Twice as many, so that a worker has its next item while its last result is unpacked.
        self.threads = ThreadPoolExecutor(2 * workers)

    def submit(self, item: T, size: int) -> None:
        self.pending.append(_Task(item, size, self.threads.submit(self._call, item)))
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
        return task.item, task.future.result()

    def close(self) -> None:
        """End the workers, in the middle of what they do if need be."""
        self.threads.shutdown(wait=False, cancel_futures=True)
        for worker in self.all:
            worker.stop()
        self.threads.shutdown(wait=True)
        for worker in self.all:
            worker.connection.close()

    def _call(self, item: T) -> R | Crashed:
        """Have a worker do an item; one more where the first died, of this item or by chance."""
        for _ in range(2):
            worker = self.idle.get()
            try:
                answer = worker.ask(item)
            except (EOFError, OSError):
                worker.restart()
                continue
            finally:
                self.idle.put(worker)
            done, result = pickle.loads(answer)
            if not done:
                raise result
            return cast(R, result)
        return Crashed()


class _Worker(Generic[T, R]):
    """A process that does one item after the other."""

    def __init__(self, function: Callable[[T], R]) -> None:
        self.function = function
        self.lock = threading.Lock()
        self.stopped = False
        self._start()

    def _start(self) -> None:
        forks = _can_fork()
        context = multiprocessing.get_context("fork" if forks else "spawn")
        self.connection, theirs = context.Pipe()
        with _signals_held():
            self.process: BaseProcess = context.Process(  # type: ignore[attr-defined]
                target=_work, args=(self.function, theirs, forks), daemon=True
            )
            self.process.start()
        # With no copy left here, the end of the worker is the end of the stream.
        theirs.close()

    def ask(self, item: T) -> bytes:
        """What became of an item, pickled.

        Raises:
            EOFError, OSError: The worker is no more.
        """
        self.connection.send(item)
        return self.connection.recv_bytes()

    def restart(self) -> None:
        with self.lock:
            if not self.stopped:
                self.process.join()
                self.connection.close()
                self._start()

    def stop(self) -> None:
        with self.lock:
            self.stopped = True
            self.process.terminate()
            self.process.join()


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


def _work(function: Callable[[Any], Any], connection: Connection, forked: bool) -> None:
    """Do what the parent asks for until the parent ends this process, or ends."""
    if forked:
        _let_go()
    # Ctrl-C reaches the whole group; the parent decides what becomes of the work.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):  # nobody asks any more
        while True:
            connection.send_bytes(_answer(function, connection.recv()))


def _answer(function: Callable[[Any], Any], item: object) -> bytes:
    try:
        return pickle.dumps((True, function(item)), pickle.HIGHEST_PROTOCOL)
    except Exception as exc:  # whatever it is, the caller in the parent has to see it
        return pickle.dumps((False, exc))


def _let_go() -> None:
    """Give up what a fork copies: a store stays locked while any process has its file open."""
    gc.freeze()  # Nothing of the parent's is cleaned up here: to close a store is to write to it.
    for number in [int(entry.name) for entry in Path("/proc/self/fd").iterdir()]:
        with suppress(OSError):  # the listing had a descriptor too
            if number > _STDERR and stat.S_ISREG(os.fstat(number).st_mode):
                os.close(number)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
