"""Agencies that a report names.

Comes in: a document, who reports, and the spans that titles of documents take.
Goes out: mentions with canonical names, and entities. A name is looked up in the
catalogue of organs; the division in front of it, named (东城区教委) or relative
to the report (区教委), completes it. Bodies that no catalogue lists are read by
their heads, see :mod:`loaders.agencies.unlisted`. Classes (各区司法局), posts (局长) and
meetings are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from loaders.agencies.branches import read_branch
from loaders.agencies.catalogued import both_levels, read_central, read_organ, read_party, read_self
from loaders.agencies.courts import read_railway_court, read_tribunal
from loaders.agencies.internal import iter_internal
from loaders.agencies.offices import iter_offices
from loaders.agencies.own import iter_repeated, iter_unit, read_bureau, read_own
from loaders.agencies.party import (
    read_both_offices,
    read_committee,
    read_discipline,
    read_leadership,
    read_prefecture,
    read_youth,
)
from loaders.agencies.placed import iter_placed
from loaders.agencies.resolve import resolve_agencies
from loaders.agencies.scan import Scan
from loaders.agencies.service_forms import without_service_forms
from loaders.agencies.stations import read_justice_office, read_police_station
from loaders.agencies.unlisted import read_body
from loaders.agencies.words import agency_words
from loaders.document import Document
from loaders.entities import Mention
from loaders.heading import Heading
from loaders.longest import iter_longest

__all__ = ["find_agencies", "find_listed", "resolve_agencies"]

_FORMULA = re.compile(r"“(?=[^”]*[—+＋→])[^”]{4,40}”")
Reader = Callable[[Scan, int, int, str], Mention | None]
# How each kind of word is read.
_READERS: Mapping[str, Reader] = {
    "branch": read_branch,
    "central": read_central,
    "committee": read_committee,
    "discipline": read_discipline,
    "head": read_body,
    "bureau": read_bureau,
    "justice": read_justice_office,
    "leadership": read_leadership,
    "organ": read_organ,
    "own": read_own,
    "party": read_party,
    "prefecture": read_prefecture,
    "railway": read_railway_court,
    "self": read_self,
    "station": read_police_station,
    "tribunal": read_tribunal,
    "youth": read_youth,
}


def find_agencies(doc: Document, heading: Heading, taken: Sequence[Mention]) -> list[Mention]:
    """Find the agencies that a report names, in text order.

    Args:
        doc: Report text and passages.
        heading: Who reports, on which year and place.
        taken: Mentions found by earlier steps; a span inside one of them is left alone.
    Returns:
        Mentions that do not overlap, but two bodies may share a span (市两办); names that
        cannot be completed with a division (市委 in a report of unknown place) are left out.
    """
    scan = Scan(doc.text, heading, taken)
    unit = {(m.start, m.end): m for m in iter_unit(scan)}
    # A form of the unit's name is no body of its own: 市数据资源局 for 数据资源管理局.
    others = (m for m in _iter_words(scan) if m.rule != "body" or (m.start, m.end) not in unit)
    mentions = [*others, *unit.values()]
    mentions += iter_internal(scan, mentions)
    mentions += iter_placed(scan, mentions)
    mentions += iter_offices(scan, mentions)
    mentions += iter_repeated(scan, mentions)
    mentions = _one_unit(scan, mentions)
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.rule)):
        both = kept and mention.rule == kept[-1].rule == "offices"
        if not kept or mention.start >= kept[-1].end or (both and mention.start == kept[-1].start):
            kept.append(mention)
    return without_service_forms(scan, _outside_formulas(scan, kept))


def _one_unit(scan: Scan, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions with one name for the unit, where rules name differently what its title prints."""
    unit = scan.heading.unit or ""
    names = {m.name for m in mentions if m.surface == unit}
    return [replace(m, name=unit) if m.name in names else m for m in mentions]


def _outside_formulas(scan: Scan, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions that are no step of a formula: “街道党工委—社区党委—党支部”."""
    inside = {
        at for match in _FORMULA.finditer(scan.text) for at in range(match.start(), match.end())
    }
    return [m for m in mentions if m.start not in inside]


def find_listed(text: str, heading: Heading) -> list[Mention]:
    """Find the agencies of a piece of text that holds nothing but their names.

    Args:
        text: The piece: 市委宣传部、市司法局.
        heading: Of the report that it is from.
    Returns:
        Mentions as of :func:`find_agencies`, with offsets in the piece.
    """
    return list(_iter_words(Scan(text, heading, ())))


def _iter_words(scan: Scan) -> Iterator[Mention]:
    """Mentions that a word of the catalogue or a head announces."""
    kinds = agency_words()
    for start, end in iter_longest(scan.text, "bodies"):
        form = scan.text[start:end]
        kind = kinds[form]
        if scan.is_taken(start, end) or scan.runs_on(end):
            continue
        if kind == "offices":
            yield from read_both_offices(scan, start, end)
            continue
        mention = _READERS[kind](scan, start, end, form)
        if mention and not scan.is_taken(mention.start, mention.end):
            scan.last_start, scan.last_end = mention.start, mention.end
            scan.last_name, scan.last_rule = mention.name, mention.rule
            yield from both_levels(scan, mention) or (mention,)
