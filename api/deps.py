"""What endpoints depend on: the store, and the values of a query string."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from graph.errors import BadParameter
from graph.store import Store
from queries.templates import Template


def get_store(request: Request) -> Store:
    """The store that the application was made for."""
    store: Store = request.app.state.store
    return store


StoreDep = Annotated[Store, Depends(get_store)]


def query_values(request: Request, template: Template) -> dict[str, object]:
    """Values of a query string for a template, ``format`` left out.

    Raises:
        BadParameter: A value stands twice where one is wanted.
    """
    lists = {p.name for p in template.parameters if p.type == "LIST<STRING>"}
    values: dict[str, object] = {}
    for name in request.query_params:
        if name == "format":
            continue
        given = request.query_params.getlist(name)
        if name in lists:
            values[name] = given
        elif len(given) > 1:
            raise BadParameter(f"“{name[:80]}” stands twice")
        else:
            values[name] = given[0]
    return values
