"""Year that a report covers.

A government work report (政府工作报告) given in a year covers the year before
it: that is the year whose work it reviews.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Sequence

from loaders.document import Document
from loaders.heading.dates import DATE, years_in
from loaders.heading.lines import NAVIGATION

_PLAN = re.compile(r"草案|(?:工作)?(?:计划|要点|安排|打算|思路|谋划|部署|重点工作)")


_REVIEW = re.compile(r"(?:政府|法院|检察院|委员会|人大常委会|政协)工作报告")


# 本报告中所列数据的统计期限自2021年1月1日起: the period is the calendar year.
_PERIOD = re.compile(
    r"(?:统计|数据|期限)[^。；]{0,24}?((?:19|20)\d\d)年1月1日[^。；]{0,8}?(?:(?:19|20)\d\d年)?12月"
)


# An academic year, or a term of office, is reported on at its end: 2020—2021学年, （2017-2022）.
_SPAN = re.compile(
    r"(?:(?:19|20)\d\d年?\s*[-—–－~～至]{1,2}\s*|[（(](?=\d{4}[)）]$))((?:19|20)\d\d)"
    r"\s*(?:学年|年?\s*[)）]\s*$)"
)


_NUMBERED = re.compile(
    r"第[一二三四]部分|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]"
)


# How sentences of the opening tell the year: 2021年，… · …，2021年我局… · 将2021年度情况报告
_BEGINS = re.compile(
    r"(?:截至|截止|自|根据[^，。]{0,20})?((?:19|20)\d\d)年(?:度|以来|，|,|是|[一-鿿])"
)


_OURS = re.compile(r"[，。；]((?:19|20)\d\d)年(?:度|，)?我[一-鿿]")


_SAYS = re.compile(
    r"(?:将|就|对)?.{0,10}?((?:19|20)\d\d)年"
    r"(?:度|法治|工作|推进|信访|依法|[^，。]{0,16}(?:情况|报告|汇报))"
)


# 自 2012 年 1 月 1 日起: numbers that a printer set apart.
_GAP = re.compile(r"(?<=\d)\s+(?=[年月日])|(?<=[年月自])\s+(?=\d)")


# 到2016年12月31日止，已发布…
_UNTIL = re.compile(r"(?:截至|截止|到)((?:19|20)\d\d)年(?:底|年底|12月31日|12月底)")


# What accounts are of: 2021年度收入总计…, 2021年度部门决算情况说明
_ACCOUNTS = re.compile(
    r"(?<![较比上])((?:19|20)\d\d)年度?(?:部门|单位)?(?:收入|支出|收、?支|[决预]算)"
)


# A line of the sitting or of those addressed tells nothing of the work.
_FORMAL = re.compile(r"^(?:—|\D*[:：]$)")


def find_year(
    title: str | None,
    doc: Document,
    lines: Sequence[str],
    published: datetime.date | None,
    warnings: list[str],
) -> int | None:
    """Year that the report covers."""
    if title and (span := _SPAN.search(title)):
        return int(span[1])
    years = sorted(set(years_in(DATE.sub("", title or "")) or years_in(title or "")))
    if len(years) > 1 and title:
        return _reported_year(title, years, warnings)
    sitting = _sitting_year(lines) if title and _REVIEW.search(title) else None
    if sitting:
        return years[0] if years and years[0] < sitting else sitting - 1
    if not years and title and "今年" in title and (sitting := _sitting_year(lines)):
        return sitting
    review = bool(title and "政府工作报告" in title)
    if years and not review:
        return years[0]
    body = _body_year(lines, title)
    if review:
        given = years[0] if years else (published.year if published else None)
        if given is None:
            return body
        return body if body in (given, given - 1) else given - 1
    if body is None and published and published.month >= 11:
        body = published.year if any(f"{published.year}年" in line for line in lines) else None
    if body is None:
        warnings.append("No year stands in the title or opens the text, so the year is not told.")
    return body


def _reported_year(title: str, years: Sequence[int], warnings: list[str]) -> int | None:
    """Which of a title's years is reported on; None, with a warning, where several are."""
    parts = re.findall(r"((?:19|20)\d\d)年(.{0,25}?)(?=(?:19|20)\d\d年|$)", title)
    reported: set[int] = {
        int(y)
        for y, rest in parts
        if re.search(r"总结|情况|报告|汇报|回顾|完成", rest) and not _PLAN.search(rest)
    }
    if len(reported) == 1 and all(rest.strip("、和与及至-—度") for _, rest in parts):
        return reported.pop()
    first = min(years)
    if years != [first, first + 1] or not _PLAN.search(title):
        warnings.append("The title names several years, so the year is not told.")
        return None
    return first


def _sitting_year(lines: Sequence[str]) -> int | None:
    """Year of the people's congress at which a work report was given."""
    for line in lines[:8]:
        if match := re.search(r"((?:19|20)\d\d)年\d{1,2}月\d{1,2}日.{0,60}?会议", line):
            return int(match[1])
        if line.startswith(("——", "—")) and (years := years_in(line)):
            return years[0]
    return None


def _body_year(lines: Sequence[str], title: str | None) -> int | None:
    """Year that headings and opening sentences report on, if they agree."""
    votes: Counter[int] = Counter()
    seen = 0
    for line in lines[:400]:
        if line == title or NAVIGATION.match(line):
            continue
        line = _GAP.sub("", line)
        if (period := _PERIOD.search(line)) and seen < 8:
            votes[int(period[1])] += 6
        if (until := _UNTIL.search(line)) and seen < 4:
            votes[int(until[1])] += 2
        if accounts := _ACCOUNTS.search(line):
            votes[int(accounts[1])] += 2
        plain = re.sub(r"《[^《》]*》|[（(][^（）()]*[）)]", "", line)
        if _NUMBERED.match(plain):
            plan = _PLAN.search(plain) and not re.search(r"[预决]算", plain)
            if not plan and not re.search(r"下一步|明年|问题|不足", plain):
                for year in years_in(plain[:40])[:1]:
                    votes[year] += 4
        elif len(plain) > 15 and not _FORMAL.search(plain):
            seen += 1
            if begins := _BEGINS.match(plain):
                votes[int(begins[1])] += 4 if seen <= 2 else 1
            if seen <= 2:
                for says in (*_OURS.finditer(plain[:400]), *_SAYS.finditer(plain[:400])):
                    votes[int(says[1])] += 3
    if not votes:
        return None
    (first, most), *rest = votes.most_common(2)
    if rest and rest[0][1] * 3 > most * 2:
        return None
    return first
