"""The HTTP application: routes around one store, and the layers around the routes."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

import anyio.to_thread
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api import openapi
from api.border import Border
from api.errors import add_error_handlers
from api.free_queries import FreeQueries
from api.freshness import Freshness
from api.gate import Gate
from api.routers import analyses, cypher, health, match, nodes, pages, questions, reconcile, search
from graph.settings import Settings
from graph.store import Store
from loaders.segment import segment

THREADS = 2 * (os.cpu_count() or 1)
"""Questions asked at a time. More would take turns on the processors, and the health
check with them; the others wait for a thread."""


def create_app(store: Store, settings: Settings | None = None) -> FastAPI:
    """Make the application.

    Args:
        store: What it asks; opened, and closed afterwards, by the caller.
        settings: Limits, and who may ask; the defaults where none are given.
    """
    # The environment is read by whoever starts the program, not here.
    settings = settings or Settings.model_construct()
    app = FastAPI(
        title="govmech",
        version=version("govmech"),
        summary="治理机制知识图谱 (A knowledge graph of governance mechanisms)",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,
        redoc_url=None,
        lifespan=_prepared,
        # The framework reports to OpenTelemetry wherever that is installed.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.store = store
    app.state.settings = settings
    generate = app.openapi

    def openapi_with_settings() -> dict[str, Any]:
        return app.openapi_schema or openapi.with_settings(generate(), settings)

    app.openapi = openapi_with_settings  # type: ignore[method-assign]
    add_error_handlers(app)
    _add_layers(app, store, settings)
    app.include_router(health.router)
    app.include_router(search.router)
    app.include_router(questions.router)
    app.include_router(analyses.router)
    app.include_router(match.router)
    app.include_router(reconcile.router)
    if settings.cypher:
        app.state.free_queries = FreeQueries(settings)
        app.include_router(cypher.router)
    for noun in nodes.NOUNS:
        app.include_router(nodes.noun_router(noun))
    app.include_router(pages.router)
    app.mount("/explorer", pages.ExplorerFiles(directory=pages.EXPLORER), name="explorer")
    return app


@asynccontextmanager
async def _prepared(app: FastAPI) -> AsyncIterator[None]:
    """What is done once before the first request and after the last."""
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    segment("治理")  # the word list is read now, not while the first search keeps all waiting
    yield
    if app.state.settings.cypher:
        app.state.free_queries.close()


def _add_layers(app: FastAPI, store: Store, settings: Settings) -> None:
    """Put the layers around the routes, the innermost first."""
    has_token = bool(settings.api_token.get_secret_value())
    app.add_middleware(
        Freshness, store=store, is_private=has_token, cache_bytes=settings.cache_bytes
    )
    app.add_middleware(Gate, settings=settings)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "If-None-Match"],
            expose_headers=["ETag", "Link", "Retry-After"],
        )
    app.add_middleware(
        Border,
        url_bytes=settings.url_bytes,
        body_bytes=settings.body_bytes,
        client_seconds=settings.client_seconds,
    )
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies))
