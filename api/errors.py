"""From an error to what HTTP says: status, stable code, problem details (RFC 9457).

A refusal tells what was wrong with the question. A failure of ours tells only its
kind: paths, URLs and traces stay here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.responses import json_bytes
from graph import errors


@dataclass(frozen=True, slots=True)
class Problem:
    """What HTTP says about a class of error.

    Args:
        status: HTTP status.
        code: Stable name that programs may rely on.
        title: The same for each such error, Chinese then English.
        tells: Whether the error's own message may leave the house.
    """

    status: int
    code: str
    title: str
    tells: bool = False


PROBLEMS: Mapping[type[errors.GovmechError], Problem] = {
    errors.GovmechError: Problem(500, "internal", "内部错误 Internal error"),
    errors.StoreError: Problem(503, "store-error", "图库出错 The store failed"),
    errors.StoreUnavailable: Problem(503, "store-unavailable", "图库不可用 The store is away"),
    errors.StoreBusy: Problem(503, "store-busy", "图库正忙 The store is busy"),
    errors.StoreDamaged: Problem(503, "store-damaged", "图库已损坏 The store is damaged"),
    errors.SchemaMissing: Problem(503, "schema-missing", "图库未初始化 The store has no schema"),
    errors.QueryFailed: Problem(
        503, "query-failed", "查询未完成 The store refused or stopped the query"
    ),
    errors.QueryTimedOut: Problem(503, "query-timeout", "查询超时 The query took too long"),
    errors.WriteRefused: Problem(422, "write-refused", "写入被拒 The statement was refused"),
    errors.EvidenceMismatch: Problem(
        422, "evidence-mismatch", "原句与位置不符 Evidence and offsets differ"
    ),
    errors.ReadError: Problem(422, "read-error", "文件无法读取 The file cannot be read"),
    errors.CatalogueError: Problem(500, "catalogue-error", "目录有误 A catalogue is wrong"),
    errors.TemplateError: Problem(500, "template-error", "问题模板有误 A question file is wrong"),
    errors.QuestionError: Problem(422, "question-error", "问题有误 It cannot be asked", tells=True),
    errors.UnknownQuestion: Problem(
        404, "unknown-question", "没有这个问题 No such question", tells=True
    ),
    errors.BadParameter: Problem(422, "bad-parameter", "参数有误 A parameter is wrong", tells=True),
    errors.BadPage: Problem(400, "bad-page", "没有这一页 No such page", tells=True),
    errors.UnknownName: Problem(404, "unknown-name", "没有这个名称 No such name", tells=True),
    errors.NotCited: Problem(404, "not-cited", "无报告引用 No report cites it", tells=True),
    errors.AmbiguousName: Problem(
        409, "ambiguous-name", "名称不唯一 The name fits several", tells=True
    ),
    errors.QueryRefused: Problem(
        422, "query-refused", "查询被拒 The query was refused or stopped", tells=True
    ),
    errors.ExportError: Problem(422, "export-error", "无法导出 It cannot be exported"),
    errors.SettingsError: Problem(500, "settings-error", "设置有误 A setting is wrong"),
}

_HTTP_TITLES = {
    400: "请求有误 Bad request",
    404: "没有这个页面 Not found",
    405: "不支持此方法 Method not allowed",
    408: "请求未按时送达 Request not sent in time",
    414: "网址过长 URL too long",
    422: "请求有误 Request cannot be used",
}


def problem_for(error: errors.GovmechError) -> Problem:
    """What HTTP says about an error: the entry of its class, or of the nearest above."""
    return next(PROBLEMS[c] for c in type(error).__mro__ if c in PROBLEMS)


def problem_response(
    status: int,
    code: str,
    title: str,
    detail: str = "",
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> Response:
    """An answer of type ``application/problem+json``."""
    body: dict[str, object] = {
        "type": f"urn:govmech:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
    }
    if detail:
        body["detail"] = detail
    content = json_bytes({**body, **more})
    return Response(content, status, dict(headers or {}), media_type="application/problem+json")


def add_error_handlers(app: FastAPI) -> None:
    """Make every error of the application a problem."""
    app.add_exception_handler(errors.GovmechError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


async def _ours(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, errors.GovmechError)
    problem = problem_for(exc)
    detail = str(exc) if problem.tells else ""
    if isinstance(exc, errors.UnknownName):  # one and the same answer, whatever was asked for
        detail = exc.hint
    headers = {"Retry-After": "5"} if problem.status == 503 else None
    if isinstance(exc, errors.AmbiguousName):
        candidates = list(exc.candidates)
        return problem_response(
            problem.status, problem.code, problem.title, detail, candidates=candidates
        )
    return problem_response(problem.status, problem.code, problem.title, detail, headers)


async def _invalid(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, RequestValidationError)
    # Places and messages only: what was sent may hold what JSON cannot.
    found: Sequence[Mapping[str, object]] = exc.errors()
    faults = [{"in": [str(p) for p in _places(f)], "message": str(f.get("msg"))} for f in found]
    return problem_response(422, "bad-request", _HTTP_TITLES[422], faults=faults)


def _places(fault: Mapping[str, object]) -> Sequence[object]:
    loc = fault.get("loc")
    return loc if isinstance(loc, tuple | list) else ()


async def _http(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)
    title = _HTTP_TITLES.get(exc.status_code, "请求未完成 Request failed")
    if exc.status_code == 413:  # the border, which alone raises it, names the limit
        title = exc.detail
    return problem_response(exc.status_code, f"http-{exc.status_code}", title, "", exc.headers)


async def _unexpected(request: Request, exc: Exception) -> Response:
    # Whatever was forgotten: the server logs the trace, the client learns nothing of it.
    return problem_response(500, "internal", PROBLEMS[errors.GovmechError].title)
