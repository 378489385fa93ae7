"""Internal and subordinate bodies of the unit that act in a clause: 监察处, 天荒坪中队."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from loaders.agencies.bounds import body_start
from loaders.agencies.cues import cues
from loaders.agencies.scan import Scan
from loaders.entities import Mention
from loaders.organs import catalogue

# The stem of a name, in front of its head, has so many characters.
_STEM = "[\u4e00-\u9fff]{2,14}"
# Of those behind 由, whatever they do: 由督察科|发出提醒.
_CHARGED = re.compile(
    r"(?<=由)(?P<stem>[\u4e00-\u9fff]{2,8}?)(?P<head>科|股|处|中队)(?=[\u4e00-\u9fff]{2})"
)
_OWN = ("本局", "局", "委", "厅", "院")
"""In front of a body that the unit calls its own: 由局|法制科."""
# Numbers, classes and relative words open no name of an internal body.
_NO_OPENING = tuple("各全每其该此本我上下两三四五六七八九十某多省市区县镇乡州有相")


@cache
def _subject() -> re.Pattern[str]:
    """A body that opens a clause, or follows 由 and the like, and acts."""
    heads = "|".join(sorted(cues().internal_heads, key=lambda h: (-len(h), h)))
    acts = "|".join(cues().acts)
    return re.compile(
        rf"(?:^|(?<=[，。；、：\n”]))(?P<stem>{_STEM}?)(?P<head>{heads})"
        rf"(?={acts}|的[\u4e00-\u9fff]{{0,6}}作用)",
        re.M,
    )


def iter_internal(scan: Scan, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Internal bodies as subjects of clauses, where nothing else was found.

    A government as a whole has none: whose office 办公室 is would be a guess.

    Args:
        scan: The report.
        mentions: What was found before.
    """
    unit = scan.heading.unit
    if unit is None or scan.is_general_unit() or unit.startswith(("国务院", "中共中央")):
        return
    found = sorted((m.start, m.end) for m in mentions)
    subjects = chain(_subject().finditer(scan.text), _CHARGED.finditer(scan.text))
    for match in subjects:
        end, head = match.end(), match.start("head")
        begin = body_start(scan.text, head, match.start())
        if begin is None:
            continue
        own = next((w for w in _OWN if scan.text.startswith(w, begin) and unit.endswith(w[-1])), "")
        stem = begin + len(own)
        opens = begin == match.start() or scan.text.endswith(cues().internal_openers, 0, begin)
        if not opens or not _may_name(scan, stem, end, head):
            continue
        if not scan.is_free(begin, end, found):
            continue
        body = scan.text[stem:end]
        name = unit if unit.endswith(body) else unit + body  # 政务服务|热线中心 itself
        yield scan.mention(begin, end, name, "body")


def _may_name(scan: Scan, begin: int, end: int, head: int) -> bool:
    """Whether the words from ``begin`` to ``end`` name one body, and one of the unit's own."""
    body, known = scan.text[begin:end], cues()
    if head - begin < 2 or body in catalogue().organs:
        return False
    if body.startswith(_NO_OPENING) or body.endswith(known.no_internal):
        return False
    return not any(word in body for word in known.no_internal_inside)
