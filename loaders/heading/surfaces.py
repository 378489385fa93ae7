"""Forms by which a report names its own unit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from loaders.heading.unit import Unit
from loaders.organs import catalogue, place_forms, zone_tails
from loaders.places import (
    Place,
    short_name,
)


def find_surfaces(text: str, unit: Unit) -> tuple[str, ...]:
    """Forms by which a text names its unit, as found, longest first."""
    forms = {unit.printed, unit.name.name, *unit.name.also}
    place = unit.place
    if place and unit.body and place.level != "乡镇街道":
        organ = catalogue().organs.get(unit.body)
        relative = ("自治" if "自治" in place.name else "") + place.name[-1]
        bodies = [*(organ.forms if organ else (unit.body,)), *_shortenings(unit.body)]
        bodies += _second_names(text, unit.printed, (*place_forms(place), place.name, relative))
        for form in bodies:
            forms.update(tail + form for tail in zone_tails(place))
            forms.update({relative + form, place.name + form, short_name(place.name) + form})
    if place and place.level == "乡镇街道":
        forms.update({place.name, place.name + unit.body})
        forms.update(find_abbreviations(text, place))
    if place and place.level != "乡镇街道":
        forms -= {*place_forms(place), short_name(place.name)}
    return tuple(sorted((f for f in forms if len(f) > 1 and f in text), key=lambda f: (-len(f), f)))


def _second_names(text: str, printed: str, places: Sequence[str]) -> list[str]:
    """Under which other names the unit works, which stand in brackets behind its own.

    宣城市数据资源管理局（宣城市政务服务管理局）: one body with two plates.
    """
    found = re.findall(rf"{re.escape(printed)}（([一-鿿]{{3,24}}[局委厅办队])）", text)
    second = (name.removeprefix("加").removeprefix("挂") for name in dict.fromkeys(found))
    return [
        name.removeprefix(next((p for p in places if name.startswith(p)), "")) for name in second
    ]


@cache
def _shortenings(body: str) -> tuple[str, ...]:
    """Usual short forms of other organs that shorten this body's name as well.

    A place has one of them: 城管执法局 is 城市管理行政执法局 in its own report, though
    elsewhere 城市管理综合行政执法局.
    """
    short = body.removesuffix("管理局") + "局"
    return (
        *((short,) if body.endswith("管理局") and short not in catalogue().organs else ()),
        *(
            form
            for form, organ in sorted(catalogue().organs.items())
            if len(form) > 2
            and form != organ.name != body
            and (form[0], form[-1]) == (body[0], body[-1])
            and _is_subsequence(form, body)
        ),
    )


def _is_subsequence(form: str, name: str) -> bool:
    rest = iter(name)
    return all(character in rest for character in form)


def find_abbreviations(text: str, place: Place) -> set[str]:
    """How a report shortens its town's name: 广内街道 for 广安门内街道.

    A shortening keeps the first character and the order of the others, is at
    least two characters before 街道, and the text uses it more than twice.
    """
    suffix = "街道" if place.name.endswith("街道") else place.name[-1]
    stem = place.name.removesuffix(suffix)
    if len(stem) < 3:
        return set()
    inner = "".join(f"{re.escape(c)}?" for c in stem[1:])
    found = Counter(m.group() for m in re.finditer(f"{re.escape(stem[0])}{inner}{suffix}", text))
    return {
        form
        for form, count in found.items()
        if count > 2 and len(form) >= 2 + len(suffix) and form != place.name
    }
