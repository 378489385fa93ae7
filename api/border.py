"""What holds for every request: URL, HEAD, headers, and clients that dawdle."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem_response

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""On every answer: no script but ours, no other host, no frame around the page."""


class Border:
    """The outermost layer: it refuses long URLs, answers HEAD like GET, adds headers.

    Args:
        app: The application inside.
        url_bytes: Longest path and query; the parser below cuts at 65,536 in silence.
        body_bytes: Largest body, whether announced or not.
        client_seconds: What a client may take to send its body, or to fetch a piece.
    """

    def __init__(
        self, app: ASGIApp, url_bytes: int, body_bytes: int, client_seconds: float
    ) -> None:
        self.app = app
        self.url_bytes = url_bytes
        self.body_bytes = body_bytes
        self.client_seconds = client_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse, one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            async with asyncio.timeout(self.client_seconds):
                await send(message)

        inside = self._too_large(scope) or self.app
        if is_head:
            scope = {**scope, "method": "GET"}
        await inside(scope, self._hurried(receive), send_with_headers)

    def _too_large(self, scope: Scope) -> ASGIApp | None:
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > self.url_bytes:
            title = f"网址过长 URL over {self.url_bytes} bytes"
            return problem_response(414, "http-414", title)
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced[:19]) > self.body_bytes:
            return problem_response(413, "http-413", self._body_limit)
        return None

    @property
    def _body_limit(self) -> str:
        return f"请求过大 Body over {self.body_bytes} bytes"

    def _hurried(self, receive: Receive) -> Receive:
        """The same messages; 408 for a body that is not whole in time, 413 for one too large."""
        deadline = asyncio.get_running_loop().time() + self.client_seconds
        is_whole, size = False, 0

        async def receive_in_time() -> Message:
            nonlocal is_whole, size
            if is_whole:  # what follows is only the end of the connection
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408) from None
            is_whole = not message.get("more_body", False)
            size += len(message.get("body", b""))
            if size > self.body_bytes:
                raise HTTPException(413, self._body_limit)
            return message

        return receive_in_time
