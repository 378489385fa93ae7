"""How a report is divided: which lines are headings, and what each part reports on.

Headings follow the numbering of official documents (GB/T 9704-2012: 一、 then
（一） then 1. then （1）) and the two habits of annual reports: a numbered
sentence that runs in with its paragraph, and 一是 … 二是 …. The parts are those
that an annual report has to have: what was done, what is lacking, how the head
of the unit fulfilled the duty, what is planned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Part = Literal["preamble", "achievements", "shortcomings", "leadership", "plans"]

_NUMBER = re.compile(
    r"(?P<one>第[一二三四五六七八九十]{1,3}(?:部分|章|编)[\s、，：:]*"
    r"|[一二三四五六七八九十]{1,3}[、.．](?![一二三四五六七八九十]{1,3}[、.．]))"
    r"|(?P<two>[（(][一二三四五六七八九十]{1,3}[)）])"
    r"|(?P<three>\d{1,2}(?:[.．](?!\d)|[、)）])|[（(]\d{1,2}[)）]|[①-⑳]"
    r"|[一二三四五六七八九十]{1,3}[是要](?!的)|第[一二三四五六七八九十][，,]|(?:首先|其次|再次)[，,])"
    r"|(?P<mark>\#{1,6})\s"
)
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}[是要]|第[一二三四五六七八九十][，,]|(?:首先|其次|再次)[，,]"
)
_STOP = re.compile(r"[。！？；;：:]")
_BODY = re.compile(r"[。；]|.{45}")
_CLAUSE = re.compile(r"[^，,。；;：:]{1,60}")
_TITLE_END = re.compile(
    r"(?:报告|总结|情况|汇报|综述|要点|公报|意见|通知|方案|决定)(?:[（(].{1,12}[)）])?$"
)

_LACK = r"不足|问题|短板|困难|差距|弱项|薄弱环节|挑战"
_ALONGSIDE = r"[和与及、].{0,12}"
_SOLVES = re.compile(
    r"^关于|帮扶|帮助|整改|应对|缩小|解决|化解|破解|聚焦|整治|治理|针对|补齐|补短板|坚持|围绕|攻坚|排查|克服|导向|对照"
)
_CUES: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        "shortcomings",
        re.compile(
            rf"存在.{{0,12}}?(?:{_LACK})"
            rf"|^(?:当前|目前|工作中)?的?(?:主要|突出|面临)?的?(?:{_LACK})(?:$|[和与及、，]|之处|以及|原因|分析)"
            rf"|(?:主要|工作中|面临|原因)的?问题(?:{_ALONGSIDE})?$"
            rf"|(?:不足|短板|困难|差距|弱项|薄弱环节|挑战)(?:之处)?(?:{_ALONGSIDE})?$"
        ),
    ),
    (
        "plans",
        re.compile(
            r"下一?步|下一?阶段|今后|未来|展望|来年|明年|新的一年"
            r"|打算|(?:主要|工作|重点|总体|初步)(?:安排|计划|思路|设想|规划|部署)(?:[和与及、].{0,8})?$"
            r"|^(?:(?!完成|落实|推进|实现).){0,12}(?:主要|重点|预期|目标)(?:目标|任务)(?:[和与及、].{0,8})?$"
        ),
    ),
    ("achievements", re.compile(r"成效|成绩|回顾|(?:开展|进展|完成)情况|主要(?:举措|做法)")),
)
_LEADERSHIP = re.compile(
    r"第一责任人|(?:主要负责人|党政主要|一把手|主要领导)[^，。]{0,12}(?:履行|履职|述职|述法|责任|职责)"
)
_PLAN_SENTENCE = re.compile(
    r"(?:下一?步|下一?阶段|接下来|新的一年里?|来年|明年)(?:[，,]|[^，。；]{0,12}(?:将|要|工作|打算|，))"
    r"|今后(?:[，,]|[^，。；]{0,12}(?:将|，))"
)
_LACK_SENTENCE = re.compile(
    rf"(?:但|同时|然而|不过|虽然|尽管|与此同时|在[^，。]{{1,12}}的同时|我们也|也要|当前|目前)"
    rf"[^。；]{{0,80}}?(?:存在|还有|仍有|面临)[^。；]{{0,24}}?(?:{_LACK})"
    rf"|[^。；]{{0,60}}?(?:但|也|仍|还)(?:仍|还|也|依然)?存在(?:着|一些|以下|不少|一定)[^。；]{{0,16}}?(?:{_LACK})"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "0001234567890123456789")


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that opens a section.

    Args:
        line: Index of the line.
        level: 1, 2 or 3.
        heading: The heading as printed; the rest of the line runs in with it.
        stands: Whether the heading is a sentence of its own rather than the
            first clause of one.
        numbered: Whether it carries a number.
    """

    line: int
    level: int
    heading: str
    stands: bool
    numbered: bool = True


def find_marks(lines: Sequence[str]) -> list[Mark]:
    """Find the lines that open a section.

    Args:
        lines: The report, one paragraph a line, none empty.
    Returns:
        Marks in text order; an unnumbered heading counts as level 1 only in a
        report that numbers no section.
    """
    marks = []
    loose = []
    body_seen = False
    for index, line in enumerate(lines):
        mark = _numbered_mark(index, line)
        if mark:
            marks.append(mark)
            body_seen = True
        elif _BODY.search(line):
            body_seen = True
        elif body_seen and _is_loose_heading(lines, index):
            loose.append(index)
    level = 3 if any(mark.level < 3 for mark in marks) else 1
    marks += [Mark(i, level, lines[i], stands=True, numbered=False) for i in loose]
    return sorted(marks, key=lambda mark: mark.line)


def is_title(line: str) -> bool:
    """Whether a line before the first paragraph reads like a report's title."""
    return len(line) <= 60 and "。" not in line and bool(_TITLE_END.search(line))


def is_body(line: str) -> bool:
    """Whether a line is running text."""
    return bool(_BODY.search(line))


def report_year(title_lines: Sequence[str], marks: Sequence[Mark]) -> int | None:
    """The year that the first dated level-1 heading, else the title, speaks of."""
    for mark in marks:
        if mark.level == 1 and (years := _years(mark.heading)):
            return max(years)
    for line in title_lines:
        if is_title(line) and (years := _years(line)):
            return max(years)
    return None


def parts_of_heading(heading: str, year: int | None) -> list[Part]:
    """What a heading announces, in the order of its words; empty if it does not say.

    Args:
        heading: Heading as printed.
        year: Year that the report covers; a heading on a later year is a plan.
    """
    if _LEADERSHIP.search(heading):
        return ["leadership"]
    bare = _NUMBER.sub("", heading, count=1).strip().rstrip("。：:")
    found: list[tuple[int, Part]] = []
    for part, pattern in _CUES:
        match = pattern.search(bare)
        if match and not (part == "shortcomings" and _SOLVES.search(bare, 0, match.end())):
            found.append((match.start(), part))
    parts = [part for _, part in sorted(found)]
    later = year is not None and max(_years(heading), default=0) > year
    if later and "plans" not in parts and "achievements" not in parts:
        parts.append("plans")
    return parts


def part_of_sentence(text: str, start: int, end: int, year: int | None) -> Part | None:
    """The part that a sentence opens by its first words, if it does.

    Args:
        text: The report.
        start: Offset of the sentence.
        end: Offset after it.
        year: Year that the report covers.
    """
    if _PLAN_SENTENCE.match(text, start, end):
        return "plans"
    if year is not None and text.startswith(f"{year + 1}年", start):
        opening = text[start : min(end, start + 40)]
        return "plans" if re.search(r"[将要]|继续|打算|计划", opening) else None
    match = _LACK_SENTENCE.match(text, start, end)
    if match and not _SOLVES.search(match.group()):
        return "shortcomings"
    return None


def _numbered_mark(index: int, line: str) -> Mark | None:
    number = _NUMBER.match(line)
    if not number or "\t" in line or number.end() == len(line):
        return None
    item = bool(_ITEM.match(line))
    if number["mark"]:
        level = max(1, min(3, len(number["mark"]) - 1))
    else:
        level = 1 if number["one"] else 2 if number["two"] else 3
    stop = _STOP.search(line, number.end())
    if stop is None:
        longest = 40 if level == 3 else 70
        if len(line) <= longest:
            return Mark(index, level, line, stands=True)
    else:
        length = stop.end()
        whole = length == len(line)
        if stop.group() == "。":
            longest = (16 if level == 3 else 40) if whole else (30 if level == 3 else 45)
            longest *= not (item and whole)
        elif stop.group() in "：:" and not item:
            longest = 40 if whole and level < 3 else 25
        else:
            longest = 0
        if length <= longest:
            return Mark(index, level, line[:length], stands=True)
    clause = _CLAUSE.match(line, number.end())
    return Mark(index, level, line[: clause.end() if clause else 60], stands=False)


def _is_loose_heading(lines: Sequence[str], index: int) -> bool:
    """Whether a short line between two paragraphs is a heading without a number."""
    line = lines[index]
    if not 4 <= len(line) <= 30 or index + 1 == len(lines) or index == 0:
        return False
    if re.search(r"[，。；：！？,;:!?…\t)）>]$|[。；\t]|^[\d—（(\[]|\d{4}[-年]\d{1,2}[-月]", line):
        return False
    before, after = lines[index - 1], lines[index + 1]
    ended = before.endswith(("。", "！", "？", "”", "）", "；", "!", "?"))
    return ended and is_body(after) and not _NUMBER.match(after)


def _years(text: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(text.translate(_DIGITS))]
