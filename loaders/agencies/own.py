"""The unit by the forms of its heading, and bodies by the form that introduced them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.agencies.scan import Scan
from loaders.entities import Mention


def iter_unit(scan: Scan) -> Iterator[Mention]:
    """Mentions of the reporting unit by the forms that its heading has."""
    unit = scan.heading.unit
    if not unit:
        return
    surfaces = [s for s in scan.heading.surfaces if s not in scan.towns or scan.is_own_office()]
    if surfaces:
        for match in re.finditer("|".join(map(re.escape, surfaces)), scan.text):
            if not scan.is_taken(match.start(), match.end()):
                yield scan.mention(match.start(), match.end(), unit, "unit")


def iter_repeated(scan: Scan, mentions: Sequence[Mention]) -> list[Mention]:
    """Further mentions of bodies by the form that introduced them."""
    forms: dict[str, str] = {}
    for mention in mentions:
        if mention.rule == "body" and len(mention.surface) > 3:
            forms.setdefault(mention.surface.strip("“”"), mention.name)
    if not forms:
        return []
    pattern = "|".join(map(re.escape, sorted(forms, key=lambda f: (-len(f), f))))
    return [
        scan.mention(m.start(), m.end(), forms[m.group()], "repeated")
        for m in re.finditer(pattern, scan.text)
        if not scan.is_taken(m.start(), m.end())
    ]
