"""A short text cut into words of jieba's dictionary.

The same words as ``jieba.cut(text, HMM=False)``, by the same most probable path, but
from the word list alone, of which only those words are taken apart that begin with a
character of the text: reading a report needs nothing else of jieba, and few of these.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from graph.errors import CatalogueError
from loaders.parsed import parsed

_COHERENT = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+")
"""Characters that words of the dictionary are made of."""
_LATIN = re.compile(r"[a-zA-Z0-9]")
_LONGEST = 16
"""Characters of the longest word in the dictionary."""
_LOG_TOTAL = math.log(60_101_967)
"""Of the sum of all counts in the dictionary of jieba 0.42.1; adding them up would take
as long as all else here."""
_SAME_FIRST = re.compile(r"(.).*\n?(?:\1.*\n?)*")
"""Neighbouring lines that begin with the same character."""


def dictionary_words(text: str) -> list[str]:
    """Cut a short text into words of the dictionary, none guessed and nothing dropped.

    Args:
        text: Any text.
    Returns:
        Words that make up the text when put together again; Latin letters and digits
        that stand together are one.
    Raises:
        CatalogueError: jieba is installed without its dictionary.
    """
    words: list[str] = []
    end = 0
    for run in _COHERENT.finditer(text):
        words += text[end : run.start()]
        words += _joined(_most_probable(run[0]))
        end = run.end()
    return [*words, *text[end:]]


def _joined(words: Iterator[str]) -> Iterator[str]:
    """Single Latin letters and digits put together again."""
    latin = ""
    for word in words:
        if len(word) == 1 and _LATIN.match(word):
            latin += word
            continue
        if latin:
            yield latin
            latin = ""
        yield word
    if latin:
        yield latin


def _most_probable(run: str) -> Iterator[str]:
    """The cut with the most probable words; of equals the one with the longer word first."""
    scores = [0.0] * (len(run) + 1)
    ends = [0] * len(run)
    for start in reversed(range(len(run))):
        counts = _counts(run[start])
        best = -math.inf
        for end in range(start + 1, min(start + _LONGEST, len(run)) + 1):
            count = counts.get(run[start:end])
            if count is None and end > start + 1:
                continue
            score = math.log(int(count or 1) or 1) - _LOG_TOTAL + scores[end]
            if score >= best:
                best, ends[start] = score, end
        scores[start] = best
    start = 0
    while start < len(run):
        yield run[start : ends[start]]
        start = ends[start]


@cache
def _counts(first: str) -> Mapping[str, str]:
    """How often each word with that first character was counted, in digits."""
    data, places = _lines()
    spans = places.get(first, ())
    lines = b"".join(data[start:end] for start, end in zip(spans[::2], spans[1::2], strict=True))
    fields = lines.decode().split()
    # Lines of word, count and part of speech. Counts stay digits: few are ever asked for.
    return dict(zip(fields[::3], fields[1::3], strict=True))


@cache
def _lines() -> tuple[bytes, Mapping[str, Sequence[int]]]:
    """The dictionary, and where lines with the same first character start and end, in bytes."""
    spec = find_spec("jieba")
    path = Path(spec.origin if spec and spec.origin else "jieba").with_name("dict.txt")
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise CatalogueError(f"cannot be read: {exc}", path=str(path)) from exc
    return data, parsed(data, lambda: _places(data.decode()))


def _places(text: str) -> Mapping[str, Sequence[int]]:
    places: dict[str, list[int]] = {}
    end = 0
    for match in _SAME_FIRST.finditer(text):
        start, end = end, end + len(match[0].encode())
        places.setdefault(match[1], []).extend((start, end))
    return places
