"""The unit by the forms of its heading, and bodies by the form that introduced them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from loaders.agencies.bounds import is_boundary
from loaders.agencies.cues import cues
from loaders.agencies.scan import Scan
from loaders.entities import Mention
from loaders.organs import catalogue
from loaders.places import nearest_division

_LEVEL = re.compile(r"^(?:街道|[省市区县镇乡])")
_CLAUSE = r"(?<=[，。；\n])"
"""In front of a body by the end of its form alone."""


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
    if form[-1] == "厅":
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
    """Further mentions of bodies by the form that introduced them, or what it ends in.

    街道综合执法中心, then 综合执法中心 where a clause begins; 执法队 for the only one there is.
    """
    forms: dict[str, str] = {}
    ends: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.rule in ("body", "organ") and len(mention.surface) > 3:
            form = mention.surface.strip("“”")
            if mention.rule == "body":
                forms.setdefault(form, mention.name)
            for end in (_LEVEL.sub("", form), *cues().whole_heads):
                if form.endswith(end) and form != end:
                    ends.setdefault(end, set()).add(mention.name)
    only = {end: names.pop() for end, names in ends.items() if len(names) == 1}
    found = list(_iter_forms(scan, {f: n for f, n in only.items() if len(f) > 2}, _CLAUSE))
    return [*_iter_forms(scan, forms, ""), *found]


def _iter_forms(scan: Scan, forms: Mapping[str, str], before: str) -> Iterator[Mention]:
    """Mentions of these forms, behind what an expression says, with the names that they have."""
    if not forms:
        return
    pattern = "|".join(map(re.escape, sorted(forms, key=lambda f: (-len(f), f))))
    for match in re.finditer(f"{before}({pattern})", scan.text):
        if not scan.is_taken(*match.span(1)) and not scan.runs_on(match.end()):
            yield scan.mention(*match.span(1), forms[match[1]], "repeated")
