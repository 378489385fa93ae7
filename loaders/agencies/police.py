"""Branches of a city's public security bureau: 公安局东城分局, 区公安分局."""

from __future__ import annotations

from loaders.agencies.bounds import is_boundary
from loaders.agencies.divisions import division_before
from loaders.agencies.own import read_own
from loaders.agencies.scan import Scan
from loaders.entities import Mention
from loaders.organs import name_police_branch
from loaders.places import (
    Place,
    place_of,
    read_place,
    select_place,
)


def read_branch(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """A branch of the city's public security bureau: 公安局东城分局, 区公安分局."""
    text = scan.text
    if form == "公安分局":
        found = division_before(scan, start)
        if found and found[0]:
            return _police(scan, found[1], end, found[0])
        for n in (4, 3, 2):
            span = read_place(text, start - n, short=True) if start >= n else None
            if span and span.end == start:
                place = select_place(span.candidates, scan.place, scan.heading.year)
                if place and place.level == "县区":
                    return _police(scan, start - n, end, place)
        if (
            scan.place
            and scan.place.level == "县区"
            and is_boundary(text, start)
            and not scan.is_class(start)
        ):
            return _police(scan, start, end, scan.place)
        return None
    if start == 0 or is_boundary(text, start):
        return read_own(scan, start, end, form)
    bureau = text.rfind("公安局", max(0, start - 8), start)
    if bureau < 0:
        return None
    span = read_place(text, bureau + 3, short=True)
    if not span or span.end != start:
        return None
    place = select_place(span.candidates, scan.place, scan.heading.year)
    found = division_before(scan, bureau)
    begin = found[1] if found else bureau
    return _police(scan, begin, end, place) if place else None


def _police(scan: Scan, start: int, end: int, place: Place) -> Mention | None:
    city = place_of(place.path)
    if city is None:
        return None
    return scan.mention(start, end, name_police_branch(city, place).name, "branch")
