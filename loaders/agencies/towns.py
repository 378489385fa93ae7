"""Named towns and subdistricts that act: 景山街道."""

from __future__ import annotations

import re

from loaders.agencies.bounds import body_start, is_boundary
from loaders.agencies.scan import Scan
from loaders.entities import Mention
from loaders.places import (
    Place,
    ancestor_of,
    place_before,
    select_place,
    towns_named,
)

_COMMUNITY = re.compile(
    r"(?!试点|示范|所属|下属|辖区|各|全|等|的|和)[一-鿿]{2,5}?(?P<kind>社区|村)(?![民务居])"
)
"""Behind a town: a community of it, which is not the town's office."""
_STEM = re.compile(r"[一-鿿]{2,4}")
_AMONG_OTHERS = re.compile(r"(?:[会联]同|联合|设[在于]|办公室在|依托|[、和与])$")
"""In front of an office: it is the town's own though nothing says so."""


def read_town(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """A named subdistrict that acts: 景山街道."""
    stop = start + 2
    found = place_before(scan.text, stop, scan.last_end, scan.place)
    if not found or found.start == start:
        if (
            form == "街道办事处"
            and scan.is_own_office()
            and is_boundary(scan.text, start)
            and not scan.is_class(start)
        ):
            return scan.mention(start, end, scan.heading.unit or "", "self")
        return unlisted_town(scan, start, end) if form == "街道办事处" else None
    home = scan.place
    near = [
        p
        for p in found.candidates
        if home and p.path[: len(home.path) or 1] == (home.path or home.names)
    ]
    place = select_place(near, home)
    if place is None or place.level != "乡镇街道":
        return unlisted_town(scan, start, end) if form == "街道办事处" else None
    community = _COMMUNITY.match(scan.text, end)
    if community and body_start(scan.text, community.start("kind"), end) == end:
        return None
    scan.last_place = place
    return scan.mention(found.start, end, scan.name_of(place, ""), "town")


def unlisted_town(scan: Scan, start: int, end: int, kind: str = "街道") -> Mention | None:
    """The office of a subdistrict that the gazetteer lacks, in the unit's county."""
    county = ancestor_of(scan.place, "县区") if scan.place else None
    begin = body_start(scan.text, start, scan.last_end)
    if county is None or begin is None or scan.is_own_office() or not 2 <= start - begin <= 5:
        return None
    stem = scan.text[begin:start]
    if scan.is_class(start) or not re.fullmatch(r"[一-鿿]+", stem) or stem[0] in "各本全我该":
        return None
    place = Place(stem + kind, county.names, "乡镇街道")
    scan.last_place = place
    return scan.mention(begin, end, scan.name_of(place, ""), "town")


def own_town(scan: Scan, start: int) -> tuple[int, str] | None:
    """The town that reports, in front of an office that others keep in it: 濮院|司法所.

    Returns:
        Where the name begins, with or without the town, and what the town is called; None
        where another town's may be meant, or the report is of no town.
    """
    place = scan.place
    if place is None or place.level != "乡镇街道":
        return None
    stem = re.sub(r"(?:街道|地区|镇|乡)$", "", place.name)
    if scan.text.endswith(stem, scan.last_end, start):
        return start - len(stem), stem
    if not _AMONG_OTHERS.search(scan.text, 0, start) or scan.is_class(start):
        return None
    return start, stem


def county_of_town(scan: Scan, start: int, end: int) -> Place | None:
    """The county, in the report's division, of the only town that is called so: 松烟|司法所."""
    home, name = scan.place, scan.text[start:end]
    if home is None or not _STEM.fullmatch(name):
        return None
    around = ancestor_of(home, "县区") or home
    named = (town for kind in ("街道", "镇", "乡") for town in towns_named(name + kind))
    counties = {town.path: ancestor_of(town, "县区") for town in named if town.is_within(around)}
    return next(iter(counties.values())) if len(counties) == 1 else None
