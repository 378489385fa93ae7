"""Whether a clause reports what is done, announces what is to come, or says what is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.model import Status
from loaders.cues import alternation
from loaders.document import Document, Passage

_PLANNED = re.compile(alternation("planned"))
_LACKING = re.compile(alternation("lacking"))
_REMEDY = re.compile(r"(?:下一步)?(?:改进|整改|解决|完善)(?:措施|情况|方向|办法|打算)")
"""Opens what is done about shortcomings, in the section that names them."""
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”")
_WILL = re.compile(r"将(?!.{0,24}(?:纳入|作为|列入|列为|分为|转为|融入|落实到|贯穿))")


def find_turns(doc: Document, year: int | None) -> Mapping[int, int]:
    """Where sections on shortcomings turn to what is to be done about them.

    Args:
        doc: The document.
        year: Year that it covers, where it is known.
    Returns:
        Offset of the first sentence on plans, by section index; sections that
        never turn are absent.
    """
    turns: dict[int, int] = {}
    for passage in doc.passages:
        if passage.section in turns or passage.is_heading:
            continue
        if doc.sections[passage.section].part == "shortcomings" and (
            _opens_next_year(doc, passage, year)
            or _REMEDY.match(doc.text, passage.start, passage.end)
            or _PLANNED.search(_said(doc, (passage.start, passage.end)))
            or _WILL.search(_said(doc, (passage.start, passage.end)))
        ):
            turns[passage.section] = passage.start
    return turns


def status_of(
    doc: Document,
    passage: Passage,
    span: tuple[int, int],
    year: int | None,
    turns: Mapping[int, int],
    before: Status | None,
) -> Status:
    """Status of a clause.

    Args:
        doc: The document.
        passage: The passage that holds the clause.
        span: Offsets of the clause.
        year: Year that the report covers, where it is known.
        turns: What :func:`find_turns` found.
        before: Status of the clause before it in the same passage, if any.
    """
    part = doc.sections[passage.section].part
    if part == "plans" or turns.get(passage.section, len(doc.text)) <= passage.start:
        return "planned"
    if part == "shortcomings" or _LACKING.search(doc.text, *span):
        return "lacking"
    if before == "planned" or _opens_next_year(doc, passage, year):
        return "planned"
    return "planned" if _PLANNED.search(_said(doc, span)) else "reported"


def _said(doc: Document, span: tuple[int, int]) -> str:
    """A span without titles and quotations: 《…行动计划》 announces nothing."""
    return _QUOTED.sub("", doc.text[slice(*span)])


def _opens_next_year(doc: Document, passage: Passage, year: int | None) -> bool:
    return year is not None and doc.text.startswith(f"{year + 1}年", passage.start)
