"""Units, mechanisms, regulations, initiatives and reports: lists, details, neighbours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api import openapi
from api.deps import StoreDep, query_values
from api.facets import FACET, Facets, count_facets, facet_parameter
from api.models import node_model, page_model, rows_model
from api.names import look_up, lookups, resolve_name
from api.questions import Answer, run_template
from api.responses import ENDINGS, asked_format, csv_response, json_response, next_link
from api.uncited import remark_on, uncited_node
from graph.errors import BadPage, BadParameter, NotCited
from graph.store import Store
from queries.templates import Template

FIRST_NEIGHBOURS = 20
"""Neighbours that come with a node; the rest pages under ``/adjacent``."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A kind of node that has pages.

    Args:
        path: Plural, as in the URL.
        label: Label in the graph.
        list: Lookup that lists them.
        one: Lookup that shows one.
        title: What people call them, Chinese then English.
    """

    path: str
    label: str
    list: str
    one: str
    title: str


NOUNS = (
    Noun("units", "Agency", "agencies", "agency", "机构 Units"),
    Noun("mechanisms", "Mechanism", "mechanisms", "mechanism", "机制 Mechanisms"),
    Noun("regulations", "Regulation", "regulations", "regulation", "法规文件 Regulations"),
    Noun("initiatives", "Initiative", "initiatives", "initiative", "专项行动 Initiatives"),
    Noun("reports", "Report", "reports", "report", "报告 Reports"),
)


def page_response(
    request: Request, answer: Answer, key: str, facets: Facets | None = None
) -> Response:
    """A page of a list.

    Args:
        request: The request.
        answer: The rows.
        key: Column that the next page starts after.
        facets: Counts that were asked for, for the JSON form.
    """
    ending = request.scope["route"].path.rpartition(".")[2]
    wanted = asked_format(request, ending if ending in ENDINGS else "")
    link = next_link(request, after=answer.rows[-1][key]) if answer.truncated else None
    headers = {"Link": f'<{link}>; rel="next"'} if link else {}
    if wanted != "json":
        name = request.url.path.strip("/").partition("/")[0].partition(".")[0]
        return csv_response(
            answer.columns, answer.rows, name, excel=wanted == "excel", headers=headers
        )
    page = {"results": answer.rows, "limit": answer.params["limit"], "next": link}
    if facets is not None:
        page["facets"] = {name: counts.model_dump() for name, counts in facets.items()}
    return json_response(page, headers)


def noun_router(noun: Noun) -> APIRouter:
    """Routes of one kind of node."""
    router = APIRouter(prefix=f"/{noun.path}", tags=[noun.path])
    _add_list(router, noun)
    if noun.label == "Report":
        _add_mentions(router)
    _add_neighbours(router, noun)
    _add_one(router, noun)
    return router


def _add_list(router: APIRouter, noun: Noun) -> None:
    template = lookups[noun.list]

    counts = lookups[f"{noun.list}_facets"]

    key = f"^{noun.label.lower()}:[^\\u0000]*$"

    def list_nodes(request: Request, store: StoreDep) -> Response:
        values = query_values(request, template, FACET)
        _check_after(values, key)
        answer = run_template(store, template, values)
        return page_response(request, answer, "id", count_facets(request, store, counts))

    for ending in ("", ".csv", ".json"):
        # The prefix itself: "/units", "/units.csv".
        router.add_api_route(
            ending,
            list_nodes,
            methods=["GET"],
            operation_id=f"list_{noun.path}",
            summary=f"{noun.title}: {template.title.zh} ({template.title.en})",
            openapi_extra={"parameters": [*_paged(template, key), facet_parameter(counts)]},
            responses=openapi.content(
                page_model(template, facets=True),
                links={
                    "first": openapi.link(f"show_{noun.path}", node="$response.body#/results/0/id")
                },
            ),
            include_in_schema=not ending,
        )


def _named(request: Request, store: Store, noun: Noun, tail: str) -> str | Response:
    """Id of the node that the path names, or where to go when it has another of its names."""
    name: str = request.path_params["node"]
    _check_path(name)
    try:
        found = resolve_name(store, name, noun.label)
    except NotCited as exc:
        found = exc.id
    if found == name:
        return found
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{noun.path}/{quote(found, safe=':')}{tail}{query}", 308)


def _check_path(name: str) -> None:
    if len(name) > 1_000 or any(c < " " or "\ud800" <= c <= "\udfff" for c in name):
        raise BadParameter("the name is too long, or has characters that no name has")


def _add_one(router: APIRouter, noun: Noun) -> None:
    template = lookups[noun.one]

    def show_node(request: Request, store: StoreDep) -> Response:
        found = _named(request, store, noun, "")
        if isinstance(found, Response):
            return found
        rows = look_up(store, noun.one, id=found)
        row = rows[0] if rows else uncited_node(found)
        path = f"/{noun.path}/{quote(found, safe=':')}/adjacent"
        neighbours = look_up(store, "neighbours", id=found, limit=FIRST_NEIGHBOURS)
        return json_response(
            {
                "label": noun.label,
                **row,
                "adjacent": neighbours,
                "adjacent_url": path,
                "remark": None if rows else remark_on(found),
            }
        )

    shape = node_model(template, lookups["neighbours"])
    links = {"adjacent": openapi.link(f"list_neighbours_of_{noun.path}", node="$response.body#/id")}
    router.add_api_route(
        "/{node:path}",
        show_node,
        methods=["GET"],
        operation_id=f"show_{noun.path}",
        summary=f"{noun.title}: {template.title.zh} ({template.title.en})",
        description="按标识；名称或别名答 308 转到标识。 By id; any name answers 308 to the id.",
        openapi_extra={"parameters": [_path_parameter(noun)]},
        responses={**openapi.content(shape, csv=False, links=links), **openapi.REDIRECT},
    )


def _add_neighbours(router: APIRouter, noun: Noun) -> None:
    template = lookups["neighbours"]
    key = "^[A-Z_]+ (in|out) [a-z]+:[^\\u0000]*$"
    shown = [p for p in _paged(template, key) if p["name"] != "id"]

    def list_neighbours(request: Request, store: StoreDep) -> Response:
        ending = request.scope["route"].path.rpartition("adjacent")[2]
        found = _named(request, store, noun, f"/adjacent{ending}")
        if isinstance(found, Response):
            return found
        values = query_values(request, template)
        if "id" in values:
            raise BadParameter("the id stands in the path")
        _check_after(values, key)
        answer = run_template(store, template, {**values, "id": found})
        return page_response(request, answer, "key")

    for ending in ("", ".csv", ".json"):
        router.add_api_route(
            f"/{{node:path}}/adjacent{ending}",
            list_neighbours,
            methods=["GET"],
            operation_id=f"list_neighbours_of_{noun.path}",
            summary=f"{noun.title}: {template.title.zh} ({template.title.en})",
            openapi_extra={"parameters": [_path_parameter(noun), *shown]},
            responses={
                **openapi.content(page_model(template)),
                **openapi.REDIRECT,
            },
            include_in_schema=not ending,
        )


def _add_mentions(router: APIRouter) -> None:
    template = lookups["mentions"]
    noun = NOUNS[-1]

    def list_mentions(request: Request, store: StoreDep) -> Response:
        ending = request.scope["route"].path.rpartition("mentions")[2]
        found = _named(request, store, noun, f"/mentions{ending}")
        if isinstance(found, Response):
            return found
        values = query_values(request, template)
        if "report" in values:
            raise BadParameter("the report stands in the path")
        answer = run_template(store, template, {**values, "report": found})
        wanted = asked_format(request, ending.removeprefix("."))
        if wanted != "json":
            return csv_response(answer.columns, answer.rows, "mentions", excel=wanted == "excel")
        return json_response({"results": answer.rows})

    shown = [p for p in openapi.parameters(template) if p["name"] != "report"]
    for ending in ("", ".csv", ".json"):
        router.add_api_route(
            f"/{{node:path}}/mentions{ending}",
            list_mentions,
            methods=["GET"],
            operation_id="list_mentions",
            summary=f"{noun.title}: {template.title.zh} ({template.title.en})",
            openapi_extra={"parameters": [_path_parameter(noun), *shown]},
            responses={**openapi.content(rows_model(template)), **openapi.REDIRECT},
            include_in_schema=not ending,
        )


def _paged(template: Template, key: str) -> list[dict[str, Any]]:
    """Parameters of a list, as OpenAPI has them; a page starts after a key of that pattern."""
    described = openapi.parameters(template)
    for parameter in described:
        if parameter["name"] == "after":
            parameter["schema"]["pattern"] = key
    return described


def _check_after(values: Mapping[str, object], key: str) -> None:
    if "after" in values and not re.match(key, str(values["after"])):
        raise BadPage("“after” is no place in this list; take the link to the next page")


def _path_parameter(noun: Noun) -> dict[str, Any]:
    return {
        "name": "node",
        "in": "path",
        "required": True,
        "description": "标识或任一名称 (id, or any name)",
        "schema": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1000,
            "pattern": "^[^\\u0000-\\u001f]*$",
        },
        "example": lookups[noun.one].examples["id"],
    }
