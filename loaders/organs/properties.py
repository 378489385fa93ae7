"""What a canonical name tells: place, level, line of work."""

from __future__ import annotations

import re

from loaders.organs.catalogue import catalogue, central_names
from loaders.places import LEVELS, Level, Place, latest_places, read_place, select_place

_PARTY = re.compile(
    r"^(?:国家税务总局(?=.)|中共|中国共产党|中国人民政治协商会议|中国共产主义青年团|共青团|政协)"
)


_BRANCH = re.compile(r"公安局|税务局|[一-鿿]{2,14}?(?:局|委员会)(?=[一-鿿]{2,6}分局)")


def place_in(name: str, year: int | None = None) -> Place | None:
    """The division that a canonical name begins with; None for central bodies.

    A branch office named for its district lies there: 北京市公安局东城分局. Of places
    of one name between which the name does not decide, only what they share is told.
    """
    start = match.end() if (match := _PARTY.match(name)) else 0
    span = read_place(name, start, unlisted=True)
    if not span:
        return None
    place = select_place(latest_places(span.candidates), year=year)
    if place and (branch := _BRANCH.match(name, span.end)):
        below = read_place(name, branch.end(), short=True)
        inside = [p for p in below.candidates if p.is_within(place)] if below else []
        return select_place(inside, year=year) or place
    return place


def line_of(name: str) -> str | None:
    """Line of work that a canonical name tells: 信访, 司法, 综合; None where it tells none."""
    place = place_in(name)
    body = name.replace(place.official_name, "", 1) if place else name
    for line, words in catalogue().lines.items():
        if any(word in body for word in words):
            return line
    return None


def level_of(name: str, place: Place | None) -> Level | None:
    """Level of a body: that of its place, 国家 for bodies of the centre."""
    if place:
        return place.level
    if name in central_names() or re.match(r"中央|国家|国务院|全国|最高人民|中国|中华", name):
        return LEVELS[0]
    return None
