"""Where a name begins: the shortest span before a head that still says which one.

Comes in: a clause and the head noun inside it. Goes out: the first offset of the
name, or None when what stands before the head names nothing (各项制度, 工作机制).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.naming.layout import Layout
from loaders.naming.vocabulary import Boundaries, Head, Heads

WINDOW = 40
"""Characters before a head that a name may reach back."""
LONGEST = 26
"""Characters of a name without quotes: longer ones are sentences."""
_LINKED = re.compile(r"联动|衔接|协作|结合|对接|互动|融合|联合|三位一体|一体化")
_COUNTED = re.compile(
    r"(?:第?\d+|[一二两三四五六七八九十]+|\d+余|多|数)(?:个|项|条|类|批|家|处|套|份|种|支|张|次|名|大)(?!一)"
    r"|[省市区县街乡镇村居社、]+[两三四五]级"
)
_OPENING = '“「『‘"'
_CLOSING = '”」』’"'


@dataclass(frozen=True, slots=True)
class Scan:
    """What the rules know when they look for the beginning of names in a text.

    Args:
        text: The document's text.
        layout: Its clauses and quotes.
        words: Boundary words.
        heads: Heads of the kind that is looked for.
        all_heads: Nouns that end a name of any kind.
        own: Names of the reporting unit, longest first.
    """

    text: str
    layout: Layout
    words: Boundaries
    heads: Heads
    all_heads: tuple[str, ...]
    own: tuple[str, ...]


def find_start(scan: Scan, clause: int, at: int, head: Head) -> int | None:
    """First offset of the name whose head noun starts at ``at``.

    Args:
        scan: Text and vocabulary.
        clause: First offset that the name may have.
        at: Offset of the head noun.
        head: The head noun.
    """
    text = scan.text
    quotes = scan.layout.quotes_between(max(clause, at - WINDOW - 40), at)
    start = max(clause, at - WINDOW)
    if quotes:
        opened, closed = quotes[-1]
        if start <= closed:
            return _from_quote(scan, opened, closed, at, head)
    start = _cut(scan, start, at, head)
    start = _strip(scan, start, at, head)
    modifier = text[start:at]
    if len(modifier) < head.shortest or at - start + len(head.head) > LONGEST:
        return None
    if head.quoted_only and not _ends_with(modifier, head.modifiers):
        return None
    if head.modifiers and not _ends_with(modifier, head.modifiers):
        return None
    if is_bare(scan.words, modifier, head) or modifier[0] in "、的和与及等" or modifier[-1] == "新":
        return None
    return start


def _from_quote(scan: Scan, opened: int, closed: int, at: int, head: Head) -> int | None:
    """A name that begins with a quote, or behind it when a boundary word follows it."""
    text = scan.text
    between = text[closed + 1 : at]
    if not between or between == "的":
        return opened
    if len(between) > 12:
        opened = closed + 1
    cut = _cut(scan, closed + 1, at, head, quoted=True)
    if cut > closed + 1 or opened > closed:
        if head.quoted_only or head.modifiers:
            return None
        cut = _strip(scan, cut, at, head)
        return None if is_bare(scan.words, text[cut:at], head) or at - cut < 2 else cut
    return opened


def _ends_with(modifier: str, endings: tuple[str, ...]) -> bool:
    return bool(endings) and modifier.endswith(endings)


def _cut(scan: Scan, start: int, at: int, head: Head, *, quoted: bool = False) -> int:
    """Move the start behind the last boundary word that leaves a name."""
    text = scan.text
    soft = -1
    for last, (category, length) in scan.words.automaton.iter_long(text, start, at):
        end = last + 1
        first = end - length
        rest = text[end:at]
        if category == "whole":
            continue
        if category == "subject":
            if first == start:
                soft = end
            continue
        if category == "weak" and first not in (start, soft):
            continue
        if category == "join":
            if first <= start:
                start = end
            elif not quoted and not _coordinated(scan, start, first, end, at):
                start = end if not is_bare(scan.words, rest, head) else start
            continue
        if category == "of":
            if first > 0 and text[first - 1] in _CLOSING:
                continue
            if not is_bare(scan.words, rest, head, thin=True):
                start = end
            continue
        if category != "cut" and rest or not is_bare(scan.words, rest, head):
            start = end
    return start


def _coordinated(scan: Scan, start: int, first: int, end: int, at: int) -> bool:
    """Whether the conjuncts around ``text[first:end]`` share the head noun at ``at``."""
    text = scan.text
    left = text[start:first]
    if left.endswith(scan.all_heads):
        return False
    if _LINKED.search(text, end, at):
        return True
    right = re.split("[、和与及]", text[end:at], maxsplit=1)[0]
    return abs(len(left) - len(right)) <= 1 or left[-2:] == right[-2:]


def _strip(scan: Scan, start: int, at: int, head: Head) -> int:
    """Leave out scope, counts and the unit's own name in front, where a name remains."""
    text = scan.text
    while True:
        length = 0
        for prefix in (*scan.own, *scan.words.scopes):
            if text.startswith(prefix, start):
                length = len(prefix)
                break
        counted = _COUNTED.match(text, start, at)
        if counted:
            length = max(length, len(counted.group()))
        if length and text[start + length : start + length + 1] in ("的", "、"):
            length += 1
        if not length or is_bare(scan.words, text[start + length : at], head):
            return start
        start += length


def is_bare(words: Boundaries, modifier: str, head: Head, *, thin: bool = False) -> bool:
    """Whether a modifier says nothing of which one, greedily word by word."""
    if modifier in head.bare:
        return True
    generic = words.thin if thin else words.generic
    counted = _COUNTED.match(modifier)
    i = counted.end() if counted else 0
    while i < len(modifier):
        for length in (4, 3, 2, 1):
            word = modifier[i : i + length]
            if len(word) == length and (
                word in generic or word in words.governing or word in head.bare
            ):
                i += length
                break
        else:
            return False
    return True
