"""Other full names of an agency, from its canonical name alone."""

from __future__ import annotations

import re

from loaders.organs.catalogue import Name, catalogue, central_names
from loaders.organs.naming import (
    RURAL_BODIES,
    TOWN_BODIES,
    canonical_organs,
    is_subdistrict,
    name_body,
    name_organ,
    name_police_branch,
    name_town_body,
    place_forms,
)
from loaders.organs.properties import place_in
from loaders.places import Place


def _without_government(place: Place, body: str) -> tuple[str, ...]:
    """区人民政府法律顾问团 is the district's panel too."""
    inner = body.removeprefix("人民政府")
    return tuple(form + inner for form in place_forms(place)) if inner not in ("", body) else ()


def aliases_of(name: str) -> tuple[str, ...]:
    """Other full names of the agency with that canonical name, a function of it alone."""
    if name in central_names():
        return catalogue().central[name].also
    if name.startswith("中共") and name.endswith("党组"):
        owner = name[2:-2]
        owners = (owner, *aliases_of(owner)[:12])
        forms = [f"{lead}{o}党组" for o in owners for lead in ("中共", "", "中国共产党")]
        return tuple(dict.fromkeys(f for f in forms if f != name))
    if unit := re.fullmatch(r"中共(.+(?:局|厅|队|院|学|医院|集团|中心|委员会))委员会", name):
        owners = (unit[1], *aliases_of(unit[1])[:12])
        forms = [f"{o}党委" for o in owners] + [f"中共{o}党委" for o in owners]
        return (*forms, *(f"中共{o}委员会" for o in owners[1:]))
    place = place_in(name)
    if place is None:
        return ()
    if place.level == "乡镇街道":
        kind = TOWN_BODIES if is_subdistrict(place) else RURAL_BODIES
        for body in dict.fromkeys(kind.values()):
            named = name_town_body(place, next(k for k, v in kind.items() if v == body))
            if named and named.name == name:
                return named.also
    organ = canonical_organs().get(name.replace(place_forms(place)[0], "*", 1))
    if organ:
        return name_organ(place, organ).also
    if branch := re.fullmatch(r"(.+)公安局(.+)分局", name):
        city = place_in(branch[1])
        named = name_police_branch(city, place) if city and place != city else Name("")
        return tuple(form for form in (named.name, *named.also) if form != name)
    if name.startswith(place.official_name):
        body = name.removeprefix(place.official_name)
        return (*name_body(place, body).also, *_without_government(place, body))
    return ()
