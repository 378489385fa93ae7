"""OpenRefine's door: reconcile a column of names, then add columns to it."""

from __future__ import annotations

from html import escape
from importlib.metadata import version
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from api import openapi, reconcile, reconcile_shapes
from api.console import cell
from api.deps import StoreDep
from api.errors import problem_response
from api.matching import FIRST_HITS, KINDS, MOST_QUERIES, find_candidates
from api.responses import json_response
from graph.errors import UnknownName
from graph.schema import PROPERTY_ZH, id_name, label_of
from graph.store import Store

router = APIRouter(prefix="/reconcile", tags=["reconcile"])

FORM = "application/x-www-form-urlencoded"
PREVIEW_POLICY = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors *; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""A preview stands in a frame of OpenRefine's page; it runs nothing and loads nothing."""

_FIELDS = {"queries": reconcile_shapes.QUERIES, "extend": reconcile_shapes.EXTEND}
_AS_JSON = "application/json"
Prefix = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$", description="前几个字 (text)")]


@router.get(
    "",
    summary="服务说明，或一批查询 (The manifest, or a batch of queries)",
    operation_id="reconcile",
    responses=openapi.content(reconcile_shapes.ANY_ANSWER, csv=False),
    openapi_extra={
        "parameters": [
            {"name": name, "in": "query", "content": {_AS_JSON: {"schema": schema}}}
            for name, schema in _FIELDS.items()
        ]
    },
)
def get_reconcile(request: Request, store: StoreDep) -> Response:
    """The manifest; with `queries` or `extend`, the answer to them."""
    return _answer(request, store, dict(request.query_params))


@router.post(
    "",
    summary="一批查询，或补充各列 (A batch of queries, or columns to add)",
    operation_id="reconcile_batch",
    responses=openapi.content(reconcile_shapes.BATCH_ANSWER, csv=False, body=True),
    openapi_extra={
        "requestBody": {
            "content": {
                FORM: {
                    "schema": {
                        "type": "object",
                        "properties": _FIELDS,
                        "anyOf": [{"required": [name]} for name in _FIELDS],
                    },
                    "encoding": {name: {"contentType": _AS_JSON} for name in _FIELDS},
                }
            },
            "required": True,
        }
    },
)
async def post_reconcile(request: Request, store: StoreDep) -> Response:
    """Form field `queries`: up to 100 names by keys; `extend`: properties of up to 100 ids."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        return problem_response(415, "http-415", f"只接受 {FORM} Only that type is taken")
    try:
        fields = parse_qs((await request.body()).decode("utf-8"), max_num_fields=10)
    except ValueError:
        return _bad_batch("the form cannot be read as UTF-8 fields")
    if not {"queries", "extend"} & set(fields):
        return _bad_batch("the form has neither “queries” nor “extend”")
    given = {name: values[0] for name, values in fields.items()}
    return await run_in_threadpool(_answer, request, store, given)


def _answer(request: Request, store: Store, fields: dict[str, str]) -> Response:
    try:
        asked = reconcile.read_queries(fields["queries"]) if "queries" in fields else {}
        if "extend" in fields:
            return json_response(reconcile.extend(store, fields["extend"]))
        if not asked:
            return json_response(reconcile.manifest(str(request.base_url), version("govmech")))
    except reconcile.BadBatchError as exc:
        return _bad_batch(str(exc))
    most = max(limit or FIRST_HITS for _, limit in asked.values())
    found = find_candidates(store, {key: query for key, (query, _) in asked.items()}, most)
    return json_response(
        {
            key: reconcile.result(found[key][: limit or FIRST_HITS])
            for key, (_, limit) in asked.items()
        }
    )


def _bad_batch(detail: str) -> Response:
    return problem_response(
        400, "bad-batch", "批次有误 The batch cannot be used", detail, limit=MOST_QUERIES
    )


@router.get(
    "/suggest/entity",
    summary="输入时的候选结点 (Nodes to choose from while typing)",
    operation_id="reconcile_suggest_entity",
    responses=openapi.content(reconcile_shapes.ENTITIES, csv=False),
)
def suggest_entity(
    store: StoreDep, prefix: Prefix = "", cursor: Annotated[int, Query(ge=0, le=1_000)] = 0
) -> Response:
    """Nodes with a name that holds the text."""
    return json_response({"result": reconcile.suggest_entities(store, prefix)[cursor:]})


@router.get(
    "/suggest/type",
    summary="可选的类别 (Types)",
    operation_id="reconcile_suggest_type",
    responses=openapi.content(reconcile_shapes.NAMES, csv=False),
)
def suggest_type(prefix: Prefix = "") -> Response:
    """Types with a name that holds the text."""
    types = [reconcile.type_object(label) for label in KINDS]
    return json_response({"result": reconcile.suggest(types, prefix)})


@router.get(
    "/suggest/property",
    summary="可选的属性 (Properties)",
    operation_id="reconcile_suggest_property",
    responses=openapi.content(reconcile_shapes.NAMES, csv=False),
)
def suggest_property(prefix: Prefix = "") -> Response:
    """Properties with a name that holds the text."""
    return json_response({"result": reconcile.suggest(reconcile.properties(), prefix)})


@router.get(
    "/properties",
    summary="某类结点可补充的属性 (Properties that a type can be extended with)",
    operation_id="reconcile_properties",
    responses=openapi.content(reconcile_shapes.PROPERTIES, csv=False),
    openapi_extra={
        "parameters": [{"name": "type", "in": "query", "schema": reconcile_shapes.ASKED_KIND}]
    },
)
def propose_properties(request: Request) -> Response:
    """Properties of the schema."""
    wanted = request.query_params.get("type")
    try:
        label = reconcile.known_type(wanted) if wanted else None
    except reconcile.BadBatchError as exc:
        return _bad_batch(str(exc))
    answer: dict[str, object] = {"properties": reconcile.properties(label)}
    return json_response({"type": label, **answer} if label else answer)


@router.get(
    "/preview",
    summary="结点预览 (Preview of a node)",
    operation_id="reconcile_preview",
    responses={
        **openapi.content(reconcile_shapes.TEXT, csv=False),
        200: {"description": "OK", "content": {"text/html": {"schema": {"type": "string"}}}},
    },
)
def preview(
    store: StoreDep,
    node: Annotated[str, Query(alias="id", max_length=1000, pattern=r"^[^\x00]*$")],
) -> Response:
    """A small page: name, kind and properties of one node."""
    rows = reconcile.node_properties(store, [node])
    if not rows:
        raise UnknownName(f"no node has the id “{node[:80]}”")
    kind = reconcile.type_object(label_of(node))["name"]
    shown = [
        (
            PROPERTY_ZH[name],
            # Of a node's id a person wants the name.
            id_name(str(value)) if name in reconcile.LINKS else cell(value),
        )
        for name, value in rows[0].items()
        if name not in ("id", "name") and value not in (None, [], ())
    ]
    items = "".join(f"<dt>{escape(n)}</dt><dd>{escape(v)}</dd>" for n, v in shown)
    name = escape(str(rows[0]["name"]))
    page = (
        f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{name}</title>'
        f"<body><h1>{name}</h1><p>{escape(str(kind))}</p><dl>{items}</dl></body></html>"
    )
    return HTMLResponse(page, headers=PREVIEW_POLICY)
