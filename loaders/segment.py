"""Chinese text cut into words, for full-text search.

What is written to a ``search`` property and what a person asks for pass through
the same :func:`segment`, so that both meet. The tokenizer is one of its own:
words that others teach rjieba do not change what was indexed before.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from rjieba import Jieba

MAX_WORDS = 64
"""Words of a question that reach the engine; more would only cost time."""


@cache
def _tokenizer() -> Jieba:
    return Jieba()


def segment(text: str) -> str:
    """Cut text into words.

    Args:
        text: Any text; width and case do not matter.
    Returns:
        Words in text order with one space between them, lower-cased, each made of
        letters and digits only; a long word is preceded by the shorter words in it.
        Empty when the text has none. Linear time for any text.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    plain = "".join(c if c.isalnum() else " " for c in folded)
    return " ".join(word for run in plain.split() for word in _tokenizer().cut_for_search(run))


def dictionary_words(text: str) -> list[str]:
    """Cut a short text into words of the dictionary, none guessed and nothing dropped.

    Args:
        text: Any text.
    Returns:
        Words that make up the text when put together again.
    """
    return _tokenizer().cut(text, hmm=False)


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
