"""Dates and years in Arabic and Chinese digits, and the date of publication."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from loaders.heading.lines import NAVIGATION

_DIGITS = "〇○Ｏ零一二三四五六七八九"


_NUMERAL = {**{d: i for i, d in enumerate("〇一二三四五六七八九")}, "○": 0, "Ｏ": 0, "零": 0}


# The year itself is captured; a range (2021-2025年) is matched whole and left out.
YEAR = re.compile(
    rf"(?P<range>(?:19|20)\d\d\s*年?\s*(?:[-—–－~～至]|——)+\s*(?:19|20)\d\d\s*年?)"
    rf"|(?<!\d)(?P<year>(?:19|20)\d\d)\s*年|(?<![{_DIGITS}])(?P<han>[{_DIGITS}]{{4}})\s*年"
    rf"|(?<!\d)(?P<bare>(?:19|20)\d\d)(?=\s*(?:法治|信访|工作|依法|政府|上半|下半|第[一二三四]季|年度|、|部门|单位|[决预]算))"
)


DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s*[-./年]\s*(?P<m>\d{1,2})\s*[-./月]\s*(?P<d>\d{1,2})\s*日?"
)


_HAN_DATE = re.compile(
    rf"(?P<y>[{_DIGITS}]{{4}})年(?P<m>[{_DIGITS}十]{{1,3}})月(?P<d>[{_DIGITS}十]{{1,3}})日"
)


def _han_number(text: str) -> int:
    """A date's number in Chinese digits: 十二 → 12, 三十一 → 31."""
    if "十" in text:
        tens, _, units = text.partition("十")
        return (_NUMERAL.get(tens, 1) if tens else 1) * 10 + (_NUMERAL[units] if units else 0)
    value = 0
    for digit in text:
        value = value * 10 + _NUMERAL[digit]
    return value


def _dates(line: str) -> Iterator[tuple[str, datetime.date | None]]:
    for match in DATE.finditer(line):
        try:
            yield match.group(), datetime.date(int(match["y"]), int(match["m"]), int(match["d"]))
        except ValueError:
            yield match.group(), None
    for match in _HAN_DATE.finditer(line):
        try:
            y, m, d = (_han_number(match[key]) for key in "ymd")
            yield match.group(), datetime.date(y, m, d)
        except (ValueError, KeyError):
            yield match.group(), None


def find_date(
    head: Sequence[str], foot: Sequence[str], title: str | None
) -> tuple[datetime.date | None, str]:
    """Date of publication, of the web page before that of the signature."""
    bad = ""
    for line in (*head, *reversed(foot)):
        short = len(line) < 40 and not re.search(r"[。；]", line)
        if not short and not NAVIGATION.match(line):
            continue
        if re.search(r"施行|通过|[—至~]", line) or line == title:
            continue
        for printed, date in _dates(line):
            if date:
                return date, ""
            bad = bad or printed
    return None, bad


def years_in(text: str) -> list[int]:
    """Years that a text names, in order; ranges are left out."""
    found = []
    for match in YEAR.finditer(text):
        if match["range"]:
            continue
        if match["han"]:
            year = _han_number(match["han"])
            if 1980 <= year <= 2100:
                found.append(year)
        else:
            found.append(int(match["year"] or match["bare"]))
    return found
