"""Tribunals of a court, and courts of the railways: 刘庄人民法庭, 成都铁路运输法院."""

from __future__ import annotations

import re
from functools import cache

from loaders.agencies.bounds import body_start
from loaders.agencies.cues import cues
from loaders.agencies.scan import Scan
from loaders.agencies.towns import county_of_town, own_town
from loaders.agencies.unlisted import name_start, read_body
from loaders.entities import Mention
from loaders.places import ancestor_of

_TRIBUNAL = "人民法庭"
_CITY = range(2, 6)  # characters in front of a railway court, which no division has


@cache
def _by_town() -> re.Pattern[str]:
    """A court's own tribunal, which is called after its town: 旧县法庭, but not 巡回法庭."""
    kinds = "|".join(cues().no_tribunals)
    return re.compile(rf"(?![一-鿿]*(?:{kinds}))([一-鿿]{{2,4}}?)(?:人民)?法庭")


def read_railway_court(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """A court or procuratorate of the railways, by its city."""
    if not scan.may_name_body(end):
        return None
    begin = body_start(scan.text, start, scan.last_end)
    if begin is None or start - begin not in _CITY:
        return None
    return scan.mention(begin, end, scan.text[begin:end], "body")


def read_tribunal(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """A tribunal of the court that is named before it, that reports, or of the unit's county."""
    if not scan.may_name_body(end):
        return None
    unit, text = str(scan.heading.unit), scan.text
    if text.endswith(cues().no_tribunals, 0, start):
        return None
    if form == _TRIBUNAL and scan.place and (own := own_town(scan, start)):
        begin, town = own
        county = ancestor_of(scan.place, "县区")
        court = scan.name_of(county, "人民法院") if county else ""
        return scan.mention(begin, end, f"{court}{town}{form}", "body")
    after_court = scan.last_name.endswith("人民法院")
    if after_court and _by_town().fullmatch(text, scan.last_end, end):
        return scan.behind_last(end, "body")  # 思明区人民法院|莲前人民法庭
    name_from = name_start(scan, start, end, form)
    if name_from is None:
        return None
    own_name = _by_town().fullmatch(text, name_from, end)
    if own_name and name_from > scan.last_end:
        court = ""
        if not unit.endswith("人民法院"):
            county = county_of_town(scan, name_from, name_from + len(own_name[1]))
            court = scan.name_of(county, "人民法院") if county else ""
        elif not text.endswith(cues().openers, 0, name_from):
            court = unit
        if court:
            return scan.mention(name_from, end, f"{court}{own_name[1]}{_TRIBUNAL}", "body")
    return read_body(scan, start, end, form)
