"""Practices by what is done with them: what a clause says is practised (推行…, 实行…, 试行…).

Few other things are the object of these verbs, so no head noun is asked for:
推行屋场会, 实行分类分级管理. The object is all that follows up to the end of its clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.naming.bare import NO_HEAD, is_bare
from loaders.naming.scan import Scan
from loaders.naming.spans import Candidate, Taken
from loaders.naming.wording import is_name

_OBJECT = re.compile(
    r"(?P<name>[一-鿿A-Za-z0-9]{3,14}|[一-鿿]{2,6}(?:、[一-鿿]{2,6}){1,4})(?=[，。；）\n])"
)
_NO_NAME = re.compile(r"[的了为并将后于是由任以其该此和与及或\d]")
"""In a clause of its own, or in several things."""


def find_practised(scan: Scan, blocked: Taken, others: Sequence[Candidate]) -> list[Candidate]:
    """Objects of the verbs that only practices have; a list is one, if nothing in it is another.

    Args:
        scan: Text and vocabulary.
        blocked: Spans that are taken.
        others: What other rules found.
    """
    found = []
    held = bytearray(len(scan.text))
    for other in others:
        held[other.start : other.end] = b"\1" * (other.end - other.start)
    for verb in scan.heads.practising.finditer(scan.text):
        match = _OBJECT.match(scan.text, verb.end())
        if match is None:
            continue
        name, (start, end) = match["name"], match.span("name")
        if "、" in name and any(held[start:end]):
            continue  # 推行首问负责、限时办结: each is one
        if _NO_NAME.search(name) or name in scan.heads.no_practice or blocked.overlaps(start, end):
            continue
        if is_bare(scan.words, name, NO_HEAD) or not is_name(scan.heads, scan.text, start, end):
            continue
        found.append(Candidate(start, end, "practised"))
    return found
