"""Free Cypher, where it is switched on: for those who know the graph and want more of it."""

from __future__ import annotations

import asyncio
import threading
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api import openapi
from api.free_queries import FreeQueries
from api.responses import json_response
from graph.guard import LONGEST

router = APIRouter(tags=["cypher"])

Text = Annotated[str, Field(max_length=LONGEST, pattern=openapi.NO_NUL)]
Whole = Annotated[int, Field(ge=-openapi.WHOLE, le=openapi.WHOLE)]
Scalar = bool | Whole | Annotated[float, Field(ge=-1e300, le=1e300)] | Text | None


class FreeQuery(BaseModel):
    """A statement that only reads, and its parameters."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "example": {
                "query": "MATCH (a:Agency)-[r:IMPLEMENTS]->(m) WHERE r.year = $year "
                "RETURN m.name AS mechanism, count(DISTINCT a) AS units ORDER BY units DESC",
                "params": {"year": 2023},
            }
        },
    )

    query: str = Field(min_length=1, max_length=LONGEST, description="一条只读语句 (one statement)")
    params: dict[str, Scalar | list[Scalar]] = Field(
        default_factory=dict, max_length=100, description="参数 (parameters)"
    )


_ANSWER = {
    "type": "object",
    "required": ["columns", "rows", "truncated"],
    "properties": {
        "columns": {"type": "array", "items": {"type": "string"}},
        "rows": {"type": "array", "items": {"type": "object"}},
        "truncated": {"type": "boolean", "description": "另有未列出的行 (there are more rows)"},
    },
    "additionalProperties": False,
}


@router.post(
    "/cypher",
    summary="自由查询 (A query of one's own, read only)",
    operation_id="cypher",
    responses=openapi.content(_ANSWER, csv=False, body=True),
)
async def cypher(asked: FreeQuery, request: Request) -> Response:
    """Rows of one Cypher statement that only reads; 422 says why one is refused or was stopped.

    Clauses: MATCH, OPTIONAL MATCH, WITH, UNWIND, RETURN, CALL with a subquery or one of a few
    procedures. Time, rows and bytes are bounded; `truncated` tells that there was more.
    """
    queries: FreeQueries = request.app.state.free_queries
    left = threading.Event()
    watch = asyncio.create_task(_watch(request, left))
    # Not one of the threads that questions share: it would be theirs no more until this ends.
    own = CapacityLimiter(1)
    try:
        answer = await to_thread.run_sync(queries.ask, asked.query, asked.params, left, limiter=own)
    finally:
        watch.cancel()
    return json_response(
        {"columns": answer.columns, "rows": answer.rows, "truncated": answer.truncated}
    )


async def _watch(request: Request, left: threading.Event) -> None:
    """Notice that the client has left; the body has been read, so nothing else can come."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    left.set()
