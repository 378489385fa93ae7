"""Who issued a document, by its own title: 《国务院办公厅关于…的意见》."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.agencies import find_listed
from loaders.document import Document
from loaders.entities import Entity, Mention
from loaders.heading import Heading
from loaders.organs import catalogue, name_agency
from loaders.places import read_place, select_place

RULE = "title-issuer"
"""Rule of such mentions: they lie inside a title and take no part in its clause."""
_LEAD = re.compile(r"《(?P<issuers>[一-鿿、 \u3000]{2,40}?)关于")
_GAP = re.compile(r"[、 \u3000]*")
_LOCAL = re.compile(r"人民政府办公[厅室]|人民政府|委员会办公[厅室]|委员会|委办公[厅室]|委")
_LONGEST = 20  # characters of the name of a body of the centre


def find_title_issuers(
    doc: Document, heading: Heading, regulations: Sequence[Mention]
) -> list[Mention]:
    """Find the bodies that titles of documents begin with.

    Args:
        doc: Report text.
        heading: Who reports, to whom names without a division are relative.
        regulations: Mentions of documents.
    Returns:
        Mentions of agencies inside those of regulations, in text order; none of a title
        that begins with anything else, too.
    """
    found: list[Mention] = []
    for title in regulations:
        lead = _LEAD.match(title.surface)
        if lead:
            begin, end = (title.start + at for at in lead.span("issuers"))
            bodies = list(_bodies(doc.text, begin, end))
            found += [m for m in bodies if m] if None not in bodies else ()
            found += _relative(doc.text, begin, end, heading) if None in bodies else ()
    return found


def _relative(text: str, start: int, end: int, heading: Heading) -> list[Mention]:
    """Bodies named as a report names them (市委宣传部、市司法局); none if there is more."""
    bodies = find_listed(text[start:end], heading)
    at = 0
    for body in bodies:
        gap = _GAP.match(text, start + at)
        if gap is None or gap.end() != start + body.start:
            return []
        at = body.end
    if start + at != end:
        return []
    return [_mention(text, start + b.start, start + b.end, b.name) for b in bodies]


def _bodies(text: str, start: int, end: int) -> Iterator[Mention | None]:
    """The bodies one after the other; None where a name is not known."""
    while start < end:
        read = _central(text, start, end) or _local(text, start, end)
        yield read
        if read is None:
            return
        gap = _GAP.match(text, read.end, end)
        start = gap.end() if gap else read.end


def _central(text: str, start: int, end: int) -> Mention | None:
    names = catalogue().central
    for stop in range(min(end, start + _LONGEST), start + 1, -1):
        if text[start:stop] in names:
            return _mention(text, start, stop, names[text[start:stop]].name)
    return None


def _local(text: str, start: int, end: int) -> Mention | None:
    """The government or Party committee of a division, or its office."""
    party = "中共" if text.startswith("中共", start) else ""
    span = read_place(text[:end], start + len(party))
    body = _LOCAL.match(text, span.end, end) if span else None
    place = select_place(span.candidates) if span else None
    if body is None or place is None or body.group().startswith("委") != bool(party):
        return None
    form = body.group().replace("委员会", "委")
    return _mention(text, start, body.end(), name_agency(place, form).name)


def _mention(text: str, start: int, end: int, name: str) -> Mention:
    return Mention(start, end, text[start:end], "agency", name, RULE)


def iter_titled(entities: Sequence[Entity]) -> Iterator[tuple[Mention, Mention]]:
    """Each mention of a document, with each body that its title begins with."""
    issuers = [m for e in entities for m in e.mentions if m.kind == "agency" and m.rule == RULE]
    titles = [m for e in entities for m in e.mentions if m.kind == "regulation"] if issuers else []
    for title in titles:
        for issuer in issuers:
            if title.start < issuer.start and issuer.end <= title.end:
                yield title, issuer
