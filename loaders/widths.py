"""Characters of either width, read as Chinese text should have them.

Many reports are typed with ``,`` ``:`` ``(`` for ，：（ and with １２ or ＋ for 12 and +
(GB/T 15834-2011 has full-width marks in Chinese text, GB/T 15835-2011 half-width digits).
The rules that read names and clauses know one form of each; one character stands for one,
so offsets hold in the text as printed.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
_HALF = {chr(n): chr(n - 0xFEE0) for n in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
_HALF |= {chr(n): chr(n - 0xFEE0) for n in range(0xFF41, 0xFF5B)} | {"＋": "+", "％": "%"}
_MARK = re.compile(r"[,:;!?()](?:(?<=[;!?()])|(?!//)(?!(?<=\d.)[\d/]))")
"""Not those inside numbers, times and addresses: 1,234, 9:30, https://…"""
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ＋％]")


@lru_cache(maxsize=1)  # a text is cut, its head read and its names found one after the other
def even_width(text: str) -> str:
    """The text with full-width marks and half-width letters and digits.

    It is as long as before, to the code point.
    """
    text = _WIDE.sub(lambda wide: _HALF[wide[0]], text)
    return _MARK.sub(lambda mark: _FULL[mark[0]], text)
