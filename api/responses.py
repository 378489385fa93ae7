"""Rows as JSON or CSV, and the links to the next page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Literal
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from graph.errors import BadParameter
from graph.store import Row
from queries.templates import Column

Format = Literal["json", "csv", "excel"]
FORMATS: tuple[Format, ...] = ("json", "csv", "excel")
"""``excel`` is CSV for spreadsheets: byte order mark, no cell that starts a formula."""

ENDINGS = ("csv", "json")
"""What a path of a list or question may end in, after a dot."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def json_bytes(content: object) -> bytes:
    """JSON in UTF-8; what UTF-8 cannot hold becomes a question mark."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", errors="replace")


def json_response(content: object, headers: Mapping[str, str] | None = None) -> Response:
    """An answer of type ``application/json``."""
    return Response(json_bytes(content), headers=headers, media_type="application/json")


def asked_format(request: Request, ending: str = "") -> Format:
    """Which form a request wants: ``format=``, else the path's ending, else ``Accept``.

    Args:
        request: The request.
        ending: One of :data:`ENDINGS` where the path ends so, or nothing.

    Raises:
        BadParameter: ``format`` is none of :data:`FORMATS`.
    """
    is_csv = request.headers.get("accept", "").startswith("text/csv")
    wanted = request.query_params.get("format", ending or ("csv" if is_csv else "json"))
    for known in FORMATS:
        if wanted == known:
            return known
    raise BadParameter(f"“format” is one of {', '.join(FORMATS)}")


def csv_response(
    columns: Sequence[Column],
    rows: Sequence[Row],
    name: str,
    *,
    excel: bool,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Rows as CSV (RFC 4180, UTF-8), lists joined by ``；``.

    Args:
        columns: Columns, in order.
        rows: One dictionary each.
        name: File name without ending.
        excel: For spreadsheets, Chinese heads included: see :data:`FORMATS`.
        headers: Further headers.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([f"{c.about.zh} {c.name}" if excel else c.name for c in columns])
    for row in rows:
        cells = [_cell(row.get(c.name)) for c in columns]
        writer.writerow([_defused(c) if excel else c for c in cells])
    body = out.getvalue().encode("utf-8-sig" if excel else "utf-8", errors="replace")
    disposition = f"attachment; filename*=UTF-8''{quote(name)}.csv"
    return Response(
        body,
        headers={"Content-Disposition": disposition, **(headers or {})},
        media_type="text/csv; charset=utf-8",
    )


def _cell(value: object) -> object:
    if isinstance(value, list | tuple):
        return "；".join(map(str, value))
    return value


def _defused(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def next_link(request: Request, *dropped: str, **changed: object) -> str:
    """The same path with some query values changed; no host, so none can be forged.

    Args:
        request: The request.
        dropped: Values to leave out.
        changed: Values to set; None leaves out too.
    """
    gone = {*dropped, *changed}
    query = [(k, v) for k, v in request.query_params.multi_items() if k not in gone]
    query += [(k, str(v)) for k, v in changed.items() if v is not None]
    return f"{quote(request.url.path)}?{urlencode(query)}"
