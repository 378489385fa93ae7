"""Analyses of the whole network: the list, and one route for each."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import openapi
from api.analyses import ANALYSES, MOST_RELATIONSHIPS, Analysis, analyse, find_analysis
from api.deps import StoreDep, query_values
from api.models import answer_model
from api.responses import ENDINGS, json_response
from api.routers.questions import answer_response, describe

router = APIRouter(tags=["analyses"])


@router.get(
    "/analyses",
    summary="可做的分析 (Analyses that can be run)",
    responses=openapi.content(
        {
            "type": "object",
            "required": ["results"],
            "properties": {"results": {"type": "array", "items": {"type": "object"}}},
        },
        csv=False,
    ),
)
def list_analyses() -> Response:
    """Every analysis with its parameters, its columns and where its method is from."""
    described = [{**describe(a.header), "source": a.source} for a in ANALYSES.values()]
    return json_response({"results": described})


@router.get("/analyses/{name}", include_in_schema=False)
def run_analysis(name: str, request: Request, store: StoreDep) -> Response:
    """Run the analysis of that name; an ending says in which form it answers."""
    stem, _, ending = name.rpartition(".")
    wanted, form = (stem, ending) if ending in ENDINGS else (name, "")
    header = find_analysis(wanted).header
    values = query_values(request, header)
    answer = analyse(store, wanted, values, most=MOST_RELATIONSHIPS)
    return answer_response(request, answer, form)


def _document(analysis: Analysis) -> None:
    """Describe an analysis's route; the one above answers it."""
    header = analysis.header

    def endpoint(request: Request, store: StoreDep) -> Response:
        return run_analysis(header.name, request, store)

    endpoint.__doc__ = f"{header.purpose.zh}\n\n{header.purpose.en}\n\n{analysis.source}"
    extra: dict[str, Any] = {"parameters": openapi.parameters(header)}
    router.add_api_route(
        f"/analyses/{header.name}",
        endpoint,
        methods=["GET"],
        summary=f"{header.title.zh} ({header.title.en})",
        operation_id=f"analyse_{header.name}",
        openapi_extra=extra,
        responses=openapi.content(answer_model(header)),
    )


for _declared in ANALYSES.values():
    _document(_declared)
