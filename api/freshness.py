"""Whether a client has the answer already: ETag and Last-Modified from what is loaded.

An answer follows from the reports in the store and from the program alone, so the
digest of the reports is its validator: while nothing is loaded or removed, the
question need not be asked again, neither by the client nor of the store.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate
from importlib.metadata import version

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.gate import carries_data
from api.kept import KeptAnswers
from graph.census import content_digest
from graph.errors import GovmechError
from graph.store import Store

SECONDS_KEPT = 1.0
"""How long the digest of the reports is taken for granted: what is loaded shows after it."""


@dataclass(frozen=True, slots=True)
class _Load:
    """What was loaded: its digest, since when it has been seen, when it was looked at."""

    digest: str
    since: float
    seen: float


class Freshness:
    """Adds validators to answers and keeps them; 304 where the client has the answer already.

    Args:
        app: The application inside.
        store: Whose reports are digested.
        is_private: Whether answers are for the holder of a token only.
        cache_bytes: Bytes of answers to keep; 0 for none.
    """

    def __init__(self, app: ASGIApp, store: Store, is_private: bool, cache_bytes: int) -> None:
        self.app = app
        self.store = store
        self.kept = KeptAnswers(cache_bytes)
        self.control = "private, no-cache" if is_private else "no-cache"
        self.version = version("govmech")
        self.load: _Load | None = None
        self.turn = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not carries_data(scope):
            await self.app(scope, receive, send)
            return
        load = await self._current()
        if load is None:
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope)
        validators = {
            "ETag": self._tag(load, scope, given),
            "Last-Modified": formatdate(load.since, usegmt=True),
            "Cache-Control": self.control,
            "Vary": "Accept",
        }
        tag = validators["ETag"]
        if tag in map(str.strip, given.get("if-none-match", "").split(",")):
            await Response(status_code=304, headers=validators)(scope, receive, send)
            return
        if kept := self.kept.get(tag):
            for message in kept:
                await send(dict(message))  # outer layers add headers of their own
            return
        await self._ask(scope, receive, send, validators)

    async def _ask(
        self, scope: Scope, receive: Receive, send: Send, validators: Mapping[str, str]
    ) -> None:
        """Pass the request on, add the validators to its answer, and keep that."""
        answer: list[Message] = []
        size = 0

        async def send_with_validators(message: Message) -> None:
            nonlocal size
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = MutableHeaders(scope=message)
                for name, value in validators.items():
                    headers.setdefault(name, value)
                answer.append(dict(message))
            elif answer and message["type"] == "http.response.body":
                size += len(message.get("body", b""))
                if self.kept.is_small(size):
                    answer.append(message)
                    if not message.get("more_body", False):
                        self.kept.keep(validators["ETag"], answer)
                else:
                    answer.clear()
            await send(message)

        await self.app(scope, receive, send_with_validators)

    def _tag(self, load: _Load, scope: Scope, given: Headers) -> str:
        """The validator of this URL in this form, for what is loaded now."""
        form = "csv" if given.get("accept", "").startswith("text/csv") else ""
        host = given.get("host", "")  # the manifest names it
        parts = (load.digest, self.version, scope["path"], form, host)
        whole = "\0".join(parts).encode("utf-8", "surrogatepass") + scope["query_string"]
        return f'W/"{hashlib.sha256(whole).hexdigest()[:32]}"'

    async def _current(self) -> _Load | None:
        """What is loaded now; None where the store cannot tell."""
        if self.load and time.monotonic() - self.load.seen < SECONDS_KEPT:
            return self.load
        async with self.turn:
            if self.load and time.monotonic() - self.load.seen < SECONDS_KEPT:
                return self.load
            seen = time.monotonic()
            try:
                digest = await run_in_threadpool(lambda: content_digest(self.store.reports()))
            except GovmechError:  # the question itself will say what is wrong
                return None
            is_same = self.load is not None and self.load.digest == digest
            since = self.load.since if self.load and is_same else time.time()
            self.load = _Load(digest, since, seen)
            return self.load
