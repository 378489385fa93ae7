"""One connection to a client: URLs typed as they are read, and no more connections than fit.

A browser encodes Chinese in a URL; curl and scripts often send it raw
(``curl http://host/units/北京市信访局``), and h11 answers 400. Here bytes beyond ASCII in the
request line are percent-encoded before h11 sees them. Headers and bodies are left alone, and
all limits hold for the encoded form.
"""

from __future__ import annotations

import asyncio
import re

import h11
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.errors import problem_response
from api.gate import SECONDS_UNTIL_FREE

CONNECTIONS = 500
"""Connections at a time; on further ones every request is answered 503."""

_RAW = re.compile(rb"[\x80-\xff]")


class Connection(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with the two changes of this module."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin with a request line; answer for the application where it is crowded."""
        self.is_in_line = True
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS:
            self.app = _crowded

    def data_received(self, data: bytes) -> None:
        """Pass on what came, its request line in ASCII."""
        if self.is_in_line and self.conn.their_state is h11.IDLE:
            line, end, rest = data.partition(b"\n")
            data = _RAW.sub(_encoded, line) + end + rest
            self.is_in_line = not end
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:  # the head is whole; another may follow
            self.is_in_line = True


def _encoded(byte: re.Match[bytes]) -> bytes:
    return b"%%%02X" % byte[0][0]


async def _crowded(scope: Scope, receive: Receive, send: Send) -> None:
    """Tell one client too many when to come again."""
    if scope["type"] == "http":
        headers = {"Retry-After": str(SECONDS_UNTIL_FREE), "Connection": "close"}
        title = "连接已满，请稍后 Too many connections"
        await problem_response(503, "no-place", title, "", headers)(scope, receive, send)
