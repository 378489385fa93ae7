"""Places of a report that may name its unit, the most trusted first.

Trust falls in this order: title, signature, first paragraph, page data, footer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.heading.cues import alternatives
from loaders.heading.dates import DATE
from loaders.heading.lines import NAVIGATION
from loaders.heading.wording import is_unit, read_unit

META_UNIT = re.compile(
    rf"^(?:{alternatives('unit_label')})\s*[:：]\s*(?P<unit>[^\s:：;；，,|]{{2,40}})"
)


FOOT_UNIT = re.compile(r"主办(?:单位)?\s*[:：]\s*(?P<unit>[^\s:：;；，,|]{2,40})")


_REPORT = re.compile(alternatives("report"))


_SITTING = re.compile(r"在(?P<place>[^第，。\s]{2,20})?第[^届]{1,6}届(?:全国)?人民代表大会")


# A sentence's subject: 2021年，东城区教委|认真贯彻…
_SUBJECT = re.compile(
    r"(?:^|[，,。；])(?:20\d\d年[^，,。]{0,6}[，,])?(?P<unit>[^，,。；\s]{2,30}?)"
    rf"(?:{alternatives('after_subject')})"
)


def unit_wordings(
    title: str | None, lines: Sequence[str], head: Sequence[str], foot: Sequence[str]
) -> Iterator[str]:
    """Wordings that may name the unit, the most trusted first."""
    if title and (unit := read_unit(title)):
        yield unit
    if title and "政府工作报告" in title:
        for line in head:
            if match := _SITTING.search(line):
                yield match["place"] + "人民政府" if match["place"] else "国务院"
    for line in reversed(foot):
        if len(line) < 40 and not NAVIGATION.match(line) and not re.search(r"[。；，:：]", line):
            text = re.sub(DATE, "", line).strip("（）() ").split("、")[0]
            if is_unit(text) and not _REPORT.search(text):
                yield text
    for line in head:
        if match := _SUBJECT.search(line):
            text = re.sub(r"^(?:我|本|全)", "", match["unit"])
            if text.endswith(("中央", "国务院")) or "、" in text:
                continue
            if is_unit(text) and len(text) > 2:
                yield text
    for line in (*head, *foot):
        if match := META_UNIT.match(line):
            yield match["unit"]
    for line in foot:
        if match := FOOT_UNIT.search(line):
            text = re.sub(r"(?:人民政府)?办公[室厅]$", "人民政府", match["unit"])
            if is_unit(text):
                yield text
