"""Names to ids, in bulk: a column of unit names becomes a column of ids."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api import openapi
from api.deps import StoreDep
from api.matching import FIRST_HITS, KINDS, LONGEST_NAME, MOST_HITS, MOST_QUERIES, Asked
from api.matching import find_candidates as find
from api.responses import json_response

router = APIRouter(tags=["match"])

Name = Annotated[
    str, Field(min_length=1, max_length=LONGEST_NAME, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")
]


class MatchQuery(BaseModel):
    """One name to match."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Name = Field(description="名称、别名或标识 (name, alias or id)")
    kind: Literal["Agency", "Mechanism", "Regulation", "Initiative"] | None = Field(
        default=None, description="类别；不给则各类都找 (kind of node; any where none is given)"
    )
    place: Name | None = Field(
        default=None, description="名称前的地区 (place that belongs before the name)"
    )


class MatchBatch(BaseModel):
    """Names by keys of the client's choice."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "example": {
                "queries": {
                    "row1": {"name": "北京市信访办", "kind": "Agency"},
                    "row2": {"name": "包案制度"},
                }
            }
        },
    )

    queries: dict[str, MatchQuery] = Field(min_length=1, max_length=MOST_QUERIES)


_CANDIDATE = {
    "type": "object",
    "required": ["id", "name", "label", "score", "match"],
    "properties": {
        "id": {"type": "string", "example": "agency:北京市信访办公室"},
        "name": {"type": "string", "example": "北京市信访办公室"},
        "label": {"type": "string", "enum": list(KINDS)},
        "score": {"type": "number", "minimum": 0, "maximum": 100, "example": 95},
        "match": {"type": "boolean", "description": "可直接采用 (sure enough to be taken)"},
    },
}
_ANSWER = {
    "type": "object",
    "required": ["responses", "limit"],
    "properties": {
        "responses": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["results"],
                "properties": {"results": {"type": "array", "items": _CANDIDATE}},
            },
        },
        "limit": {"type": "integer"},
    },
}


@router.post(
    "/match",
    summary="批量按名称找结点 (Nodes for names, in bulk)",
    operation_id="match",
    responses=openapi.content(_ANSWER, csv=False, body=True),
)
def match(
    batch: MatchBatch,
    store: StoreDep,
    limit: Annotated[
        int, Query(ge=1, le=MOST_HITS, description="每个名称最多几个 (candidates for each)")
    ] = FIRST_HITS,
) -> Response:
    """Candidates with scores for up to 100 names, under the keys that the client chose.

    Score 100 is the id or name itself, 95 an alias, 90 the same but for width, quotes or
    a closing 制度, 机制, 工作, 85 what a reform made of the body of that name; below that
    names are only alike. `match` is true for the one candidate that can be taken without
    looking.
    """
    asked = {
        key: Asked(q.name, (q.kind,) if q.kind else KINDS, q.place or "")
        for key, q in batch.queries.items()
    }
    found = find(store, asked, limit)
    responses = {
        key: {
            "results": [
                {"id": c.id, "name": c.name, "label": c.label, "score": c.score, "match": c.match}
                for c in candidates
            ]
        }
        for key, candidates in found.items()
    }
    return json_response({"responses": responses, "limit": limit})
