"""Administrative divisions by year: names, codes, what lies in what.

Comes in: text in which a division is named, and what is known of the report's
own place. Goes out: :class:`Place`. Layers of the code table that no name shows
(市辖区, 省直辖县) are left out of paths: 北京市东城区, 湖北省仙桃市.

Source:
    reference/divisions.tsv (provinces, prefectures and counties, 1980-2024) and
    reference/divisions_towns.tsv (towns and subdistricts); NOTICE names both.
"""

from loaders.places.chains import place_before, read_place
from loaders.places.choice import latest_places, select_place, shared_place, votes_for
from loaders.places.gazetteer import (
    ancestor_of,
    existed,
    parent_of,
    place_of,
    places_named,
    short_name,
    towns_named,
)
from loaders.places.model import LEVELS, Level, Place, PlaceSpan
from loaders.places.unlisted import is_division, is_unlisted, nearest_division
from loaders.places.zones import ZONE

__all__ = [
    "LEVELS",
    "ZONE",
    "Level",
    "Place",
    "PlaceSpan",
    "ancestor_of",
    "existed",
    "is_division",
    "is_unlisted",
    "latest_places",
    "nearest_division",
    "parent_of",
    "place_before",
    "place_of",
    "places_named",
    "read_place",
    "select_place",
    "shared_place",
    "short_name",
    "towns_named",
    "votes_for",
]
