"""Initiatives that a report names: known ones from the catalogue, others by how they are named.

ANNOTATION.md, Initiatives, says what counts. Names are found by :mod:`loaders.naming`.
"""

from __future__ import annotations

from collections.abc import Sequence

from loaders.document import Document
from loaders.entities import Entity, Mention
from loaders.heading import Heading
from loaders.naming.candidates import find_candidates
from loaders.naming.concepts import catalogue
from loaders.naming.gather import gather, name_candidates
from loaders.naming.vocabulary import boundaries


def find_initiatives(doc: Document, heading: Heading, taken: Sequence[Mention]) -> list[Mention]:
    """Find the initiatives that a report names, in text order.

    Args:
        doc: Report text and passages.
        heading: Who reports, on which year and place.
        taken: Mentions found by earlier steps; a span inside one of them is left alone.
    Returns:
        Mentions that overlap neither each other nor a taken span. A regulation
        named without 《》 may lie inside a longer name.
    Raises:
        CatalogueError: A reference file contradicts itself.
    """
    candidates = find_candidates(doc.text, "initiatives", heading, taken)
    return name_candidates(
        doc.text, candidates, "initiative", catalogue("initiatives"), boundaries()
    )


def resolve_initiatives(
    mentions: Sequence[Mention], doc: Document, heading: Heading
) -> list[Entity]:
    """Gather mentions into entities, by canonical name, in order of first mention."""
    return gather(mentions, "Initiative", catalogue("initiatives"))
