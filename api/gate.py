"""Who may ask for data, how often, and how many at a time.

The explorer's own files, the reference and the health checks carry no data: they
pass. Everything else needs the right host and token, stays under the client's
rate, and finds a free place or is told when to come again.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem_response
from graph.settings import Settings

OPEN = frozenset({"/", "/docs", "/openapi.json", "/healthz", "/readyz"})
"""Paths that carry no data."""
_CHALLENGE = 'Bearer realm="govmech", Basic realm="govmech", charset="UTF-8"'
SECONDS_UNTIL_FREE = 1
"""When to come again where all places are taken."""


def carries_data(scope: Scope) -> bool:
    """Whether a request asks for what is in the graph."""
    path: str = scope["path"]
    return path not in OPEN and not path.startswith("/explorer/")


def is_event_stream(message: Message) -> bool:
    """Whether this begins an answer that goes on as long as the client stays."""
    if message["type"] != "http.response.start":
        return False
    kind = Headers(raw=message.get("headers", [])).get("content-type", "")
    return kind.startswith("text/event-stream")


class Gate:
    """Lets requests for data through, or answers why not.

    Args:
        app: The application inside.
        settings: Hosts, token, rate and number of places.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in settings.hosts)
        self.token = settings.api_token.get_secret_value().encode()
        self.places = settings.concurrency
        self.taken = 0
        per_minute = settings.requests_per_minute
        self.rate = RateLimitItemPerMinute(per_minute) if per_minute else None
        self.limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse, one request."""
        if scope["type"] != "http" or not carries_data(scope):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._stranger(headers) or self._too_often(scope) or self._full()
        if refusal:
            await refusal(scope, receive, send)
            return
        holds = 1
        self.taken += holds

        async def send_on(message: Message) -> None:
            nonlocal holds
            if holds and is_event_stream(message):  # from here on it only waits for news
                self.taken -= holds
                holds = 0
            await send(message)

        try:
            await self.app(scope, receive, send_on)
        finally:
            self.taken -= holds

    def _stranger(self, headers: Headers) -> Response | None:
        if self.hosts and _host_name(headers.get("host", "")) not in self.hosts:
            return problem_response(400, "wrong-host", "主机名不对 Not a host of this service")
        if self.token and not hmac.compare_digest(_token(headers), self.token):
            challenge = {"WWW-Authenticate": _CHALLENGE}
            return problem_response(
                401, "token-needed", "需要令牌 A token is needed", "", challenge
            )
        return None

    def _too_often(self, scope: Scope) -> Response | None:
        client = scope["client"][0] if scope.get("client") else ""
        if self.rate is None or self.limiter.hit(self.rate, client):
            return None
        reset = self.limiter.get_window_stats(self.rate, client).reset_time
        wait = {"Retry-After": str(max(1, math.ceil(reset - time.time())))}
        return problem_response(429, "too-often", "请求过于频繁 Too many requests", "", wait)

    def _full(self) -> Response | None:
        if self.taken < self.places:
            return None
        wait = {"Retry-After": str(SECONDS_UNTIL_FREE)}
        return problem_response(503, "no-place", "正忙，请稍后 All places are taken", "", wait)


def _host_name(host: str) -> str:
    """Host without port: ``[::1]:8000`` is ``[::1]``."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdigit() else host.lower()


def _token(headers: Headers) -> bytes:
    """The token of a request: after Bearer, or as the password of Basic."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip().encode()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).partition(b":")[2]
        except (binascii.Error, ValueError):
            return b""
    return b""
