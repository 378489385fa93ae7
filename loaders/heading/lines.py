"""Lines of a report as its head and foot are read, and which of them are the web page's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.heading.cues import alternatives

# A title is looked for in so many lines with text; a longer line is no title.
HEAD_LINES = 30


FOOT_LINES = 12


NAVIGATION = re.compile(rf"^(?:{alternatives('page')})")


# 【图文】 and （图解） before a title say how the page shows it.
_TAG = re.compile(
    r"^(?:【[^】]{1,8}】|[（(][^（）()]{0,6}(?:发布|图解|解读|图文|转载)[)）])\s*(?=\S)"
)


_MARGIN = " \t\u3000\ufeff|•·●"


# A cell with a label before the cell with what it labels: | 标 题 | … |
_LABEL_CELL = re.compile(rf"(?:^|(?<=\|))\s*(?P<label>{alternatives('cell_label')})\s*\|")


# Text taken from pages may run on: a title, then the contents, on one line.
_LONG_ROW = 40


_RUNS_ON = re.compile(r"\s(?=第[一1]部分|目\s*录|[一1][、.．]|（一）|\(一\))")


def read_lines(text: str) -> Iterator[str]:
    """Lines with text, marks of the page and blanks between Chinese characters dropped.

    A row of a table of page data (| 标题: | … | 文号: | … |) is read cell by cell, and a
    long line that begins with a title as two.
    """
    for row in text.split("\n"):
        for cell in _cells(row):
            line = re.sub(r"\[bookmark:[^\]]*\]|^\s*#+\s*|^\s*[-–]\s+", "", cell).strip(_MARGIN)
            line = re.sub(r"(?<=[^\x00-\x7f])[ \u3000]+(?=[^\x00-\x7f])", "", line)
            if line := _TAG.sub("", line):
                yield line


def _cells(row: str) -> list[str]:
    if len(row) > _LONG_ROW and (runs_on := _RUNS_ON.search(row, 0, 2 * _LONG_ROW)):
        return [row[: runs_on.start()], row[runs_on.end() :]]
    if "|" in row:
        row = _LABEL_CELL.sub(r"\g<label>：|", row)
    if not re.search(r"[:：]\s*\|", row):
        return [row]
    return re.sub(r"([:：])\s*\|\s*", r"\1", row).split("|")
