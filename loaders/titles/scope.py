"""Whose document a title names, where the title does not say.

Every county has an 《实施方案》 and a 《2021年工作要点》. Such a title takes the name
of the unit that makes the document, or of the place whose document is cited, so
that two units' plans do not become one node of the graph.
"""

from __future__ import annotations

import re
from itertools import pairwise

from loaders.heading import Heading
from loaders.places import Place
from loaders.titles.wording import is_generic, is_internal, is_proper, words

_ACTOR = re.compile(
    r"中央|国务院|中办|国办|国家|上级|(?<![全内干一])部(?![门分署])|省[委政]|[市区县州旗镇乡](?:委|政府|人大|人民政府)|[委办局厅院]"
)
_OWN = re.compile(r"[我本][一-鿿]?|(?:会同|联合)[一-鿿、]*|办理|办法")
_OTHER_BODY = ("工委", "党工委", "党组", "党委", "纪工委")
_RELATIVE = tuple("省市区县州旗镇乡")
_LISTED = re.compile(r"《[^《》]*》(?:[（(][^（）()]*[）)])?[、和及与]?")


def made_here(before: str, heading: Heading) -> bool:
    """Whether the reporting unit makes the document whose title follows.

    Args:
        before: The text in front of the opening mark, some 100 characters.
        heading: Who reports.
    Returns:
        True where an issuing verb (制定, 印发 …) stands right before the title, or
        before the titles listed ahead of it, and the clause names no other body.
    """
    clause = _LISTED.sub("", re.split(r"[。；;\n]", before)[-1])
    clause = re.split(r"[，,]", clause)[-1].rstrip("了关于“、和及 ")
    if not clause.endswith(words("issuing_verbs")):
        return False
    for own in heading.surfaces:
        clause = clause.replace(own, "")
    return not _ACTOR.search(_OWN.sub("", clause))


def scoped_name(plain: str, heading: Heading, *, own: bool) -> str:
    """A name that two units' documents do not share by accident.

    Args:
        plain: Title as :func:`loaders.titles.marks.plain_title` gives it.
        heading: Who reports.
        own: Whether the reporting unit makes the document.
    """
    unit, place = heading.unit, heading.place
    named = next((s for s in heading.surfaces if _names_maker(plain, s, place)), "")
    in_full = bool(unit and unit.endswith(named) and not named.startswith(_RELATIVE))
    if unit and named and not in_full:
        return unit + plain.removeprefix(named)
    divisions = (*place.path, place.name) if place else ()
    for larger, division in pairwise(divisions):
        if division.endswith(("区", "镇", "乡", "街道")) and plain.startswith(division):
            return larger + plain  # 朝阳区 lies in Beijing and in Changchun
    if named or is_proper(plain):
        return plain
    own = own or is_internal(plain)
    if unit and own and (is_generic(plain) or is_internal(plain) or heading.level != "国家"):
        return unit + plain
    if is_generic(plain):
        return (place.official_name if place else unit or "") + plain
    return plain


def _names_maker(plain: str, surface: str, place: Place | None) -> bool:
    """Whether the title opens with the unit's name: no place, no Party body beside the unit."""
    if place and surface == place.name and place.level != "乡镇街道":
        return False
    rest = plain.removeprefix(surface)
    return rest not in (plain, "") and not rest.startswith(_OTHER_BODY)
