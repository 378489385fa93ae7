"""Facets: how many rows of a list have which value, and the link to those alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from fastapi import Request
from pydantic import BaseModel, Field

from api.deps import query_values
from api.questions import run_template
from api.responses import next_link
from graph.errors import BadParameter
from graph.store import Row, Store
from queries.templates import Template

FACET = "facet"
"""Query parameter that names a facet; it may stand several times."""
MOST_VALUES = 50
"""Values shown of one facet, the most frequent first."""

_PAIR = re.compile(r"\['(\w+)', ")


class FacetValue(BaseModel):
    """A value with its count; the link adds it to the filters, or takes it away."""

    value: str = Field(examples=["县区"])
    count: int = Field(examples=[3])
    selected: bool
    url: str = Field(examples=["/units?facet=level&level=%E5%8E%BF%E5%8C%BA"])


class FacetCounts(BaseModel):
    """Values of one facet, and whether there are more."""

    values: list[FacetValue]
    truncated: bool


Facets = dict[str, FacetCounts]


def facet_names(template: Template) -> tuple[str, ...]:
    """Facets that a template counts, as its UNWIND lists them."""
    return tuple(_PAIR.findall(template.cypher))


def facet_parameter(template: Template) -> dict[str, Any]:
    """The parameter, as OpenAPI has it."""
    names = list(facet_names(template))
    return {
        "name": FACET,
        "in": "query",
        "description": "计数的项，可多次 (what to count; may stand several times)",
        "schema": {"type": "array", "items": {"type": "string", "enum": names}},
        "example": names[:1],
    }


def count_facets(request: Request, store: Store, template: Template) -> Facets | None:
    """Count what a request asks to be counted; None where it asks for nothing.

    Raises:
        BadParameter: There is no such facet.
    """
    wanted = request.query_params.getlist(FACET)
    known = facet_names(template)
    for name in wanted:
        if name not in known:
            raise BadParameter(f"“{FACET}” is one of {', '.join(known)}")
    if not wanted:
        return None
    values = query_values(request, template, FACET, "after", "limit")
    rows = run_template(store, template, values).rows
    return {name: _counts(request, name, rows) for name in wanted}


def _counts(request: Request, name: str, rows: Sequence[Row]) -> FacetCounts:
    own = [(str(r["value"]), int(str(r["count"]))) for r in rows if r["facet"] == name]
    selected = request.query_params.get(name)
    values = [
        FacetValue(
            value=value,
            count=count,
            selected=value == selected,
            url=next_link(request, "after", **{name: None if value == selected else value}),
        )
        for value, count in own[:MOST_VALUES]
    ]
    return FacetCounts(values=values, truncated=len(own) > MOST_VALUES)
