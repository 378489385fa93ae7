"""Whether the words in front of a head noun say which one (各项制度 and 工作机制 name nothing)."""

from __future__ import annotations

import re

from loaders.naming.vocabulary import Boundaries, Head

_LONGEST_WORD = 4
NO_HEAD = Head("")
"""For questions about modifiers alone."""
COUNTED = re.compile(
    r"(?:第?\d+|[一二两三四五六七八九十]+|\d+余|多|数)(?:个|项|条|类|批|家|处|所|套|份|种|支|张|次|名|大)(?!一)"
    r"|[省市区县街乡镇村居社组、]+[两三四五]级|\d+余?[部台辆]|\d+[.．]"
)
"""Numbers with their classifier, tiers, and numbers of headings."""


def is_bare(words: Boundaries, modifier: str, head: Head, *, thin: bool = False) -> bool:
    """Whether a modifier says nothing of which one, greedily word by word."""
    if modifier in head.bare:
        return True
    bare = words.thin if thin else words.bare
    i = 0
    while i < len(modifier):
        if counted := COUNTED.match(modifier, i):
            i = counted.end()
            continue
        for length in (4, 3, 2, 1):
            word = modifier[i : i + length]
            if len(word) < length:
                continue
            if word in bare or word in head.bare:
                i += length
                break
            if word in words.whole:
                return False
        else:
            return False
    return True


def bare_offsets(
    text: str, start: int, at: int, words: frozenset[str], more: frozenset[str]
) -> set[int]:
    """Offsets from which only words of the two vocabularies lead up to ``at``."""
    found = {at}
    offset = at - 1
    nearest = at
    while offset >= start and nearest - offset <= _LONGEST_WORD:
        for length in range(1, min(_LONGEST_WORD, at - offset) + 1):
            if offset + length in found:
                word = text[offset : offset + length]
                if word in words or word in more:
                    found.add(offset)
                    nearest = offset
                    break
        offset -= 1
    return found
