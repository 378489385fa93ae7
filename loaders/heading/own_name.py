"""The unit that nothing names but the report's way of speaking of itself: 我局, 我镇.

A bureau that says 我局 writes its own name in its papers, its accounts and its
addresses, in full (青山区文化和旅游局) and by its level (区文旅局): the bureau that is
written most is the one that speaks. It is the last thing to go by.
"""

from __future__ import annotations

import re
from collections import Counter

from loaders.heading.evidence import Evidence
from loaders.organs import catalogue
from loaders.places import place_before, towns_named

_SPEAKER = re.compile(r"我(?P<kind>局|委|厅|办|院|镇|乡|街道)")


_SPAN = 6000


_TOWN = re.compile(r"[一-鿿]{1,7}?(?:街道|镇|乡)")


def own_name(evidence: Evidence) -> str | None:
    """The wording of the unit that speaks, None where the text tells nothing of it."""
    text = evidence.text[:_SPAN]
    speaker = _SPEAKER.search(text)
    if not speaker:
        return None
    kind = speaker["kind"]
    names = _towns(text, kind) if kind in ("镇", "乡", "街道") else _bureaus(text, kind)
    if not names:
        return None
    return max(names, key=lambda name: (names[name], len(name), name))


def _towns(text: str, kind: str) -> Counter[str]:
    names: Counter[str] = Counter()
    for match in _TOWN.finditer(text):
        for start in range(len(match.group()) - len(kind)):
            if match.group().endswith(kind) and towns_named(match.group()[start:]):
                names[match.group()[start:]] += 1
                break
    if not names:  # the gazetteer lacks the town: it is the subject of some clause
        subject = re.compile(rf"[，,。；\n]((?:(?![我本全各该将])[一-鿿]){{2,4}}{kind})")
        names.update(match[1] for match in subject.finditer(text))
    return names


def _bureaus(text: str, kind: str) -> Counter[str]:
    organs = catalogue().organs
    full: Counter[str] = Counter()
    relative: Counter[tuple[str, str]] = Counter()
    written: dict[str, tuple[str, str]] = {}
    for match in re.finditer(f"{kind}(?:员会)?", text):
        for length in range(15, 1, -1):
            start = match.end() - length
            organ = organs.get(text[start : match.end()]) if start > 0 else None
            if organ is None:
                continue
            span = place_before(text, start, max(start - 30, 0))
            if span:
                place = text[span.start : span.end]
                name = place + organ.name
                full[name] += 1
                written[name] = (place[-1], organ.name)
            elif text[start - 1] in "省市县区旗州盟":
                relative[text[start - 1], organ.name] += 1
            break
    if not full:
        return Counter({level + organ: count for (level, organ), count in relative.items()})
    return Counter({name: count + relative[written[name]] for name, count in full.items()})
