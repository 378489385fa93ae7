"""Divisions that act: a town or county as a subject stands for its government (仪封镇探索…)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from loaders.agencies.cues import cues
from loaders.agencies.scan import Scan
from loaders.entities import Mention
from loaders.places import Place, ancestor_of, read_place, select_place

_NAME = "[一-鿿]{1,10}?[镇乡县区市州旗道]"
_UNLISTED = re.compile(r"[一-鿿]{2,3}(?:镇|乡|街道)")
_GENERIC = re.compile(r"属地|[各全该本我乡村城街市区县]|重点|特色|试点|部分|多个|所有")
"""How words open that end like a town and are none."""
_WHERE = ("在", "于", "从", "到", "赴", "向", "对", "以", "为", "与", "将")
"""In front of towns in which something is done: 在茅坪镇、兴隆镇设立…."""


_MORE = r"(?:等[^，。；、]{0,10}?(?:单位|镇街|乡镇|镇|乡|街道|区县|县区|县市))?"
"""Behind the first of several: 黄村镇、瀛海镇|等拆迁任务重的镇."""
_ADVERB = "(?:还|也|则|均|都|已|率先|先后|分别|相继|陆续)?"


# Towns behind which the word for what they are stands once, with their number.
_COUNTED = re.compile(
    r"(?:^|(?<=[，。；：\n在]))(?P<stems>(?!在)[一-鿿]{2,5}(?:[、和][一-鿿]{2,5}){1,5})"
    r"(?:[两二三四五六七八九十]|\d{1,2})个(?P<kind>街道|镇|乡)(?![村社])",
    re.M,
)


@cache
def _subject() -> re.Pattern[str]:
    acts, given = "|".join(cues().place_acts), "|".join(cues().place_given)
    listed = f"{_NAME}(?:[、和]{_NAME}){{0,4}}"
    return re.compile(
        rf"(?:^|(?<=[，。；、\n]))(?P<names>{listed})(?={_MORE}{_ADVERB}(?:{acts}))"
        rf"|(?<=会同|联合)(?P<joined>{_NAME})|(?<=向)(?P<given>{listed})(?={_MORE}(?:{given}))"
        rf"|(?<=赋予|赋权)(?P<powers>{listed})",
        re.M,
    )


def iter_placed(scan: Scan, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Divisions below the report's own that open a clause and act in it.

    Args:
        scan: The report.
        mentions: What was found before.
    """
    home = scan.place
    if home is None:
        return
    taken = {at for m in mentions for at in range(m.start, m.end)}
    for match in _subject().finditer(scan.text):
        names = match["names"] or match["joined"] or match["given"] or match["powers"]
        start = match.start()
        listed = scan.text[start - 1 : start] == "、" and scan.text[start - 2] != "”"
        if listed and start - 2 not in taken:
            continue  # 赴甲县、乙县开展…; behind a body that acts, or its practice, a town acts too
        if names.startswith(_WHERE):
            continue
        for name in re.split("[、和]", names):
            end = start + len(name)
            free = not (start in taken or end - 1 in taken or scan.is_taken(start, end))
            place = _below(name, home) if free else None
            if place and not (match["given"] and place.level == "市"):
                yield scan.mention(start, end, scan.name_of(place, ""), "placed")
            start = end + 1
    yield from _iter_counted(scan, home, taken)


def _iter_counted(scan: Scan, home: Place, taken: Collection[int]) -> Iterator[Mention]:
    """Towns that share the word for what they are: 在老山、苹果园两个街道先行试点."""
    for match in _COUNTED.finditer(scan.text):
        start, stems = match.start("stems"), re.split("[、和]", match["stems"])
        found = []
        for stem in stems:
            end = start + len(stem)
            place = _within(_candidates(stem + match["kind"]), home)
            if place and place.level == "乡镇街道" and start not in taken:
                found.append(scan.mention(start, end, scan.name_of(place, ""), "placed"))
            start = end + 1
        if len(found) == len(stems):
            yield from found


def _candidates(name: str) -> tuple[Place, ...]:
    """All divisions of that name that the tables have."""
    span = read_place(name)
    return span.candidates if span and span.end == len(name) else ()


def _within(candidates: tuple[Place, ...], home: Place) -> Place | None:
    """The one of them that lies in the report's own division."""
    within = tuple(p for p in candidates if p.is_within(home) and p.names != home.names)
    return select_place(within, home) if within else None


def _below(name: str, home: Place) -> Place | None:
    """The division of that name that lies in the report's own."""
    candidates = _candidates(name)
    if place := _within(candidates, home):
        return place
    if candidates and candidates[0].level != "乡镇街道":
        return None
    county = ancestor_of(home, "县区")
    if county is None or home.level == "乡镇街道" or _GENERIC.match(name):
        return None
    return Place(name, county.names, "乡镇街道") if _UNLISTED.fullmatch(name) else None
