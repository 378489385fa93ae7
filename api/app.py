"""The HTTP application: routes, limits and headers around one store."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import add_error_handlers, problem_response
from api.routers import health, match, nodes, pages, questions, reconcile, search
from graph.store import Store

LONGEST_URL = 16_000
"""Bytes of path and query; the parser below would cut at 65,536 in silence."""

LARGEST_BODY = 1_000_000
"""Bytes; a full batch of names in Chinese is a fifth of it."""

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


def create_app(store: Store) -> FastAPI:
    """Make the application.

    Args:
        store: What it asks; opened, and closed afterwards, by the caller.
    """
    app = FastAPI(
        title="govmech",
        version=version("govmech"),
        summary="治理机制知识图谱 (A knowledge graph of governance mechanisms)",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,
        redoc_url=None,
        max_body_size=LARGEST_BODY,
        # The framework reports to OpenTelemetry wherever that is installed.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.store = store
    add_error_handlers(app)
    app.add_middleware(Border)
    app.include_router(health.router)
    app.include_router(search.router)
    app.include_router(questions.router)
    app.include_router(match.router)
    app.include_router(reconcile.router)
    for noun in nodes.NOUNS:
        app.include_router(nodes.noun_router(noun))
    app.include_router(pages.router)
    app.mount("/explorer", StaticFiles(directory=pages.EXPLORER), name="explorer")
    return app


class Border:
    """What holds for every request: length of the URL, HEAD like GET, headers.

    Args:
        app: The application inside.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

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
            await send(message)

        inside = self.app
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_URL:
            title = f"网址过长 URL over {LONGEST_URL} bytes"
            inside = problem_response(414, "http-414", title)
        if is_head:
            scope = {**scope, "method": "GET"}
        await inside(scope, receive, send_with_headers)
