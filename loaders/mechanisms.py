"""Mechanisms that a report names: known ones from the catalogue, others by how they are named.

ANNOTATION.md, Mechanisms, says what counts. Names are found by :mod:`loaders.naming`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.document import Document
from loaders.entities import Entity, Mention
from loaders.heading import Heading
from loaders.naming.candidates import find_candidates
from loaders.naming.concepts import catalogue
from loaders.naming.gather import gather, name_candidates
from loaders.naming.vocabulary import boundaries, heads

_QUOTE = re.compile(r"“([^”]+)”")
_OF_A_PRACTICE = ("”", "改革", "试点", "工作", "建设")
"""How an initiative ends that may be about a standing practice: “接诉即办”改革."""
_FRAME = 60  # characters of a line of the page's frame, at most
_FRAMED = re.compile(r"[|>＞»【】]|[ \u3000]{2}")


def find_mechanisms(doc: Document, heading: Heading, taken: Sequence[Mention]) -> list[Mention]:
    """Find the mechanisms that a report names, in text order.

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
    candidates = find_candidates(doc.text, "mechanisms", heading, taken)
    found = name_candidates(
        doc.text, candidates, "mechanism", catalogue("mechanisms"), boundaries()
    )
    said = {m.name for m in found if not _is_framed(doc, m)}
    campaigns = _quoted_in_initiatives(taken)
    return [m for m in found if m.name in said and m.surface.strip("“”") not in campaigns]


def _quoted_in_initiatives(taken: Sequence[Mention]) -> set[str]:
    """What initiatives have in quotes: beside “法律明白人”培养工程, 法律明白人 is no mechanism."""
    return {
        quote
        for m in taken
        if m.kind == "initiative"
        for quote in _QUOTE.findall(m.surface)
        if not m.surface.endswith(_OF_A_PRACTICE)
    }


def _is_framed(doc: Document, mention: Mention) -> bool:
    """Whether an activity is only what a line of the page's frame is about.

    首页 > 政务公开 says where the page stands; a name with a head noun
    (信访联席会议制度) names the thing itself.
    """
    if mention.rule != "catalogue" or mention.surface.endswith(heads("mechanisms").nouns):
        return False
    passage = doc.passage_at(mention.start)
    line = doc.text[passage.start : passage.end]
    if line.endswith(("。", "；", ";")):
        return False
    return len(line) <= _FRAME and _FRAMED.search(line) is not None


def resolve_mechanisms(
    mentions: Sequence[Mention], doc: Document, heading: Heading
) -> list[Entity]:
    """Gather mentions into entities, by canonical name, in order of first mention."""
    return gather(mentions, "Mechanism", catalogue("mechanisms"))
