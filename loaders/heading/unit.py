"""A unit as printed, with its place and canonical name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from loaders.heading.evidence import Evidence
from loaders.heading.wording import is_unit
from loaders.organs import (
    PARTY_BODIES,
    Name,
    aliases_of,
    catalogue,
    is_subdistrict,
    name_agency,
    place_in,
    zone_tails,
)
from loaders.places import (
    Place,
    PlaceSpan,
    existed,
    is_unlisted,
    nearest_division,
    read_place,
    select_place,
)

# Vertical bodies and institutions that carry a place in their own name.
_OWN_NAME = re.compile(r"大学|学院$|集团|公司$|海关$")


# Bodies whose name stands around the place: 共青团|长沙市|委员会.
_JOINT_BODIES = {
    "中国共产主义青年团": "团委",
    "共青团": "团委",
    "中国人民政治协商会议": "政协",
    "政协": "政协",
}


_JOINT_NAME = re.compile(
    rf"(?P<lead>{'|'.join(_JOINT_BODIES)})(?P<place>.{{2,30}}?)委(?:员会)?(?P<office>办公[室厅]|常务?委(?:员)?会|)$"
)


# The term of a committee is no part of its name: 政协某市|第十二届|委员会.
_TERM = re.compile(r"(?<=.)第[一二三四五六七八九十]{1,3}届(?=[一-鿿]{0,12}?委员会)")


# What leads a body from within: 司法局|党组, 中共|司法局|委员会.
_LEADERSHIP = re.compile(
    r"(?P<office>.+(?:局|厅|委|办|学院|医院|队|委员会|办公室|中心))(?P<kind>党组|党委|委员会)"
)


_DISCIPLINE = ("纪律检查委员会", "纪委")


# 市公安局, 我县人民政府: the level stands for the place.
RELATIVE = re.compile(r"(?:我|本)?(?P<level>[省市州盟县区旗镇乡])(?=[^区县市镇乡])")


_TOWN_NAME = re.compile(
    r"(?P<town>[一-鿿]{2,7}(?:街道|镇|(?<!各)乡|苏木))(?P<body>人民政府|政府|办事处|)"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as read from one place of the document.

    Args:
        name: Its canonical name with other full names.
        place: Its division, None for bodies without one.
        printed: The wording.
        body: The wording without the place.
        ambiguous: Whether places of one name remain between which nothing decides.
        rivals: Those places, the one read among them.
    """

    name: Name
    place: Place | None
    printed: str
    body: str
    ambiguous: bool = False
    rivals: tuple[Place, ...] = ()


def resolve_unit(
    printed: str, evidence: Evidence, year: int | None, near: Place | None = None
) -> Unit | None:
    """Name a unit as printed, its place completed through the gazetteer."""
    text = printed.strip("：:、，, ")
    if known := catalogue().central.get(text.removeprefix("中华人民共和国")):
        return Unit(known, None, printed, text)
    if text.endswith("税务局"):
        text = text.removeprefix("国家税务总局")
    text = re.sub(r"^(?:中共|中国共产党)(?=.)", "", text)
    text = _TERM.sub("", text)
    party = "中国共产党" in printed or printed.lstrip().startswith("中共")
    if (joint := _JOINT_NAME.match(text)) and read_place(joint["place"]):
        text = joint["place"] + _JOINT_BODIES[joint["lead"]] + joint["office"]
    span = _read_span(text, evidence)
    if span is None:
        return _unit_without_place(text, printed, near)
    if joint_at := _second_issuer(text, span.end):
        # Of a Party committee and a department the department reports; the commission for
        # discipline inspection is one body with that of supervision.
        second = party and not text.startswith(_DISCIPLINE, span.end)
        text = text[joint_at:] if second else text[:joint_at]
        party = party and not second
    candidates = tuple(p for p in span.candidates if evidence.of_county(p)) or span.candidates
    candidates = _in_county_spoken_of(candidates, text[: span.end], evidence, year)
    place: Place | None = select_place(candidates, near, year, evidence)
    assert place is not None
    body = text[span.end :]
    place = _in_full(place, evidence)
    if place.level in ("省", "市") and _is_own_name(body, text[: span.end], place):
        return Unit(Name(text), place, printed, body)
    body = _plain_body(body, place, party)
    rivals = _rivals(candidates, place, near, evidence, year)
    name = _leadership(place, body, party) or name_agency(place, body)
    if body.endswith("分局"):
        place = place_in(name.name) or place
    return Unit(name, place, printed, body, bool(rivals), rivals)


def _in_county_spoken_of(
    towns: tuple[Place, ...], printed: str, evidence: Evidence, year: int | None
) -> tuple[Place, ...]:
    """A town where the text says that it lies; the table has far from all towns.

    Of another county it is where the wording names that, or the text does.
    """
    if any(place.level != "乡镇街道" or not place.path for place in towns):
        return towns
    if any(evidence[place.path[-1]] or place.path[-1] in printed for place in towns):
        return towns
    county = evidence.county_spoken_of(year)
    if county is None:
        return towns
    return (Place(towns[0].name, county.names, "乡镇街道"),)


def _read_span(text: str, evidence: Evidence) -> PlaceSpan | None:
    """The place that a wording begins with, a county's short name before an organ included.

    A division that the tables lack counts where the text names it as its own.
    """
    span = read_place(text, unlisted=True)
    if span and (not is_unlisted(span.candidates[0]) or evidence.names_itself(text[: span.end])):
        return span
    if span := read_place(text):
        return span
    span = read_place(text, short=True)
    if span is None or span.candidates[0].level == "乡镇街道":
        return None  # 二道河镇 is no 河镇 of 二道区
    rest = text[span.end :]
    if rest in catalogue().organs or re.search(r"公安|法院|检察院|分局", rest[:6]):
        return span
    return None


def _unit_without_place(text: str, printed: str, near: Place | None) -> Unit | None:
    """A unit whose wording names no division that is known, placed by the one at hand."""
    if re.search(r"大学|学院$|集团|公司|海关|铁路|银行", text):
        return Unit(Name(text), None, printed, text)
    if (relative := RELATIVE.match(text)) and near:
        anchor = nearest_division(near, relative["level"])
        if anchor is None:
            return None
        body = text[relative.end("level") :]
        return Unit(name_agency(anchor, body), anchor, printed, body)
    if town := _TOWN_NAME.fullmatch(text):
        # Towns come and go faster than the gazetteer; one it lacks lies in the county at hand.
        county = near.names if near and near.level == "县区" else ()
        place = Place(town["town"], county, "乡镇街道")
        return Unit(name_agency(place, town["body"]), place, printed, town["body"], not county)
    if re.match(r"国家|中央|全国|中国|中华|最高", text) or text.endswith("部"):
        return Unit(Name(text), None, printed, text)
    return Unit(Name(text), None, printed, text, ambiguous=True) if is_unit(text) else None


def _in_full(place: Place, evidence: Evidence) -> Place:
    """A zone by its full name where the text has it: 福州高新区 → 福州高新技术产业开发区."""
    for tail in zone_tails(place):
        for other in zone_tails(place):
            full = place.name.removesuffix(tail) + other
            if place.name.endswith(tail) and len(other) > len(tail) and full in evidence.text:
                return replace(place, name=full)
    return place


def _second_issuer(text: str, end: int) -> int:
    """Where a joint title goes on with its second body: 某区委教工委|某区教委; 0 for one body."""
    again = text.find(text[:end], end + 2)
    return again if again > 0 and is_unit(text[again:]) else 0


def _is_own_name(body: str, prefix: str, place: Place) -> bool:
    """Whether a body carries the place in its own name: 江苏海事局, 济宁日报社, 南京大学."""
    if _OWN_NAME.search(body):
        return True
    return bool(body) and not prefix.endswith(place.name[-1]) and body not in catalogue().organs


def _plain_body(body: str, place: Place, party: bool) -> str:
    """A body without what a title adds to it: 委、县人民政府 → 人民政府."""
    if party and not body.startswith("委"):
        body = body or "委"
    if re.match(r"委(?:员会)?(?:[、，]?" + re.escape(place.name) + r")?(?:人民)?政府$", body):
        return "人民政府"
    if party:
        body = "委" if body == "委员会" else re.sub(r"^委员会(?=[一-鿿])", "委", body)
    if place.level == "乡镇街道" and is_subdistrict(place):
        body = re.sub(r"^街道(?=办事处)", "", body)
    return body


def _leadership(place: Place, body: str, party: bool) -> Name | None:
    """The Party body that leads an office from within; None for any other body."""
    match = _LEADERSHIP.fullmatch(body)
    if match is None or (match["kind"] == "委员会" and not party):
        return None
    if body in catalogue().organs or match["office"] not in catalogue().organs:
        return None
    office = name_agency(place, match["office"]).name
    kind = "党委" if match["kind"] == "委员会" else match["kind"]
    name = PARTY_BODIES[kind].format(office)
    return Name(name, aliases_of(name))


def _rivals(
    candidates: tuple[Place, ...],
    place: Place,
    near: Place | None,
    evidence: Evidence,
    year: int | None,
) -> tuple[Place, ...]:
    """Places of the same name between which the text does not decide; empty where it does."""

    def fit(other: Place) -> tuple[int, int]:
        shared = 0
        for mine, theirs in zip(other.names, near.names if near else (), strict=False):
            if mine != theirs:
                break
            shared += 1
        return shared, evidence.of(other)

    others = [
        other
        for other in candidates
        if existed(other, year) and other.full_name != place.full_name and fit(other) >= fit(place)
    ]
    return (place, *others) if others else ()
