"""What reforms made of an agency: 国土资源局 → 自然资源局 in 2018.

Reforms of the centre and of local organs, from the decisions of 2018 and 2023 on
deepening the reform of Party and state institutions and what followed from them
in the provinces. Local years are those of the reform; single counties followed a
few months later. A division that took another way stands under ``exceptions``.

Source:
    reference/organs.yaml, reforms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from loaders.organs.catalogue import catalogue, reference
from loaders.organs.naming import name_agency, organ_at
from loaders.organs.properties import place_in
from loaders.places import Place


@dataclass(frozen=True, slots=True)
class _Reforms:
    """Successor and year by the name of a body, without its place for local ones."""

    central: Mapping[str, tuple[str, int]]
    local: Mapping[str, tuple[str, int]]
    exceptions: Mapping[tuple[str, str], tuple[str, int] | None]
    departments: frozenset[str]


@cache
def _reforms() -> _Reforms:
    data = reference()["reforms"]
    exceptions: dict[tuple[str, str], tuple[str, int] | None] = {}
    for entry in data["exceptions"].split():
        place, old, *new = entry.split("=")
        exceptions[place, old] = (new[0], int(new[1])) if new else None
    return _Reforms(
        _entries(data["central"]),
        _entries(data["local"]),
        exceptions,
        frozenset(data["departments"].split()),
    )


def _entries(text: str) -> dict[str, tuple[str, int]]:
    split = (entry.split("=") for entry in text.split())
    return {old: (new, int(year)) for old, new, year in split}


def successor(name: str, year: int | None = None) -> tuple[str, int] | None:
    """The agency that took over from another.

    Args:
        name: Canonical name: 北京市环境保护局.
        year: Year for which to follow reform after reform; None for the first alone.
    Returns:
        Canonical name of the agency and the year in which it took over; None where
        no reform up to that year is known.
    """
    found: tuple[str, int] | None = None
    step = _next(name)
    while step and (year is None or step[1] <= year):
        found = step
        if year is None:
            break
        step = _next(step[0])
    return found


@lru_cache(maxsize=65_536)  # names come from outside, too
def _next(name: str) -> tuple[str, int] | None:
    reforms = _reforms()
    if central := reforms.central.get(name):
        known = catalogue().central.get(central[0])
        return (known.name if known else central[0], central[1])
    place = place_in(name)
    if place is None or place.level not in ("省", "市", "县区"):
        return None
    body = organ_at(name, place)
    key = (place.names[0], body)
    found = reforms.exceptions[key] if key in reforms.exceptions else reforms.local.get(body)
    if found is None:
        return None
    return name_agency(place, _at_level(found[0], place)).name, found[1]


def _at_level(body: str, place: Place) -> str:
    """A province's department is a 厅, a municipality's a 局 as everywhere below."""
    province = place.level == "省" and place.name.endswith(("省", "自治区"))
    return body[:-1] + "厅" if province and body in _reforms().departments else body
