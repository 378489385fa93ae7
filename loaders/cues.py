"""Cue words for clauses and relations, read once from ``reference/cues.yaml``."""

from __future__ import annotations

import re
from functools import cache

from loaders.references import REFERENCE, read_yaml


@cache
def _cues() -> dict[str, list[str]]:
    cues: dict[str, list[str]] = read_yaml(REFERENCE / "cues.yaml")
    return cues


def cue(group: str) -> frozenset[str]:
    """The words of one group.

    Raises:
        KeyError: There is no such group.
    """
    return frozenset(_cues()[group])


def alternation(group: str) -> str:
    """A regular expression that matches any word of the group, longest first."""
    return "|".join(re.escape(word) for word in sorted(_cues()[group], key=lambda w: (-len(w), w)))


@cache
def _prefix() -> re.Pattern[str]:
    numbered = r"[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十\d]{1,3}[、.．]"
    dated = r"(?:截至|截止)?(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来|[初底末]|度)?"
    return re.compile(rf"(?:\s|[，,、]|{numbered}|{alternation('adverbials')}|(?=\d){dated})*")


def adverbial_prefix(text: str, start: int) -> int:
    """Offset after the enumerator, dates and adverbials that a clause may open with."""
    match = _prefix().match(text, start)
    return match.end() if match else start
