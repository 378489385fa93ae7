"""The unit by the forms of its heading, and bodies by the form that introduced them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.agencies.bounds import is_boundary
from loaders.agencies.cues import cues
from loaders.agencies.scan import Scan
from loaders.entities import Mention
from loaders.organs import catalogue
from loaders.places import nearest_division


def read_own(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """The unit by what its name ends in: 大队, 分局, 管委会, and 学校 for a university."""
    unit = scan.heading.unit
    if not unit or not is_boundary(scan.text, start) or scan.is_class(start):
        return None
    if not unit.endswith(cues().own_heads.get(form, ())):
        return None
    return scan.mention(start, end, unit, "self")


def read_bureau(scan: Scan, start: int, end: int, form: str) -> Mention | None:
    """A bureau of the unit's own line: 省局, 市局 in a report of a tax bureau."""
    if scan.line is None or scan.place is None or scan.is_post(end) or scan.is_class(start):
        return None
    if not is_boundary(scan.text, start) or scan.text.startswith(cues().class_after, end):
        return None
    place = nearest_division(scan.place, form[0])
    body = scan.line
    if place is None or (form[0] == "区" and place.level == "省"):
        return None
    if form[-1] == "厅" or (place.level == "省" and body[:-1] + "厅" in catalogue().organs):
        body = body[:-1] + "厅"
    if body not in catalogue().organs:
        return None
    return scan.mention(start, end, scan.name_of(place, body), "organ")


def iter_unit(scan: Scan) -> Iterator[Mention]:
    """Mentions of the reporting unit by the forms that its heading has."""
    unit = scan.heading.unit
    if not unit:
        return
    surfaces = [s for s in scan.heading.surfaces if s not in scan.towns or scan.is_own_office()]
    if surfaces:
        for match in re.finditer("|".join(map(re.escape, surfaces)), scan.text):
            if not scan.is_taken(match.start(), match.end()):
                yield scan.mention(match.start(), match.end(), unit, "unit")


def iter_repeated(scan: Scan, mentions: Sequence[Mention]) -> list[Mention]:
    """Further mentions of bodies by the form that introduced them."""
    forms: dict[str, str] = {}
    for mention in mentions:
        if mention.rule == "body" and len(mention.surface) > 3:
            forms.setdefault(mention.surface.strip("“”"), mention.name)
    if not forms:
        return []
    pattern = "|".join(map(re.escape, sorted(forms, key=lambda f: (-len(f), f))))
    return [
        scan.mention(m.start(), m.end(), forms[m.group()], "repeated")
        for m in re.finditer(pattern, scan.text)
        if not scan.is_taken(m.start(), m.end())
    ]
