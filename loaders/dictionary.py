"""A short text cut into words of jieba's dictionary.

The same words as ``jieba.cut(text, HMM=False)``, by the same most probable path, but
from the word list alone, of which only those words are taken apart that begin with a
character of the text: reading a report needs nothing else of jieba, and few of these.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from graph.errors import CatalogueError
from loaders.parsed import parsed

_COHERENT = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+")
"""Characters that words of the dictionary are made of."""
_LATIN = re.compile(r"[a-zA-Z0-9]")
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
        words += _joined(_cut(run[0]))
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


def _cut(run: str) -> Iterator[str]:
    ends = most_probable(run)
    start = 0
    while start < len(run):
        yield run[start : ends[start]]
        start = ends[start]


def most_probable(run: str) -> list[int]:
    """Cut a run into words of the dictionary, and characters that are in none, most probably.

    Args:
        run: Characters that words of the dictionary are made of.
    Returns:
        For each offset the end of the word that begins there, where the cut comes by; of
        equally probable cuts the one with the longer word first.
    """
    size, weights = len(run), _WEIGHTS
    scores = [0.0] * (size + 1)
    ends = [0] * size
    for start in range(size - 1, -1, -1):
        count_of = _counts(run[start]).get
        best, after, end = -math.inf, start + 1, start + 1
        count = count_of(run[start])
        while count is not None:
            if count and (score := weights[count] + scores[end]) >= best:
                best, after = score, end
            if end == size:
                break
            end += 1
            count = count_of(run[start:end])
        ends[start] = after
        scores[start] = best if best > -math.inf else scores[after] - _LOG_TOTAL
    return ends


def is_word(text: str) -> bool:
    """Whether the dictionary has a word, of one character or more."""
    return bool(_counts(text[0]).get(text))


class _Weights(dict[str, float]):
    """Logarithm of the probability of a word that was counted so often, in digits."""

    def __missing__(self, count: str) -> float:
        weight = self[count] = math.log(int(count)) - _LOG_TOTAL
        return weight


_WEIGHTS = _Weights()


@cache
def _counts(first: str) -> Mapping[str, str]:
    """How often each word with that first character was counted, in digits.

    What only begins a word is there too, with nothing: behind all else no word goes on.
    """
    data, places = _lines()
    spans = [*map(int, places.get(first, "").split())]
    lines = b"".join(data[start:end] for start, end in zip(spans[::2], spans[1::2], strict=True))
    fields = lines.decode().split()
    # Lines of word, count and part of speech. Counts stay digits: few are ever asked for.
    counts = dict(zip(fields[::3], fields[1::3], strict=True))
    for word in [*counts]:
        end = len(word) - 1
        while end and word[:end] not in counts:
            counts[word[:end]] = ""
            end -= 1
    return counts


@cache
def _lines() -> tuple[bytes, Mapping[str, str]]:
    """The dictionary, and where lines with the same first character start and end, in bytes.

    In digits: few are ever asked for.
    """
    spec = find_spec("jieba")
    path = Path(spec.origin if spec and spec.origin else "jieba").with_name("dict.txt")
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise CatalogueError(f"cannot be read: {exc}", path=str(path)) from exc
    return data, parsed(data, lambda: _places(data.decode()))


def _places(text: str) -> Mapping[str, str]:
    places: dict[str, list[str]] = {}
    end = 0
    for match in _SAME_FIRST.finditer(text):
        start, end = end, end + len(match[0].encode())
        places.setdefault(match[1], []).append(f"{start} {end}")
    return {first: " ".join(spans) for first, spans in places.items()}
