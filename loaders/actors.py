"""Which of the bodies that a clause names act in it, and as what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from loaders.cues import adverbial_prefix, alternation
from loaders.entities import Mention
from loaders.heading import Heading
from loaders.organs import name_agency
from loaders.places import Place

_LONGEST_CUE = 8  # characters that may stand before an agency and give it its role
_SIDE_BY_SIDE = re.compile(
    r"[、和与及]?|以及|等|(?:常务|全体|扩大)?会议?(?:\d+次)?[、和与及]|\d+次[、和与及]"
)
_WITH = re.compile(rf"(?:{alternation('with')})$")
_WITH_IF_JOINT = re.compile(r"(?:^|[^参给])[与同和]$")
_WITH_UNKNOWN = re.compile(rf"^(?:[与同]|{alternation('with')})[^，。；]{{2,24}}[、和与及]$")
"""Behind 与 and a body that is not known: 与航道处、甲镇政府建立…."""
_UNKNOWN_BETWEEN = re.compile(
    r"[、和与及][一-鿿]{2,12}?(?:局|委|办|厅|院|部|会|队|所|站|中心)[、和与及]"
)
"""A body that is not known, between two that are: 甲局|、区文化旅游委、|乙局."""
_JOINT = re.compile(rf"[^，。；]{{0,8}}?(?:{alternation('joint_verbs')})")
_CAUSES = re.compile(rf"(?:{alternation('causes')})$")
_STAND_IN = re.compile(rf"(?:{alternation('stand_ins')})")
_BY_LEAVE = ("经", "经过", "报", "报请", "提请")
_ALLOWS = re.compile(rf"(?:常务会议|常委会|党组)?(?:{alternation('allowing_acts')})")
"""In front of and behind a body that lets others act: 经|省政府|同意，印发《…》."""
_POST = re.compile(alternation("posts"))
_HOSTS = re.compile(rf"(?:{alternation('hosts')})的")
_LEADS = re.compile(r"(?:负责|负总责)?(?:牵头|主办|召集)")
_DIRECTS = re.compile(
    rf"(?:{alternation('direction_acts')})(?:我[省市区县镇局办]|全[省市区县])?(?:的|案件|事项|任务|线索|信访件|件)"
)
_TRIES = re.compile(
    r"等?\d*[家个]?(?:部门|单位|机关)?(?:先行|率先|首批|试点)+(?:先试|开展|推行|实行|启动|试行)?"
    r"|等\d+[家个](?:部门|单位|机关)(?:开展|推行|实行|启动|试行)"
)
"""Behind bodies with whom something begins: 在甲局、乙局等6家单位|先行开展…."""
_AND_OTHERS = re.compile(r"等?(?:\d+|多|各|有关|相关)?(?:家|个)?(?:部门|单位|机关)?$")


@dataclass(slots=True)
class Roles:
    """Bodies of one clause, by canonical name.

    Args:
        subjects: Who acts.
        partners: Who acts beside the subject: 会同区人社局.
        delegates: Whom the subject has act: 指导丙镇政府.
        leaders: Those of them all who lead the work: 由区司法局牵头, 区司法局牵头的.
        announced: Whether the clause only names partners, so that they act in the
            next one: 联合区公安局、区法院等，建立….
    """

    subjects: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    delegates: list[str] = field(default_factory=list)
    leaders: list[str] = field(default_factory=list)
    announced: bool = False


@lru_cache(maxsize=64)  # asked for in every clause
def _own_party_bodies(unit: str | None, place: Place | None) -> frozenset[str]:
    """Party bodies that lead a unit from within, whose acts are the unit's: 局党组, 镇党委."""
    if unit is None:
        return frozenset()
    own = {f"中共{unit}党组", f"中共{unit}委员会"}
    if place and place.level == "乡镇街道":
        own |= {name_agency(place, body).name for body in ("党委", "工委")}
    return frozenset(own)


def with_own_unit(names: tuple[str, ...], heading: Heading) -> tuple[str, ...]:
    """Those who act, and the unit where a Party body of its own does: 局党组落实…."""
    own = _own_party_bodies(heading.unit, heading.place)
    if heading.unit is None or own.isdisjoint(names):
        return names
    return tuple(dict.fromkeys((*names, heading.unit)))


def agency_runs(text: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Agencies of a clause, those that stand side by side together: 区委、区政府."""
    runs: list[list[Mention]] = []
    for m in mentions:
        if m.kind != "agency":
            continue
        last = runs[-1][-1] if runs else m
        if runs and (last.start == m.start or _SIDE_BY_SIDE.fullmatch(text, last.end, m.start)):
            runs[-1].append(m)
        else:
            runs.append([m])
    return runs


def read_roles(text: str, start: int, end: int, mentions: Sequence[Mention]) -> Roles:
    """Tell the roles of the agencies that a clause names.

    Args:
        text: The document's text.
        start: First offset of the clause.
        end: Offset after its last.
        mentions: Those inside, in text order.
    """
    roles = Roles()
    if not any(m.kind == "agency" for m in mentions):
        return roles
    head = adverbial_prefix(text, start)
    last, said = head, roles.subjects
    for run in agency_runs(text, mentions):
        first, reach = run[0].start, run[-1].end
        if first < head:
            continue
        between, last = text[last:first], reach
        before = text[max(head, first - _LONGEST_CUE) : first]
        names = [m.name for m in run]
        if _LEADS.match(text, reach, end):
            roles.leaders += names
        if _HOSTS.match(text, reach, end):
            roles.partners += names
            continue
        if _is_qualifier(text, reach):
            continue
        if text.endswith(_BY_LEAVE, start, first) and _ALLOWS.match(text, reach, end):
            continue
        if said and _UNKNOWN_BETWEEN.fullmatch(between):
            pass  # as those before it
        elif not before:
            said = roles.subjects
        elif _CAUSES.search(before):
            said = roles.delegates
        elif (
            _WITH.search(before)
            or (before.endswith("在") and tries_out(text, reach, end))
            or (
                (
                    _WITH_IF_JOINT.search(before)
                    or any(map(_WITH_UNKNOWN.search, (between, text[head:first])))
                )
                and _JOINT.match(text, reach, end)
            )
        ):
            said = roles.partners
            roles.announced = bool(_AND_OTHERS.fullmatch(text, reach, end))
        else:
            continue
        said += names
    return roles


def tries_out(text: str, reach: int, end: int) -> bool:
    """Whether something begins with the bodies that end here: 在甲局、乙局|先行开展试点."""
    return bool(_TRIES.match(text, reach, end))


def _is_qualifier(text: str, reach: int) -> bool:
    """Whether what ends here only qualifies a noun, a title, a post or a matter handed down.

    区政府的…, 国务院《…》, 市委书记, 市信访局交办的….
    """
    if text.startswith("的", reach):
        return not _STAND_IN.match(text, reach + 1)
    if text.startswith(("《", "〈"), reach):
        return True
    return bool(_POST.match(text, reach) or _DIRECTS.match(text, reach))
