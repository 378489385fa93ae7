"""A text with all that the rules of naming know of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from loaders.naming.layout import Layout
from loaders.naming.vocabulary import Boundaries, Heads


@dataclass(frozen=True, slots=True)
class Scan:
    """What the rules know when they look for the beginning of names in a text.

    Args:
        text: The document's text.
        layout: Its clauses and quotes.
        words: Boundary words.
        heads: Heads of the kind that is looked for.
        all_heads: Nouns that end a name of any kind.
        prefixes: Names of the reporting unit, longest first, then scopes (全市, 各级).
        seen: Window and head noun → length of the modifier, so that a phrase
            repeated without end is looked at once.
    """

    text: str
    layout: Layout
    words: Boundaries
    heads: Heads
    all_heads: tuple[str, ...]
    prefixes: tuple[str, ...]
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
