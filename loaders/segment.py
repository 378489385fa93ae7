"""Chinese text cut into words, for full-text search.

What is written to a ``search`` property and what a person asks for pass through
the same :func:`segment`, so that both meet. The words are those of
``jieba.cut_for_search``, from its dictionary and its model of what is no word there,
without its loading; words that somebody teaches jieba change nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from loaders.dictionary import is_word, most_probable

MAX_WORDS = 64
"""Words of a question that reach the engine; more would only cost time."""

_RUN = 500
"""Characters cut at a time: guessing words is quadratic in a run without
punctuation, and no sentence that a person wrote is longer."""

_REMEMBERED = 16_384
"""Words whose parts are kept at hand; few others are ever met."""

_WORD = re.compile(r"[^\W_]+")
"""Letters and digits of any script."""
_COHERENT = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9]+|.")
"""What words of the dictionary are made of; a character of another script is a word."""
_INSIDE = (2, 3)
"""Characters of the shorter words that stand before a long one."""


def segment(text: str) -> str:
    """Cut text into words.

    Args:
        text: Any text; width and case do not matter.
    Returns:
        Words in text order with one space between them, lower-cased, each made of
        letters and digits only; a long word is preceded by the shorter words in it.
        Empty when the text has none.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    return " ".join(
        part
        for run in _WORD.findall(folded)
        for start in range(0, len(run), _RUN)
        for piece in _COHERENT.findall(run[start : start + _RUN])
        for word in _words(piece)
        for part in _with_parts(word)
    )


def _words(run: str) -> Iterator[str]:
    """Cut a run as ``jieba.cut`` does: words of the dictionary, others guessed between them."""
    ends = most_probable(run)
    start = single = 0
    while start < len(run):
        end = ends[start]
        if end - start > 1:
            yield from _guess(run[single:start])
            yield run[start:end]
            single = end
        start = end
    yield from _guess(run[single:])


@lru_cache(maxsize=_REMEMBERED)
def _guess(singles: str) -> tuple[str, ...]:
    """Words of characters that no word of the dictionary takes, by jieba's hidden Markov model."""
    if len(singles) < 2 or is_word(singles):
        return tuple(singles)
    from jieba import finalseg  # takes a while, and not every command cuts words

    return tuple(finalseg.cut(singles))


@lru_cache(maxsize=_REMEMBERED)
def _with_parts(word: str) -> tuple[str, ...]:
    """A word behind the shorter words in it, as ``jieba.cut_for_search`` has them."""
    return (
        *(
            part
            for size in _INSIDE
            if len(word) > size
            for start in range(len(word) - size + 1)
            if is_word(part := word[start : start + size])
        ),
        word,
    )


def search_query(text: str) -> str:
    """Make a full-text query of what a person typed.

    Args:
        text: Plain words; operators, quotes and brackets in it mean nothing.
    Returns:
        A query in Lucene's syntax: each distinct word in double quotes, any of
        them may match. Empty when the text holds no word.
    """
    words = list(dict.fromkeys(segment(text).split()))
    return " ".join(f'"{word}"' for word in words[:MAX_WORDS])
