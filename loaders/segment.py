"""Chinese text cut into words, for full-text search.

What is written to a ``search`` property and what a person asks for pass through
the same :func:`segment`, so that both meet. The tokenizer is one of its own:
words that other steps teach jieba do not change what was indexed before.
"""

from __future__ import annotations

import logging
import unicodedata
from functools import cache, lru_cache
from typing import Any

MAX_WORDS = 64
"""Words of a question that reach the engine; more would only cost time."""

_RUN = 500
"""Characters handed to jieba at a time: its model is quadratic in a run without
punctuation, and no sentence that a person wrote is longer."""


_REMEMBERED = 16_384
"""Texts whose words are kept at hand: the names of bodies and practices come again and again."""


@cache
def _tokenizer() -> Any:
    import jieba  # takes a while, and not every command cuts words

    jieba.setLogLevel(logging.WARNING)
    return jieba.Tokenizer()


@lru_cache(maxsize=_REMEMBERED)
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
    plain = "".join(c if c.isalnum() else " " for c in folded)
    return " ".join(
        word
        for run in plain.split()
        for start in range(0, len(run), _RUN)
        for word in _tokenizer().cut_for_search(run[start : start + _RUN])
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
