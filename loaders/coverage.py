"""What extraction saw in a report and could not use: where to look for what is missing.

Comes in: an :class:`~loaders.entities.Extraction`. Goes out: sentences that speak of
setting up a mechanism and gave no edge, names of bodies that no body was found for,
and documents that the catalogue does not have. A list to check by eye, not a list of
errors: many of these sentences state nothing that belongs in the graph.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from loaders.agencies.cues import cues
from loaders.cues import alternation, cue
from loaders.entities import Extraction
from loaders.naming.vocabulary import boundaries, heads

Gap = Literal["no edge", "unresolved", "unknown document"]
GAPS: tuple[Gap, ...] = ("no edge", "unresolved", "unknown document")

_LONGEST_BODY = 16  # characters before the ending of a body's name
_DIVISIONS = tuple("省市区县旗州盟镇乡")
_BESIDE = re.compile(rf".*(?:{alternation('with')}|{alternation('causes')})")
_CLASS_BEFORE = re.compile(rf"(?:{alternation('class_words')})[省市区县镇乡]?\Z")


@dataclass(frozen=True, slots=True, order=True)
class Missed:
    """One thing that was seen and not used.

    Args:
        start: First offset in the document's text.
        end: Offset after the last.
        gap: ``no edge``: a sentence with an implementing verb and the head of a mechanism,
            and no edge; ``unresolved``: the name of a body that resolves to none;
            ``unknown document``: a document that the catalogue does not have.
        cue: The words that tell: verb and head; the name; the document's name.
        text: The sentence.
    """

    start: int
    end: int
    gap: Gap
    cue: str
    text: str


def find_missed(extraction: Extraction) -> list[Missed]:
    """Find what was seen and not used, in text order; linear time for any text."""
    return sorted(
        {
            *_sentences_without_edge(extraction),
            *_unresolved_bodies(extraction),
            *_unknown_documents(extraction),
        }
    )


def _sentences_without_edge(extraction: Extraction) -> Iterator[Missed]:
    doc = extraction.document
    stated = sorted(e.start for s in extraction.statements for e in s.evidence)
    for passage in doc.passages:
        if passage.is_heading:
            continue
        if bisect_left(stated, passage.start) < bisect_left(stated, passage.end):
            continue
        found = _trigger().finditer(doc.text, passage.start, passage.end)
        said = next((match for match in found if match["verb"]), None)
        if said:
            words = f"{said['verb']} … {said['head']}"
            text = doc.text[passage.start : passage.end]
            yield Missed(passage.start, passage.end, "no edge", words, text)


def _unresolved_bodies(extraction: Extraction) -> Iterator[Missed]:
    doc = extraction.document
    mentions = sorted((m.start, m.end) for e in extraction.entities for m in e.mentions)
    starts = [start for start, _ in mentions]
    for match in _body().finditer(doc.text):
        before = bisect_right(starts, match.end() - 1) - 1
        floor = mentions[before][1] if before >= 0 else 0
        if floor >= match.end():
            continue  # the name, or its end, has been found
        start = match.start()
        if not match["relative"]:
            start = _name_start(doc.text, max(floor, start - _LONGEST_BODY), start)
        name = doc.text[start : match.end()]
        if _is_of_another_word(doc.text, start, match.end()):
            continue
        if match["relative"] or _is_name(doc.text, start, match):
            passage = doc.passage_at(start)
            text = doc.text[passage.start : passage.end]
            yield Missed(start, match.end(), "unresolved", name, text)


def _unknown_documents(extraction: Extraction) -> Iterator[Missed]:
    doc = extraction.document
    for entity in extraction.of_kind("regulation"):
        if not entity.properties.get("known"):
            first = entity.mentions[0]
            passage = doc.passage_at(first.start)
            text = doc.text[passage.start : passage.end]
            yield Missed(first.start, first.end, "unknown document", entity.name, text)


def _name_start(text: str, floor: int, end: int) -> int:
    """Where the run of Chinese characters before the ending begins, boundary words left out."""
    start = end
    while start > floor and "\u4e00" <= text[start - 1] <= "\u9fff":
        start -= 1
    for last, (category, _) in boundaries().automaton.iter_long(text, start, end):
        if category not in ("whole", "subject"):
            start = last + 1
    if start and text[start - 1].isdigit() and text[start : start + 1] in tuple("年月日届"):
        start += 1
    beside = _BESIDE.match(text, start, end)
    return beside.end() if beside else start


def _is_of_another_word(text: str, start: int, end: int) -> bool:
    """Whether a body's name is part of a post, a compound or a quoted room: 区委|书记."""
    if text.startswith(cues().posts, end):
        return True
    if text.endswith("政府", start, end) and text.startswith(
        tuple(cue("not_after_government")), end
    ):
        return True
    return text[start - 1 : start] == "“" and text.startswith("厅”", end - 1)


def _is_name(text: str, start: int, ending: re.Match[str]) -> bool:
    """Whether what stands before the ending of a body says which one."""
    modifier = text[start : ending.start()]
    classes = tuple(cue("class_words"))
    if ending.group().endswith("政府") and not modifier.endswith(_DIVISIONS):
        return False  # 廉洁政府, 有为政府: a quality; a government is that of a division
    return (
        len(modifier) >= 2
        and modifier not in cue("general_bodies")
        and not text[start : ending.end()].endswith(tuple(cue("no_bodies")))
        and not _CLASS_BEFORE.search(text, max(0, start - 2), start)
        and not modifier.startswith(classes)
        and not modifier.endswith(classes)
        and "各" not in modifier
    )


@cache
def _trigger() -> re.Pattern[str]:
    nouns = "|".join(sorted(heads("mechanisms").nouns, key=lambda n: (-len(n), n)))
    return re.compile(
        # A title is taken whole: what it speaks of is not what the sentence says.
        rf"《[^》]{{0,120}}》|(?P<verb>{alternation('implementing')})[^，。；！？《》]{{0,24}}?(?P<head>{nouns})"
    )


@cache
def _body() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<relative>{alternation('relative_bodies')})|(?:{alternation('body_endings')})"
        r"(?![长面限部势])"
    )
