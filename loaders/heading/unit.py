"""A unit as printed, with its place and canonical name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.heading.wording import is_unit
from loaders.organs import (
    Name,
    catalogue,
    is_subdistrict,
    name_agency,
    place_in,
)
from loaders.places import (
    Place,
    existed,
    nearest_division,
    read_place,
    select_place,
    short_name,
)


class PlaceCounts(dict[str, int]):
    """How often the head and foot of a text write a place's name, counted when asked."""

    def __init__(self, text: str) -> None:
        self._text = text[:20000] + "\n" + text[20000:][-3000:]

    def __missing__(self, name: str) -> int:
        self[name] = count = self._text.count(name)
        return count


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as read from one place of the document.

    Args:
        name: Its canonical name with other full names.
        place: Its division, None for bodies without one.
        printed: The wording.
        body: The wording without the place.
        ambiguous: Whether the place was chosen among several without a hint.
    """

    name: Name
    place: Place | None
    printed: str
    body: str
    ambiguous: bool = False


def resolve_unit(
    printed: str, counts: PlaceCounts, year: int | None, near: Place | None = None
) -> Unit | None:
    """Name a unit as printed, its place completed through the gazetteer."""
    text = printed.strip("：:、，, ")
    if known := catalogue().central.get(text):
        return Unit(known, None, printed, text)
    if text.endswith("税务局"):
        text = text.removeprefix("国家税务总局")
    text = re.sub(r"^(?:中共|中国共产党)(?=.)", "", text)
    party = "中国共产党" in printed or printed.lstrip().startswith("中共")
    relative = re.match(r"(?:我|本)?(?P<level>[省市州盟县区旗镇乡])(?=[^区县市镇乡])", text)
    span = read_place(text)
    ambiguous = False
    if span is None:
        span = read_place(text, short=True)
        rest = text[span.end :] if span else ""
        if span and not (
            rest in catalogue().organs or re.search(r"公安|法院|检察院|分局", rest[:6])
        ):
            span = None
    if span is None and re.search(r"大学|学院$|集团|公司|海关|铁路|银行", text):
        return Unit(Name(text), None, printed, text)
    if span is None and relative and near:
        anchor = nearest_division(near, relative["level"])
        if anchor is None:
            return None
        body = text[relative.end("level") :]
        return Unit(name_agency(anchor, body), anchor, printed, body)
    if span is None:
        if re.match(r"国家|中央|全国|中国|中华|最高", text) or text.endswith("部"):
            return Unit(Name(text), None, printed, text)
        return Unit(Name(text), None, printed, text, ambiguous=True) if is_unit(text) else None
    place = select_place(span.candidates, near, year, counts)
    assert place is not None
    rivals = [p for p in span.candidates if existed(p, year) and p.full_name != place.full_name]
    if rivals and near is None:
        ambiguous = not any(counts[n] + counts[short_name(n)] for n in place.path)
    body = text[span.end :]
    if re.search(r"大学|学院$|集团|公司$|海关$", body) and place.level in ("省", "市"):
        return Unit(Name(text), place, printed, body)
    if party and not body.startswith("委"):
        body = body if body else "委"
    joint = re.match(r"委(?:员会)?(?:[、，]?" + re.escape(place.name) + r")?(?:人民)?政府$", body)
    if joint:
        body = "人民政府"
    if party and body == "委员会":
        body = "委"
    body = re.sub(r"^委员会(?=[一-鿿])", "委", body) if party else body
    if place.level == "乡镇街道" and is_subdistrict(place):
        body = re.sub(r"^街道(?=办事处)", "", body)
    name = name_agency(place, body)
    if body.endswith("分局"):
        place = place_in(name.name) or place
    return Unit(name, place, printed, body, ambiguous)
