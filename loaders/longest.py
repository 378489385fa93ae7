"""Words of the catalogues in a text: leftmost first, the longest there, not overlapping.

One automaton holds the words of all of them, so that a text is gone through once
for mechanisms, initiatives, bodies and titles together.

``iter_long`` of pyahocorasick 2.3 loses a word that ends where a longer one, begun
before it, breaks off: with 双拥工作领导小组办公室 and 领导小组 as words it finds neither in
双拥工作领导小组会议. Boundary words, a hundred times as many as others in a text, still go
through it: in 600,000 characters of work reports all their 57,518 matches were the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Literal, get_args

import ahocorasick

Vocabulary = Literal["mechanisms", "initiatives", "bodies", "titles"]

_VOCABULARIES: tuple[Vocabulary, ...] = get_args(Vocabulary)
_SETS = 1 << len(_VOCABULARIES)
"""What the vocabularies that have a word are counted up to, a bit for each."""
_HOLDERS = tuple(
    tuple(v for bit, v in enumerate(_VOCABULARIES) if number >> bit & 1) for number in range(_SETS)
)
_Ends = dict[int, int]
"""Offset after the last of the longest word from each first offset."""


def iter_longest(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """Find the words of a vocabulary.

    Args:
        text: Any text.
        vocabulary: Whose words.
    Returns:
        First offset and offset after the last, in text order.
    """
    ends = _find_all(text)[vocabulary]
    reached = 0
    for start in sorted(ends):
        if start >= reached:
            reached = ends[start]
            yield start, reached


def common_first(words: Iterable[str]) -> list[str]:
    """Words in an order in which an automaton finds them fastest, whatever it finds.

    Of the characters that may come next it tries the one first that it was given
    first, and at the beginning of a word there are hundreds.
    """
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(word)
    return [word for group in sorted(by_first.values(), key=len)[::-1] for word in group]


@lru_cache(maxsize=1)  # each vocabulary is asked for in turn
def _find_all(text: str) -> Mapping[Vocabulary, _Ends]:
    found: dict[Vocabulary, _Ends] = {vocabulary: {} for vocabulary in _VOCABULARIES}
    for last, value in _automaton().iter(text):
        length, number = divmod(value, _SETS)
        # Matches come in the order of their ends: the last one from a start is the longest.
        for vocabulary in _HOLDERS[number]:
            found[vocabulary][last + 1 - length] = last + 1
    return found


@cache
def _automaton() -> ahocorasick.Automaton:
    """Every word, with its length and the vocabularies that have it in one number.

    Numbers, for that many objects would take longer to make than all else here.
    """
    words: dict[str, int] = {}
    for bit, vocabulary in enumerate(_VOCABULARIES):
        for word in _words(vocabulary):
            words[word] = words.get(word, 0) | 1 << bit
    automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for word in common_first(words):
        automaton.add_word(word, len(word) * _SETS + words[word])
    automaton.make_automaton()
    return automaton


def _words(vocabulary: Vocabulary) -> Iterable[str]:
    # Imported late: those who keep a vocabulary look for it here.
    if vocabulary == "bodies":
        from loaders.agencies.words import agency_words

        return agency_words()
    if vocabulary == "titles":
        from loaders.titles.catalogue import catalogue as regulations

        return regulations().unmarked
    from loaders.naming.concepts import catalogue

    return catalogue(vocabulary).plain
