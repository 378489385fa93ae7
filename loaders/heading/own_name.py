"""The unit that nothing names but the report's way of speaking of itself: 我局, 我镇, 我县.

A bureau that says 我局 writes its own name in its papers, its accounts and its
addresses, in full (青山区文化和旅游局) and by its level (区文旅局): the bureau that is
written most is the one that speaks. It is the last thing to go by.
"""

from __future__ import annotations

import re
from collections import Counter

from loaders.heading.cues import alternatives
from loaders.heading.evidence import Evidence
from loaders.heading.wording import is_unit
from loaders.organs import catalogue
from loaders.places import place_before, read_place, towns_named

_SPEAKER = re.compile(r"我(?P<kind>局|委|厅|办|院|镇|乡|街道)")


# A government speaks: 我县…, 区政府坚持…, 县委、县政府高度重视…
_GOVERNMENT = re.compile(
    r"(?<![一-鿿])(?:我(?P<ours>[省市县区州旗])|(?:(?P<party>[省市县区州旗])委[、和])?"
    rf"(?P<level>[省市县区州旗])(?:人民)?政府(?:{alternatives('after_subject')}))"
    r"|(?<=[，,。；\s])全(?P<whole>[省市县区州旗])(?:各|上下)"
)


# The unit's own rules, by the unit's name before what they are: 《某委信息报送制度》
_PAPER = re.compile(
    r"《(?:(?:19|20)\d\d年)?(?P<name>[一-鿿]{4,40})(?:制度|办法|规定|细则|方案|计划|清单|目录)》"
)


_ISSUED = re.compile(r"关于|印发|转发|通知|政府")


# 某小学|位于…, 某办公室|是区政府工作部门
_DESCRIBED = re.compile(
    r"(?:^|[。；]|[，,](?=其中))(?:其中)?(?P<unit>[^，,。；：、“”\s（）()]{4,30}?)(?:[（(][^（）()]*[）)])?"
    rf"(?:{alternatives('is_or_has')})",
    re.MULTILINE,
)


_SPAN = 6000


_TOWN = re.compile(r"[一-鿿]{1,7}?(?:街道|镇|乡)")


def own_name(evidence: Evidence) -> str | None:
    """The wording of the unit that speaks, None where the text tells nothing of it."""
    text = evidence.text[:_SPAN]
    speaker = _SPEAKER.search(text)
    names: Counter[str] = Counter()
    if speaker and speaker["kind"] in ("镇", "乡", "街道"):
        names = _towns(text, speaker["kind"])
    elif speaker:
        names = _bureaus(text, speaker["kind"]) or _papers(text)
    if not names:
        names = Counter(m["unit"] for m in _DESCRIBED.finditer(text) if is_unit(m["unit"]))
    if not names and not speaker and (level := _government(text)):
        return f"{level}人民政府"
    if not names:
        return None
    return max(names, key=lambda name: (names[name], len(name), name))


def _government(text: str) -> str | None:
    """Level of the division whose government speaks, None where none does."""
    levels = Counter(next(filter(None, m.groups()[::-1])) for m in _GOVERNMENT.finditer(text))
    return max(levels, key=lambda level: (levels[level], level)) if levels else None


def _papers(text: str) -> Counter[str]:
    """Bodies for which the rules that the text cites are named."""
    organs = catalogue().organs
    names: Counter[str] = Counter()
    for match in _PAPER.finditer(text):
        span = None if _ISSUED.search(match["name"]) else read_place(match["name"])
        if span is None:
            continue
        rest = match["name"][span.end :]
        known = (rest[:length] for length in range(min(len(rest), 15), 1, -1))
        if organ := next((organs[form] for form in known if form in organs), None):
            names[match["name"][: span.end] + organ.name] += 1
    return names


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
