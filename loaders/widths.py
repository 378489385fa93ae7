"""Characters of either width, read as Chinese text should have them.

Many reports are typed with ``,`` ``:`` ``(`` for ，：（ and with １２ or ＋ for 12 and +
(GB/T 15834-2011 has full-width marks in Chinese text, GB/T 15835-2011 half-width digits).
The rules that read names and clauses know one form of each; one character stands for one,
so offsets hold in the text as printed.
"""

from __future__ import annotations

import re
from functools import lru_cache

_APART = 0xFEE0
"""Between a character of ASCII and the full-width one that stands for it."""
_MARK = re.compile(r"[,:;!?()](?:(?<=[;!?()])|(?!//)(?!(?<=\d.)[\d/]))")
"""Not those inside numbers, times and addresses: 1,234, 9:30, https://…"""
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ＋％]")


@lru_cache(maxsize=1)  # a text is cut, its head read and its names found one after the other
def even_width(text: str) -> str:
    """The text with full-width marks and half-width letters and digits.

    It is as long as before, to the code point.
    """
    text = _WIDE.sub(lambda wide: chr(ord(wide[0]) - _APART), text)
    return _MARK.sub(lambda mark: chr(ord(mark[0]) + _APART), text)
