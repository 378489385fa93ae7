"""The Xinjiang Production and Construction Corps, its divisions and regiments."""

from __future__ import annotations

import re

from loaders.places.model import Place, PlaceSpan

_CORPS = re.compile(
    r"(?P<corps>新疆生产建设兵团|(?:新疆)?兵团)?(?P<division>第[一二三四五六七八九十]+师|[一二三四五六七八九十]+师)?"
    r"(?P<city>[一-鿿]{2,5}市)?(?P<regiment>[一二三四五六七八九〇\d]+团)?"
)


def read_corps(text: str, start: int) -> PlaceSpan | None:
    """The Xinjiang Production and Construction Corps and what lies in it."""
    match = _CORPS.match(text, start)
    if not match or not (match["corps"] or match["division"] or match["regiment"]):
        return None
    if not match["corps"] and not match["division"]:
        return None
    root = "新疆生产建设兵团"
    if not match["division"]:
        return PlaceSpan(start, match.end("corps"), (Place(root, (), "省"),))
    division = match["division"] if match["division"].startswith("第") else "第" + match["division"]
    place = Place(division, (root,), "市")
    end = match.end("division")
    if match["city"]:
        end = match.end("city")
        place = Place(division + match["city"], (root,), "市")
    if match["regiment"]:
        end = match.end("regiment")
        place = Place(match["regiment"], place.names, "县区")
    return PlaceSpan(start, end, (place,))
