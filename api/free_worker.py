"""The process that free Cypher runs in: what goes wrong there ends with it.

The embedded engine computes some expressions to their end whatever its time limit says, and
crashes on others; its reading session opens files. So a query of somebody else gets a process
of its own, which has a bound on memory, opens nothing once its store is open, and is killed
when its time is over (:mod:`api.free_queries`).

In go pairs of Cypher and parameters as JSON, out comes one JSON object each.
"""

from __future__ import annotations

import json
import math
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from graph.errors import QueryFailed, QueryRefused, QueryTimedOut, StoreError
from graph.opening import open_store
from graph.store import Row, Store

READY = b"ready"


@dataclass(frozen=True, slots=True)
class Budget:
    """What one free query may use.

    Args:
        seconds: Time that the engine gives it.
        rows: Rows of its answer.
        answer_bytes: Bytes of its rows as JSON.
        memory_bytes: Memory of the process, its store included.
    """

    seconds: float
    rows: int
    answer_bytes: int
    memory_bytes: int


def work(requests: Connection, url: str, password: str, budget: Budget) -> None:
    """Open a store and answer queries until the other end is closed.

    Sends :data:`READY` once it can; an object with ``away`` instead of an answer says that the
    store has gone or changed, and that the process is about to end. ``timeout`` says that the
    engine stopped the query at its time, ``refused`` why it was turned away.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    _limit("DATA", budget.memory_bytes)
    _limit("CORE", 0)
    try:
        store = open_store(url, read_only=True, password=password, query_seconds=budget.seconds)
    except StoreError as exc:
        requests.send_bytes(_json({"away": str(exc)}))
        return
    with store:
        if "://" not in store.url:  # a server's driver may need another connection
            _limit("NOFILE", 0)
        requests.send_bytes(READY)
        while True:
            try:
                cypher, params = json.loads(requests.recv_bytes())
            except EOFError:
                return
            answer = _answer(store, cypher, params, budget)
            requests.send_bytes(_json(answer))
            if "away" in answer:
                return


def _limit(resource_name: str, most: int) -> None:
    """Set a limit of the operating system, where it has such limits."""
    if sys.platform != "win32":
        import resource

        kind: int = getattr(resource, f"RLIMIT_{resource_name}")
        hard = resource.getrlimit(kind)[1]
        within = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (within, hard))


def _answer(
    store: Store, cypher: str, params: Mapping[str, object], budget: Budget
) -> dict[str, Any]:
    try:
        rows, truncated = store.run_free(cypher, params, rows=budget.rows)
        shown = _fitting(rows, budget.answer_bytes)
    except QueryTimedOut as exc:
        return {"timeout": str(exc)}
    except (QueryRefused, QueryFailed) as exc:
        return {"refused": str(exc)}
    except StoreError as exc:
        return {"away": str(exc)}
    except (MemoryError, RecursionError):
        return {"refused": "the answer is too large or nested too deep"}
    truncated = truncated or len(shown) < len(rows)
    return {"columns": list(rows[0]) if rows else [], "rows": shown, "truncated": truncated}


def _fitting(rows: list[Row], most: int) -> list[Row]:
    """The first rows, as many as fit into so many bytes."""
    shown: list[Row] = []
    room = most
    for row in rows:
        plain = {name: _plain(value) for name, value in row.items()}
        room -= len(_json(plain)) + 1
        if room < 0:
            break
        shown.append(plain)
    return shown


def _plain(value: object) -> Any:
    """The value as JSON has it: dates and points as text, no number that is none."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): _plain(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    return str(value)


def _json(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", errors="replace")
