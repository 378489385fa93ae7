"""Police stations and offices of justice in the towns of a county: 簇锦派出所, 濮院司法所."""

from __future__ import annotations

import re

from loaders.agencies.scan import RELATIVE, Scan
from loaders.agencies.towns import county_of_town, own_town
from loaders.agencies.unlisted import name_start, read_body
from loaders.entities import Mention
from loaders.organs import name_police_branch
from loaders.places import ancestor_of, place_of

_STATION = "派出所"
_NAME = re.compile(r"[一-鿿]{2,6}")


def read_police_station(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """A police station, of the branch named before it or of the report's county."""
    if not scan.may_name_body(end):
        return None
    if own := own_town(scan, start):
        begin, town = own
        if station := _of_branch(scan, begin, end) or _of_county(scan, begin, end, town):
            return station
    begin_of_name = name_start(scan, start, end, form)
    if begin_of_name is None:
        return None
    if station := _of_branch(scan, begin_of_name, end):
        return station
    if begin_of_name > scan.last_end and (station := _of_county(scan, begin_of_name, end)):
        return station
    return read_body(scan, start, end, form)


def read_justice_office(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """The office of justice of the town that reports, or of another by its name."""
    place = scan.place
    if not scan.may_name_body(end):
        return None
    if place and (own := own_town(scan, start)):
        return scan.mention(own[0], end, scan.name_of(place, form), "body")
    begin = name_start(scan, start, end, form)
    if begin is not None and (county := county_of_town(scan, begin, start)):
        name = scan.name_of(county, "司法局") + scan.text[begin:end]
        return scan.mention(begin, end, name, "station")
    return read_body(scan, start, end, form)


def _of_branch(scan: Scan, begin: int, end: int) -> Mention | None:
    """A station of the branch that stands right before its name."""
    if begin != scan.last_end or scan.last_rule != "branch":
        return None
    return scan.behind_last(end, "station")


def _of_county(scan: Scan, begin: int, end: int, own: str = "") -> Mention | None:
    """A station of the bureau or branch of the report's county.

    Args:
        scan: The report.
        begin: First offset of its name, or of 派出所 alone.
        end: Offset after 派出所.
        own: What it is called where the text gives no name of its own.
    """
    county = ancestor_of(scan.place, "县区") if scan.place else None
    stem = scan.text[begin:end].removesuffix(_STATION) or own
    if scan.text.startswith("”", end) and scan.text[begin - 1 : begin] == "“":
        return None  # 被评为“枫桥式公安派出所”
    if county is None or not _NAME.fullmatch(stem):
        return None
    if stem.endswith(tuple(RELATIVE)) or stem.startswith(("辖区", "属地", "各", "有关", "公安")):
        return None
    city = place_of(county.path)
    branch = county.name.endswith("区") and city is not None
    owner = name_police_branch(city, county).name if branch and city else ""
    name = (owner or scan.name_of(county, "公安局")) + stem + _STATION
    return scan.mention(begin, end, name, "station")
