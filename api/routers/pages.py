"""The explorer page, and the reference of the HTTP API; both without any other host."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from starlette.responses import FileResponse

EXPLORER = Path(__file__).parents[1] / "explorer"

router = APIRouter(include_in_schema=False)


@router.get("/")
async def explorer() -> FileResponse:
    """The explorer."""
    return FileResponse(EXPLORER / "index.html", headers={"Cache-Control": "no-cache"})


@router.get("/docs")
async def reference() -> FileResponse:
    """The reference of the HTTP API."""
    return FileResponse(EXPLORER / "docs.html", headers={"Cache-Control": "no-cache"})
