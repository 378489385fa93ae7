"""Full-text search, and names to choose from while typing."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import openapi
from api.deps import StoreDep, query_values
from api.models import rows_model
from api.names import lookups
from api.questions import questions, run_template
from api.responses import asked_format, csv_response, json_response
from graph.errors import BadParameter

router = APIRouter(tags=["search"])
_SEARCH = questions["search"]
_SUGGEST = lookups["suggestions"]
_PARAMETERS = [
    {**p, "name": "q"} if p["name"] == "query" else p for p in openapi.parameters(_SEARCH)
]


@router.get(
    "/search",
    summary=f"{_SEARCH.title.zh} ({_SEARCH.title.en})",
    operation_id="search",
    openapi_extra={"parameters": _PARAMETERS},
    responses=openapi.content(rows_model(_SEARCH, limited=True)),
)
def search(request: Request, store: StoreDep) -> Response:
    """Nodes whose names, and sentences that, hold the words of ``q``."""
    values = query_values(request, _SEARCH)
    if "query" in values:
        raise BadParameter("search has no parameter “query”; it has q, kind, limit")
    if not values.get("q"):
        raise BadParameter("“q” (词语) is needed, for example q=领导包案")
    values["query"] = values.pop("q")
    answer = run_template(store, _SEARCH, values)
    wanted = asked_format(request)
    if wanted != "json":
        return csv_response(answer.columns, answer.rows, "search", excel=wanted == "excel")
    return json_response(
        {
            "results": answer.rows,
            "limit": answer.params["limit"],
            "truncated": answer.truncated,
        }
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
