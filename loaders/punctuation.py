"""Half-width marks in Chinese text, read as the full-width ones that they stand for.

Many reports are typed with ``,`` ``:`` ``(`` for ，：（ (GB/T 15834-2011 has only the
latter in Chinese text). The rules that read names and clauses know one form of each mark;
one mark stands for one, so offsets hold in the text as printed.
"""

from __future__ import annotations

import re

_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
_HALF = re.compile(r"(?<!\d)[,:](?!//)|(?<=\d)[,:](?![\d/])|[;!?()]")
"""Not those inside numbers, times and addresses: 1,234, 9:30, https://…"""


def full_marks(text: str) -> str:
    """The text with full-width marks; as long as before, to the code point."""
    return _HALF.sub(lambda mark: _FULL[mark[0]], text)
