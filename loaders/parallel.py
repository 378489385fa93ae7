"""Work spread over processes, with results in the order of the work.

On Linux, workers are forked from a process of one thread after it has loaded what
the work needs, so that none of them loads it again; elsewhere, and where there are
other threads, they start afresh (``spawn``). They end with the process that started
them. Items under way are bounded in number and bytes, so that memory stays flat
however many there are, yet far enough ahead that one large item keeps no other
worker waiting. An item whose worker dies is tried once more, by another, and then
reported as :class:`Crashed`; the others go on.

Each worker has a pipe of its own, which ends with it: a pool that shares one between
all, as :mod:`concurrent.futures` has it, hangs where a worker dies in mid-answer. Behind
a small item the next one already waits in the pipe, so that a worker goes on while this
process is busy.
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
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from graph.collector import collector_paused

T = TypeVar("T")
R = TypeVar("R")

ITEMS_AHEAD = 256
"""Items under way for each worker."""
BYTES_AHEAD = 2_000_000
"""Size of the items under way for each worker; about two seconds of work, and more than
most files have: behind one that is larger, the others wait for it."""
SMALL = 100_000
"""Size of an item behind which another may wait; about a tenth of a second of work."""
UNKNOWN = 125_000
"""Size of an item that is not known."""
_FITS_PIPE = 4_096
"""Bytes of a pickled item that a pipe takes without anybody who reads."""
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
        size: Bytes of an item, about as many as its result keeps waiting; 0 where not known.
    Returns:
        Item and result, in the order of the items.
    """
    if workers <= 1:
        for item in items:
            with collector_paused():
                result = function(item)
            yield item, result
        return
    crew = _Crew(function, workers, prepare)
    try:
        for item in items:
            crew.submit(item, size(item) or UNKNOWN)
            while crew.is_far_ahead():
                yield crew.take()
        while crew.pending:
            yield crew.take()
    finally:
        crew.close()


@dataclass(slots=True)
class _Task(Generic[T]):
    """An item under way.

    Args:
        item: The item.
        data: The same, pickled.
        size: Bytes of work.
        answer: What became of it, pickled; None where it ended its worker twice.
        deaths: Workers that it has ended.
    """

    item: T
    data: bytes
    size: int
    answer: Future[bytes | None] = field(default_factory=Future)
    deaths: int = 0


class _Crew(Generic[T, R]):
    """Workers, and the items that they have not given back."""

    def __init__(
        self, function: Callable[[T], R], workers: int, prepare: Callable[[], object]
    ) -> None:
        self.workers = workers
        self.pending: deque[_Task[T]] = deque()
        self.bytes = 0
        self.queue: SimpleQueue[_Task[T] | None] = SimpleQueue()
        if _can_fork():
            prepare()
        self.all = [_Worker[T, R](function) for _ in range(workers)]
        self.threads = [
            threading.Thread(target=worker.serve, args=(self.queue, workers), daemon=True)
            for worker in self.all
        ]
        for thread in self.threads:
            thread.start()

    def submit(self, item: T, size: int) -> None:
        task = _Task(item, pickle.dumps(item, pickle.HIGHEST_PROTOCOL), size)
        self.pending.append(task)
        self.queue.put(task)
        self.bytes += size

    def is_far_ahead(self) -> bool:
        """Whether a result has to be taken before the next item is handed out."""
        waiting = len(self.pending)
        if waiting <= 2 * self.workers:
            return False
        return waiting >= self.workers * ITEMS_AHEAD or self.bytes >= self.workers * BYTES_AHEAD

    def take(self) -> tuple[T, R | Crashed]:
        """The next result, as soon as it is there."""
        task = self.pending[0]
        answer = task.answer.result()
        self.pending.popleft()
        self.bytes -= task.size
        if answer is None:
            return task.item, Crashed()
        done, result = pickle.loads(answer)
        if not done:
            raise result
        return task.item, result

    def close(self) -> None:
        """End the workers, in the middle of what they do if need be."""
        for worker in self.all:
            worker.stop()
        for worker in self.all:  # all at once: it takes a while to give so much memory back
            worker.process.join()
        for _ in self.threads:
            self.queue.put(None)
        for thread in self.threads:
            thread.join()
        for worker in self.all:
            worker.connection.close()


class _Worker(Generic[T, R]):
    """A process that does one item after the other."""

    def __init__(self, function: Callable[[T], R]) -> None:
        self.function = function
        self.lock = threading.Lock()
        self.stopped = False
        self.handed: deque[_Task[T]] = deque()
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

    def serve(self, queue: SimpleQueue[_Task[T] | None], workers: int) -> None:
        """Have items done until there is nothing more to come, or the worker is stopped."""
        while not self.stopped and (self.handed or self._take(queue.get())):
            try:
                self._exchange(queue, workers)
            except (EOFError, OSError):
                self._bury()

    def _exchange(self, queue: SimpleQueue[_Task[T] | None], workers: int) -> None:
        """Hand out what was taken, and more behind it, until all answers are there.

        Raises:
            EOFError, OSError: The worker is no more.
        """
        sent = 0
        while self.handed:
            if sent == 0 or (sent < len(self.handed) and self._may_wait(self.handed[sent])):
                self.connection.send_bytes(self.handed[sent].data)
                sent += 1
            elif len(self.handed) > 1 or not self._take_behind(queue, workers):
                answer = self.connection.recv_bytes()
                self.handed.popleft().answer.set_result(answer)
                sent -= 1

    def _take(self, task: _Task[T] | None) -> bool:
        if task is not None:
            self.handed.append(task)
        return task is not None

    def _take_behind(self, queue: SimpleQueue[_Task[T] | None], workers: int) -> bool:
        """Take another item, unless it would wait for long, or another worker could do it."""
        if self.handed[0].size > SMALL or queue.qsize() <= workers:
            return False
        try:
            task = queue.get_nowait()
        except Empty:
            return False
        if task is None:
            queue.put(None)
        return self._take(task)

    def _may_wait(self, task: _Task[T]) -> bool:
        """Whether the pipe takes an item while the worker is at another, so that neither
        this process nor the worker, which may have a large answer to give, waits for ever.
        """
        return len(task.data) <= _FITS_PIPE

    def _bury(self) -> None:
        """Start the worker again; what it died of, by chance or not, is tried once more."""
        with self.lock:
            if self.stopped:
                return
            self.process.join()
            self.connection.close()
            try:
                self._start()
            except OSError as exc:  # no process or pipe to be had: nothing goes on
                self.handed.popleft().answer.set_exception(exc)
                return
        task = self.handed[0]
        task.deaths += 1
        if task.deaths > 1:
            self.handed.popleft().answer.set_result(None)

    def stop(self) -> None:
        with self.lock:
            self.stopped = True
            self.process.terminate()


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


@collector_paused()
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
