"""Full-text search, and names to choose from while typing."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import openapi
from api.deps import StoreDep, query_values
from api.models import found_model, rows_model
from api.names import lookups
from api.questions import questions, run_template
from api.responses import ENDINGS, asked_format, csv_response, json_response, next_link
from graph.errors import BadPage, BadParameter

router = APIRouter(tags=["search"])
_SEARCH = questions["search"]
_SUGGEST = lookups["suggestions"]
DEEPEST: int = next(p.maximum for p in _SEARCH.parameters if p.name == "offset") or 0
"""Rows that may be skipped: each page computes all before it."""
_PARAMETERS = [
    {**p, "name": "q"} if p["name"] == "query" else p for p in openapi.parameters(_SEARCH)
]


def search(request: Request, store: StoreDep) -> Response:
    """Nodes whose names, and sentences that, hold the words of ``q``, page by page."""
    values = query_values(request, _SEARCH)
    if "query" in values:
        raise BadParameter("search has no parameter “query”; it has q, kind, limit, offset")
    if not values.get("q"):
        raise BadParameter("“q” (词语) is needed, for example q=领导包案")
    values["query"] = values.pop("q")
    _check_offset(str(values.get("offset", 0)))
    answer = run_template(store, _SEARCH, values)
    limit, offset = int(str(answer.params["limit"])), int(str(answer.params["offset"]))
    goes_on = answer.truncated and offset + limit <= DEEPEST
    link = next_link(request, offset=offset + limit) if goes_on else None
    headers = {"Link": f'<{link}>; rel="next"'} if link else {}
    ending = request.url.path.rpartition(".")[2]
    wanted = asked_format(request, ending if ending in ENDINGS else "")
    if wanted != "json":
        return csv_response(
            answer.columns, answer.rows, "search", excel=wanted == "excel", headers=headers
        )
    return json_response(
        {
            "results": answer.rows,
            "limit": limit,
            "offset": offset,
            "truncated": answer.truncated,
            "next": link,
        },
        headers,
    )


for _ending in ("", ".csv", ".json"):
    router.add_api_route(
        f"/search{_ending}",
        search,
        methods=["GET"],
        summary=f"{_SEARCH.title.zh} ({_SEARCH.title.en})",
        operation_id="search",
        openapi_extra={"parameters": _PARAMETERS},
        responses=openapi.content(found_model(_SEARCH)),
        include_in_schema=not _ending,
    )


def _check_offset(given: str) -> None:
    if not re.fullmatch("[0-9]{1,6}", given) or int(given) > DEEPEST:
        raise BadPage(
            f"“offset” is a whole number from 0 to {DEEPEST}; ask for fewer words or a kind"
        )


@router.get(
    "/suggest",
    summary=f"{_SUGGEST.title.zh} ({_SUGGEST.title.en})",
    operation_id="suggest",
    openapi_extra={"parameters": openapi.parameters(_SUGGEST, formats=False)},
    responses=openapi.content(rows_model(_SUGGEST), csv=False),
)
def suggest(request: Request, store: StoreDep) -> Response:
    """Nodes with a name that holds ``text``, those most used first."""
    answer = run_template(store, _SUGGEST, query_values(request, _SUGGEST))
    return json_response({"results": answer.rows})
