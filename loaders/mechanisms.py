"""Mechanisms that a report names."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.document import Document
from loaders.entities import Entity, Mention
from loaders.heading import Heading


def find_mechanisms(doc: Document, heading: Heading, taken: Sequence[Mention]) -> list[Mention]:
    """Find the mechanisms that a report names, in text order.

    Args:
        doc: Report text and passages.
        heading: Who reports, on which year and place.
        taken: Mentions found by earlier steps; a span inside one of them is left alone.
    """
    return []


def resolve_mechanisms(
    mentions: Sequence[Mention], doc: Document, heading: Heading
) -> list[Entity]:
    """Gather mentions into entities, by canonical name, in order of first mention."""
    return []
