"""What fits into one answer to an assistant: rows, characters, and a sentence on the rest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from api.names import look_up
from api.questions import Answer
from graph.store import Row, Store

MOST_ROWS = 200
"""Rows of one answer at most."""

MOST_CHARACTERS = 24_000
"""Characters of the rows of one answer, as JSON; an assistant reads each of them."""

LONGEST_CELL = 2_000
"""Characters of one value; what is longer is cut, and the answer says so."""

LONGEST_LIST = 50
"""Members of one value, each of at most :data:`LONGEST_MEMBER` characters."""

LONGEST_MEMBER = 100


def bounded_rows(store: Store, answer: Answer) -> dict[str, Any]:
    """Columns, rows and the titles of their reports, as many as there is room for.

    Returns:
        ``columns`` with their meaning, ``rows``, ``reports`` (title, unit and year of
        those that rows name by id alone), and ``truncated``: a sentence on what is
        missing, or None.
    """
    reports = _reports(store, answer)
    shown: list[Row] = []
    cited: dict[str, Row] = {}
    room, is_cut = MOST_CHARACTERS, False
    for row in answer.rows[:MOST_ROWS]:
        short = cut_row(row)
        is_cut = is_cut or any(_is_long(v) for v in row.values())
        news = {str(v): reports[str(v)] for v in row.values() if str(v) in reports.keys() - cited}
        room -= _length(short) + _length(news)
        if room < 0 and shown:
            break
        shown.append(short)
        cited |= news
    return {
        "columns": {c.name: str(c.about) for c in answer.columns},
        "rows": shown,
        "reports": [cited[id_] for id_ in sorted(cited)],
        "truncated": _truncated(answer, len(shown), is_cut=is_cut),
    }


def _reports(store: Store, answer: Answer) -> dict[str, Row]:
    """Title, unit and year of the reports that rows name by id alone."""
    columns = {c.name for c in answer.columns}
    if {"title", "year"} <= columns:
        return {}
    named = [c.name for c in answer.columns if c.type == "REPORT"]
    ids = sorted({str(r[n]) for r in answer.rows[:MOST_ROWS] for n in named if r[n]})
    return {str(r["report"]): cut_row(r) for r in look_up(store, "report_titles", reports=ids)}


def _truncated(answer: Answer, shown: int, *, is_cut: bool) -> str | None:
    """One sentence on what is missing; None where nothing is."""
    found = len(answer.rows)
    if shown < found:
        return (
            f"共 {found} 行，此处 {shown} 行，请缩小范围 "
            f"({shown} of {found} rows fit; ask for less: a year, a place, a smaller limit)"
        )
    if answer.truncated:
        return f"只有前 {shown} 行 (the first {shown} rows; limit gives up to {MOST_ROWS})"
    if is_cut:
        return "过长的值以 … 截断 (values that were longer end in …)"
    return None


def cut_row(row: Mapping[str, object]) -> Row:
    """The row with values of bounded length."""
    return {name: _cut(value) for name, value in row.items()}


def _cut(value: object, longest: int = LONGEST_CELL) -> object:
    if isinstance(value, str):
        return clean(value if len(value) <= longest else f"{value[:longest]}…")
    if isinstance(value, list | tuple):
        members = [_cut(v, LONGEST_MEMBER) for v in value[:LONGEST_LIST]]
        return members if len(value) <= LONGEST_LIST else [*members, "…"]
    return value


def _is_long(value: object, longest: int = LONGEST_CELL) -> bool:
    if isinstance(value, str):
        return len(value) > longest
    if isinstance(value, list | tuple):
        return len(value) > LONGEST_LIST or any(_is_long(v, LONGEST_MEMBER) for v in value)
    return False


def clean(text: str) -> str:
    """Text that UTF-8 can hold: a file's name may have bytes that it cannot."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


def _length(value: object) -> int:
    return len(json.dumps(value, ensure_ascii=False))
