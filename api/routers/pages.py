"""The explorer page, and the reference of the HTTP API; both without any other host."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

EXPLORER = Path(__file__).parents[1] / "explorer"

router = APIRouter(include_in_schema=False)


class ExplorerFiles(StaticFiles):
    """Files of the explorer; a browser asks whether they are new, so that they fit together."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """Answer with a file, to be looked at again before it is used again."""
        answer = super().file_response(*args, **kwargs)
        answer.headers["Cache-Control"] = "no-cache"
        return answer


@router.get("/")
async def explorer() -> FileResponse:
    """The explorer."""
    return FileResponse(EXPLORER / "index.html", headers={"Cache-Control": "no-cache"})


@router.get("/docs")
async def reference() -> FileResponse:
    """The reference of the HTTP API."""
    return FileResponse(EXPLORER / "docs.html", headers={"Cache-Control": "no-cache"})
