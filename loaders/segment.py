"""Chinese text cut into words, for full-text search.

What is written to a ``search`` property and what a person asks for pass through
the same :func:`segment`, so that both meet. The tokenizer is one of its own:
words that other steps teach jieba do not change what was indexed before.
"""

from __future__ import annotations

import logging
import unicodedata
from functools import cache

import jieba

jieba.setLogLevel(logging.WARNING)

MAX_WORDS = 64
"""Words of a question that reach the engine; more would only cost time."""

_RUN = 500
"""Characters handed to jieba at a time: its model is quadratic in a run without
punctuation, and no sentence that a person wrote is longer."""


@cache
def _tokenizer() -> jieba.Tokenizer:
    return jieba.Tokenizer()


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


def dictionary_words(text: str) -> list[str]:
    """Cut a short text into words of the dictionary, none guessed and nothing dropped.

    Args:
        text: Up to some ten characters; time grows with the square of its length.
    Returns:
        Words that make up the text when put together again.
    """
    return list(_tokenizer().cut(text, HMM=False))


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
