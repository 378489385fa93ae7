"""Whether the process lives, and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api import openapi
from api.deps import StoreDep
from api.names import look_up
from api.responses import json_response
from graph.census import find_losses
from graph.errors import StoreDamaged

router = APIRouter(tags=["health"])
_STATUS = {"type": "object", "properties": {"status": {"type": "string"}}}


@router.get(
    "/healthz",
    summary="进程在运行 (The process lives)",
    responses=openapi.content(_STATUS, csv=False),
)
async def healthz() -> Response:
    """Answers without asking the store."""
    return json_response({"status": "ok"})


@router.get(
    "/readyz",
    summary="可以作答 (The store answers)",
    responses=openapi.content(_STATUS, csv=False),
)
def readyz(store: StoreDep) -> Response:
    """Asks the store; 503 when it does not answer, or does not hold what was loaded."""
    look_up(store, "ready")
    for loss in find_losses(store.run):
        raise StoreDamaged(loss, url=store.url)
    return json_response({"status": "ready"})
