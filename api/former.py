"""What reforms made of a body that the graph may not hold: 北京市环保局 → 北京市生态环境局."""

from __future__ import annotations

from loaders.organs.naming import name_agency, place_forms
from loaders.organs.properties import place_in
from loaders.organs.reforms import successor

LONGEST = 60
"""Characters; no body has a longer name."""


def later_names(name: str) -> list[str]:
    """Names of the bodies that reforms made of the one called so.

    Args:
        name: Id, canonical name or a usual short name: 杭州市工商行政管理局.
    Returns:
        Canonical names, the first reform's first; empty where no reform is known.
    """
    name = name.strip().removeprefix("agency:")
    if len(name) > LONGEST:
        return []
    found: list[str] = []
    step = _canonical(name)
    while (after := successor(step)) and after[0] not in found:
        step = after[0]
        found.append(step)
    return found


def _canonical(name: str) -> str:
    place = place_in(name)
    form = next((f for f in place_forms(place) if name.startswith(f)), "") if place else ""
    return name_agency(place, name[len(form) :]).name if place and form else name
