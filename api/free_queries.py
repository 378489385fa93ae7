"""Free Cypher: each query in a process that can be stopped, a few at a time.

Out of it come rows, or the sentence why not; the log gets a hash of the statement, how long
it took and how it ended, never its text.
"""

from __future__ import annotations

import hashlib
import json
import logging
import multiprocessing
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.free_worker import READY, Budget, work
from graph.errors import QueryRefused, QueryTimedOut, StoreBusy, StoreUnavailable
from graph.guard import check_free_query
from graph.settings import Settings

AUDIT = "govmech.audit"
"""Logger that is told of every free query."""
GRACE = 1.2
"""Of its time; then a query is stopped with its process."""
SECONDS_UNTIL_MISSED = 0.1
"""How long a query may go on whose client has left."""
SECONDS_TO_OPEN = 60.0
"""What a process may take to open the store."""

_log = logging.getLogger(AUDIT)
# A fork would share the locks of threads and the handles of the store.
_spawn = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class FreeAnswer:
    """What a free query gave.

    Args:
        columns: Names in the order of RETURN; empty where there is no row.
        rows: One dictionary each.
        truncated: Whether there were more than the limits let through.
    """

    columns: list[str]
    rows: list[dict[str, Any]]
    truncated: bool


class _Worker:
    """One process with its store; answers one query at a time."""

    def __init__(self, settings: Settings, budget: Budget) -> None:
        self.seconds = budget.seconds
        self.connection, far_end = _spawn.Pipe()
        self.process = _spawn.Process(
            target=work,
            args=(far_end, settings.store, settings.password, budget),
            name="govmech-free-query",
            daemon=True,
        )
        self.process.start()
        far_end.close()
        try:
            is_ready = self._receive(SECONDS_TO_OPEN) == READY
        except (EOFError, OSError):
            is_ready = False
        if not is_ready:
            self.stop()
            raise StoreUnavailable("the store cannot be opened for free queries")

    def ask(
        self, cypher: str, params: Mapping[str, object], left: threading.Event
    ) -> dict[str, Any]:
        """The worker's answer; ``killed`` says why it has to be stopped instead."""
        try:
            self.connection.send_bytes(json.dumps([cypher, params]).encode())
        except OSError:
            return {"away": "the process had ended before"}
        try:
            received = self._receive(self.seconds * GRACE, left)
        except (EOFError, OSError):  # it crashed, or met a limit of the operating system
            return {"killed": "broke off"}
        if received is None:
            return {"killed": "timeout"}
        answer: dict[str, Any] = json.loads(received)
        return answer

    def _receive(self, seconds: float, left: threading.Event | None = None) -> bytes | None:
        """What the process sends; None where it takes too long, or nobody waits any more."""
        end = time.monotonic() + seconds
        while (rest := end - time.monotonic()) > 0 and not (left and left.is_set()):
            if self.connection.poll(min(rest, SECONDS_UNTIL_MISSED)):
                return self.connection.recv_bytes()
        return None

    def stop(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.connection.close()


class FreeQueries:
    """Runs free Cypher on the store that the settings name.

    Args:
        settings: The store, its password, and the limits.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.budget = Budget(
            seconds=settings.cypher_seconds,
            rows=settings.cypher_rows,
            answer_bytes=settings.cypher_bytes,
            memory_bytes=settings.cypher_memory_bytes,
        )
        self.places = threading.BoundedSemaphore(settings.cypher_concurrency)
        self.idle: list[_Worker] = []

    def ask(self, cypher: str, params: Mapping[str, object], left: threading.Event) -> FreeAnswer:
        """Run one query.

        Args:
            cypher: One statement that only reads.
            params: Its parameters.
            left: Set by the caller once nobody waits for the answer: the query is stopped.
        Raises:
            QueryRefused: The guard or the engine turned it away, or a limit stopped it.
            StoreBusy: All places for free queries are taken.
            StoreUnavailable: The store cannot be opened.
        """
        started, outcome = time.monotonic(), "refused"
        try:
            check_free_query(cypher)
            if not self.places.acquire(blocking=False):
                outcome = "no place"
                raise StoreBusy("all places for free queries are taken")
            try:
                answer = self._answer(cypher, params, left)
            finally:
                self.places.release()
            outcome = f"{len(answer.rows)} rows"
            return answer
        except QueryTimedOut as exc:
            outcome = "client left" if left.is_set() else "timeout"
            most = f"{self.budget.seconds:g}"
            raise QueryRefused(
                f"查询超过 {most} 秒，已停止；GOVMECH_CYPHER_SECONDS 可改时限。 The query was "
                f"stopped after {most} seconds, the limit that GOVMECH_CYPHER_SECONDS sets."
            ) from exc
        finally:
            digest = hashlib.sha256(cypher.encode("utf-8", "surrogatepass")).hexdigest()
            seconds = time.monotonic() - started
            _log.info("free query %s: %s in %.3f s", digest, outcome, seconds)

    def close(self) -> None:
        """End all processes."""
        while self.idle:
            self.idle.pop().stop()

    def _answer(
        self, cypher: str, params: Mapping[str, object], left: threading.Event
    ) -> FreeAnswer:
        while True:
            worker, is_new = self._worker()
            answer = worker.ask(cypher, params, left)
            if "killed" in answer or "away" in answer:
                worker.stop()
            else:
                self.idle.append(worker)
            if "timeout" in answer or answer.get("killed") == "timeout":
                raise QueryTimedOut("the query took too long")
            if "killed" in answer:
                raise QueryRefused(
                    "查询中断：引擎出错，或内存超过 GOVMECH_CYPHER_MEMORY_BYTES。 The query broke "
                    "off: the engine failed, or needed more than GOVMECH_CYPHER_MEMORY_BYTES sets."
                )
            if "refused" in answer:
                raise QueryRefused(answer["refused"])
            if "away" not in answer:
                return FreeAnswer(answer["columns"], answer["rows"], answer["truncated"])
            if is_new:
                raise StoreUnavailable("the store does not answer free queries")

    def _worker(self) -> tuple[_Worker, bool]:
        """A process that waits, or a new one; and whether it is new."""
        try:
            return self.idle.pop(), False
        except IndexError:
            return _Worker(self.settings, self.budget), True
