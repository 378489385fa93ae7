"""Places of a report that may name its unit, the most trusted first.

Trust falls in this order: title, sitting, signature, opening, page data, addresses, footer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.heading.cues import alternatives
from loaders.heading.dates import DATE
from loaders.heading.lines import NAVIGATION
from loaders.heading.opening import address_wordings, opening_wordings
from loaders.heading.wording import is_unit, read_unit
from loaders.places import read_place

# The blank between unit and next label may be gone: 来源：某局发布时间：…
META_UNIT = re.compile(
    rf"(?:{alternatives('unit_label')})\s*[:：]\s*"
    rf"(?P<unit>[^\s:：;；，,|]{{2,40}}?)(?=[\s;；，,|]|(?:{alternatives('page_label')})|$)"
)


# The mark between label and unit may be lost: 发文机关|某院.
_BARE_META = re.compile(
    r"^(?:发文机[构关]|发布机构|发布单位|发文单位|制发机关)(?P<unit>[一-鿿]{3,40})$"
)


FOOT_UNIT = re.compile(r"主办(?:单位)?\s*[:：]\s*(?P<unit>[^\s:：;；，,|]{2,40})")


# Who speaks before a congress: 某区审计局|局长 某某
_POST = re.compile(
    r"(?P<unit>[^，,。；：:、]{4,30}?)(?:局长|厅长|主任|院长|检察长)(?:\s*[一-鿿]{1,2}\s?[一-鿿]{1,2})?$"
)


_REPORT = re.compile(alternatives("report"))


_BY_SHORT_NAME = re.compile(
    r"(?:\d{4}年(?:度)?)?(?P<place>[一-鿿]{2,8}?)(?:\d{4}年(?:度)?)?政府工作报告"
)
_SITTING = re.compile(r"在(?P<place>[^第，。\s]{2,20})?第[^届]{1,6}届(?:全国)?人民代表大会")


def page_unit(line: str) -> str | None:
    """The unit that a line of page data labels as the report's source, None without one."""
    match = META_UNIT.search(line) if NAVIGATION.match(line) else META_UNIT.match(line)
    return match["unit"] if match else None


def sitting_place(head: Sequence[str]) -> str | None:
    """Place of the people's congress that heard a report; 国务院 stands for the national one."""
    for index, line in enumerate(head):
        if match := _SITTING.search(line + "".join(head[index + 1 : index + 2])):
            return match["place"] or "国务院"
    return None


def _short_place(title: str) -> str | None:
    """A province or prefecture by its short name: 2025年新疆政府工作报告."""
    match = _BY_SHORT_NAME.match(title)
    span = read_place(match["place"]) if match else None
    return match["place"] if match and span and span.end == len(match["place"]) else None


def unit_wordings(
    title: str | None, lines: Sequence[str], head: Sequence[str], foot: Sequence[str]
) -> Iterator[str]:
    """Wordings that may name the unit, the most trusted first."""
    if title and (unit := read_unit(title)):
        yield unit
    if any("政府工作报告" in line for line in (title or "", *head[:6])):
        place = sitting_place(head) or _short_place(title or "")
        if place:
            yield place if place == "国务院" else place + "人民政府"
    for line in reversed(foot):
        if len(line) < 40 and not NAVIGATION.match(line) and not re.search(r"[。；，,:：]", line):
            text = re.sub(DATE, "", line).strip("（）() ")
            text = re.split("[、•·]", text)[0]
            if is_unit(text) and not _REPORT.search(text):
                yield text
    for line in head[:8]:
        if speaker := _POST.match(line):
            yield from filter(None, [read_unit(speaker["unit"])])
    yield from opening_wordings(head)
    for line in (*head, *foot):
        if labelled := page_unit(line):
            yield labelled
        elif (match := _BARE_META.match(line)) and is_unit(match["unit"]):
            yield match["unit"]
    yield from address_wordings(head)
    for line in foot:
        if match := FOOT_UNIT.search(line):
            text = re.sub(r"(?:人民政府)?办公[室厅]$", "人民政府", match["unit"])
            if is_unit(text):
                yield text
