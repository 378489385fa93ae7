"""What endpoints depend on: the store, and the values of a query string."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from graph.errors import BadParameter
from graph.settings import Settings
from graph.store import Store
from queries.templates import NODE_TYPES, Template

_TEXTS = frozenset({"STRING", "SEARCH", "LIST<STRING>", *NODE_TYPES})
"""Types of parameters that take any text, the empty one too."""


async def get_store(request: Request) -> Store:
    """The store that the application was made for; no work, so no thread is asked for it."""
    store: Store = request.app.state.store
    return store


StoreDep = Annotated[Store, Depends(get_store)]


def query_values(request: Request, template: Template, *others: str) -> dict[str, object]:
    """Values of a query string for a template, within the limits that are set.

    Args:
        request: The request.
        template: What its parameters are.
        others: Names that are not the template's, besides ``format``; left out.
    Raises:
        BadParameter: A value stands twice where one is wanted, is empty where none
            of the values allowed is, or asks for more rows than are given at a time.
    """
    lists = {p.name for p in template.parameters if p.type == "LIST<STRING>"}
    filled = {p.name for p in template.parameters if p.choices or p.type not in _TEXTS}
    values: dict[str, object] = {}
    for name in request.query_params:
        if name == "format" or name in others:
            continue
        given = request.query_params.getlist(name)
        if name in lists:
            values[name] = given
        elif len(given) > 1:
            raise BadParameter(f"“{name[:80]}” stands twice")
        elif not given[0] and name in filled:
            raise BadParameter(f"“{name}” is empty; give a value or leave it out")
        else:
            values[name] = given[0]
    return _within_limits(request.app.state.settings, template, values)


def _within_limits(
    settings: Settings, template: Template, values: dict[str, object]
) -> dict[str, object]:
    declared = {p.name: p for p in template.parameters}
    if "limit" not in declared:
        return values
    most = most_rows(settings, is_page="after" in declared)
    default = declared["limit"].default
    if "limit" not in values:
        return {**values, "limit": min(default, most)} if isinstance(default, int) else values
    given = str(values["limit"]).strip().removeprefix("+")
    if given.isdecimal() and int(given[:19]) > most:
        raise BadParameter(f"“limit” is a whole number from 1 to {most}")
    return values


def most_rows(settings: Settings, *, is_page: bool) -> int:
    """Rows that one answer may have: a page of a list, or an answer to a question."""
    return settings.page_size if is_page else settings.rows
