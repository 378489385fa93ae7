"""An agency as a node of the graph."""

from __future__ import annotations

from graph.model import Value
from graph.schema import node_id
from loaders.organs.properties import level_of, line_of, place_in
from loaders.organs.reforms import successor


def agency_properties(name: str, also: tuple[str, ...] = ()) -> dict[str, Value]:
    """Node properties of an agency, a function of its canonical name."""
    place = place_in(name)
    after = successor(name)
    found: dict[str, Value | None] = {
        "level": level_of(name, place),
        "line": line_of(name),
        "place": place.full_name if place else None,
        "succeeded_by": node_id("Agency", after[0]) if after else None,
        "succeeded_in": after[1] if after else None,
    }
    if also:
        found["aliases"] = also
    return {key: value for key, value in found.items() if value is not None}
