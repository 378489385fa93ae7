"""Known names that share one head noun: 领导包案和会前学法制度 is one name in the report's words.

ANNOTATION.md, Cases settled, Lists. What it joins is told with it, because the graph has each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from loaders.naming.concepts import Catalogue
from loaders.naming.coordination import LISTS
from loaders.naming.spans import Candidate
from loaders.naming.vocabulary import heads

_JOINS = ("、", "和", "与", "及", "以及")


def join(
    text: str, candidates: Sequence[Candidate], known: Sequence[Candidate], names: Catalogue
) -> list[Candidate]:
    """Make one candidate of neighbours of which only the last has the head noun.

    Args:
        text: The document's text.
        candidates: In text order, not overlapping.
        known: Wordings of the catalogue in the text, in text order, not overlapping.
        names: The catalogue of mechanisms.
    Returns:
        The candidates; those that join known names have them as ``parts``.
    """
    with_head = (*heads("mechanisms").nouns, "制", "”")
    starts = [k.start for k in known]
    found: list[Candidate] = []
    row: list[Candidate] = []
    for candidate in candidates:
        if row and text[row[-1].end : candidate.start] not in _JOINS:
            found += row
            row = []
        row.append(candidate)
        if candidate.rule == "catalogue" and not text.endswith(with_head, 0, candidate.end):
            continue
        if len(row) > 1 and _shares(text[candidate.start : candidate.end], names):
            found.append(Candidate(row[0].start, candidate.end, "head", tuple(row)))
        else:
            found += row[:-1]
            inside = known[bisect_left(starts, candidate.start) :]
            found.append(replace(candidate, parts=_parts(text, candidate, inside)))
        row = []
    return found + row


def _shares(last: str, names: Catalogue) -> bool:
    """Whether the head noun of a name may belong to those before it: 程序 of 重大行政决策程序
    does not, which without it is no name."""
    head = next((head for head in LISTS if last.endswith(head)), None)
    if head is None or "“" in last:
        return False
    concept = names.resolve(last)
    if concept is None or not concept.name.endswith(head):
        return True
    return last.removesuffix(head) in names.plain


def _parts(text: str, whole: Candidate, known: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The known names that a candidate consists of, with nothing but joins between them."""
    parts: list[Candidate] = []
    at = whole.start
    for inner in known:
        if inner.start >= whole.end or text[at : inner.start] not in (_JOINS if parts else ("",)):
            break
        parts.append(inner)
        at = inner.end
    rest = text[at : whole.end]
    if len(parts) < 2 or (rest and rest not in LISTS):
        return ()
    return (*parts[:-1], replace(parts[-1], end=whole.end))
