"""Lines of a report as its head and foot are read, and which of them are the web page's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.heading.cues import alternatives

# A title is looked for in so many lines with text; a longer line is no title.
HEAD_LINES = 30


FOOT_LINES = 12


NAVIGATION = re.compile(rf"^(?:{alternatives('page')})")


def read_lines(text: str) -> Iterator[str]:
    """Lines with text, marks of the page and blanks between Chinese characters dropped."""
    for line in text.split("\n"):
        line = re.sub(r"\[bookmark:[^\]]*\]|^\s*#+\s*", "", line)
        if line := re.sub(
            r"(?<=[^\x00-\x7f])[ \u3000]+(?=[^\x00-\x7f])", "", line.strip(" \t\u3000\ufeff")
        ):
            yield line
