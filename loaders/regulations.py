"""Regulations that a report names.

Comes in: a document and who reports. Goes out: mentions with the canonical name
of the regulation, then entities. Three ways lead to a mention: a title between
title marks, a short form that the report defines or has in its marks, and a
title that everybody knows without marks (宪法, 民法典, 信访条例).
Rules of what counts: ANNOTATION.md, Regulations.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

import yaml

from graph.model import Value
from loaders.document import Document
from loaders.entities import Entity, Mention
from loaders.heading import Heading
from loaders.regulation_catalogue import Catalogue, catalogue
from loaders.titles import fold_title, iter_titles, plain_title, title_key

_NUMBER = r"(?:[（(〔\[][^（）()\n]{0,24}?[〔\[（(]?\d{4}[〕\]）)]?[^（）()\n]{0,12}?号[）)])?"
_DEFINES = re.compile(
    _NUMBER
    + r"\s*[（(][^（）()\n]{0,40}?(?:以下|下称|后文|简称|统称)(?:统|均)?(?:简?称)?(?:为)?[:：]?\s*"
    r"(?P<short>《[^《》\n]{1,30}》|[“\"「][^“”\"「」\n]{1,30}[”\"」]|[^《》“”\"（）()，,。\n]{2,30})\s*[）)]"
)
_YEARS = re.compile(r"\s*(?P<years>[（(]\d{4}年?[-—－–~～至]{1,2}\d{4}年?[）)])")
_TAIL = re.compile(r"(?:\([^()]*\)|〈[^〈〉]*〉|[\d年版本度\-]+)+$")
_QUOTED = re.compile(r"“[^“”\n]{1,30}”")
_ACTOR = re.compile(
    r"中央|国务院|中办|国办|国家|上级|部|省[委政]|[市区县州旗镇乡](?:委|政府|人大|人民政府)|[委办局厅院]"
)
_LOCAL = re.compile(r"^[一-鿿]{2,12}?(?:省|自治区|市|州|盟|县|区|旗|镇|乡|街道)")
_GENERIC = re.compile(r"^(?:\d{4}|年度|本级|本年)")
_IN_A_NAME = re.compile(
    r"(?:普法|学习|主题|集中)*(?:宣传|教育|学习|法治|主题|普法)*(?:月|周|日|年)(?!报)"
    r"|(?:主题|法治|文化)*(?:公园|广场|长廊|展馆|文化墙|大讲堂|宣讲团|讲师团)"
    r"|宣誓|主题|和?法律(?!援助|服务|顾问)|[、和与]法律(?!援助|服务|顾问)|党规|学[会院]|知识竞赛|进[机校企农社乡村家军单网]"
)
_LAW_GOES_ON = frozenset("治律规制定院庭官学理人令则度盲条典师务警医网力")
_DERIVED = re.compile(r"实施(?:条例|细则|办法)")
_NO_LAW = re.compile(r"[做方用看想说写书手语技兵魔执作]法$")
_LOCAL_HEAD = re.compile(r"(?:条例|办法|规定|细则|规则)$")


@cache
def _words() -> dict[str, tuple[str, ...]]:
    text = resources.files("loaders").joinpath("reference", "titles.yaml").read_text("utf-8")
    return {group: tuple(words) for group, words in yaml.safe_load(text).items()}


def find_regulations(doc: Document, heading: Heading, taken: Sequence[Mention]) -> list[Mention]:
    """Find the regulations that a report names, in text order.

    Args:
        doc: Report text and passages. Offsets count code points, not bytes.
        heading: Who reports, on which year and place: 《实施方案》 of one's own
            making is told from that of others by the unit's name.
        taken: Mentions found by earlier steps; a span inside one of them is left alone.
    Returns:
        Mentions that do not overlap, title marks included in the span.
    """
    spans = list(iter_titles(doc.text))
    finder = _Finder(doc.text, heading, catalogue())
    mentions = [*finder.marked(spans), *finder.quoted(spans), *finder.unmarked(spans)]
    blocked = sorted((m.start, m.end) for m in taken)
    return _without_overlap(sorted(mentions), blocked)


def _without_overlap(mentions: Sequence[Mention], blocked: list[tuple[int, int]]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in mentions:
        at = bisect_right(blocked, (mention.start, mention.end)) - 1
        inside = any(
            start <= mention.start and mention.end <= end
            for start, end in blocked[max(0, at) : at + 2]
        )
        if not inside and (not kept or mention.start >= kept[-1].end):
            kept.append(mention)
    return kept


class _Finder:
    """One pass over one report; remembers the short forms that the report defines."""

    def __init__(self, text: str, heading: Heading, known: Catalogue) -> None:
        self.text = text
        self.heading = heading
        self.known = known
        self.short: dict[str, str] = {}
        self.named: dict[str, str] = {}

    def marked(self, spans: Sequence[tuple[int, int]]) -> Iterator[Mention]:
        """Mentions between title marks, and the short forms defined behind them."""
        for start, end in spans:
            title = self.text[start + 1 : end - 1]
            if not title.strip() or start_is_short_form(self.text, start, end, self.short):
                continue
            if parts := self._several(start, title):
                yield from parts
                continue
            name = self._name(title, start, end)
            if name is None:
                continue
            yield self._mention(start, end, name, "title-marks")
            yield from self._definition(end, name)

    def _definition(self, end: int, name: str) -> Iterator[Mention]:
        match = _DEFINES.match(self.text, end)
        if not match or "统称" in match.group():
            return
        start, stop = match.span("short")
        inner = match["short"].strip('《》“”"「」 ')
        self.short[title_key(inner)] = name
        yield self._mention(start, stop, name, "abbreviation")

    def _several(self, start: int, title: str) -> list[Mention]:
        """《民法典、行政处罚法》: several known titles in one pair of marks."""
        if "、" not in title or self.known.lookup(title):
            return []
        found: list[Mention] = []
        at = start + 1
        for part in title.split("、"):
            entry = self.known.lookup(part, self.heading.year)
            if entry is None:
                return []
            found.append(self._mention(at, at + len(part), entry.title, "title-marks"))
            at += len(part) + 1
        return found

    def _name(self, title: str, start: int, end: int) -> str | None:
        """Canonical name of the regulation that a title names; None when it names none."""
        if short := self.short.get(title_key(title)):
            return short
        years = _YEARS.match(self.text, end)
        entry = (years and self.known.lookup(title + years["years"])) or self.known.lookup(
            title, self.heading.year
        )
        if entry:
            self.named[title_key(entry.title)] = entry.title
            return entry.title
        plain = plain_title(title)
        if not self._is_regulation(plain, start, end):
            return None
        issued_here = self._issued_here(start)
        if not issued_here and (earlier := self._earlier(plain)):
            return earlier
        name = self._scoped(plain, issued_here)
        self.named[title_key(plain)] = name
        return name

    def _is_regulation(self, plain: str, start: int, end: int) -> bool:
        words = _words()
        before, after = self.text[max(0, start - 6) : start], self.text[end : end + 8]
        stem = _TAIL.sub("", plain)
        if (
            plain.startswith(words["other_beginnings"])
            or plain.endswith(words["other_endings"])
            or stem.endswith(words["other_endings"])
            or before.endswith(words["other_before"])
            or after.startswith(words["other_after"])
        ):
            return False
        return (
            plain.startswith("关于")
            or stem.endswith(words["document_endings"])
            or (stem.endswith("法") and len(stem) > 2 and not _NO_LAW.search(stem))
        )

    def _earlier(self, plain: str) -> str | None:
        """The last title before that a short one ends: 《实施方案》 after 《…实施方案》."""
        key = title_key(plain)
        if len(key) > 8:
            return self.named.get(key)
        for other in reversed(self.named):
            if title_key(_TAIL.sub("", fold_title(other))).endswith(key) or other == key:
                return self.named[other]
        return None

    def _issued_here(self, start: int) -> bool:
        """Whether the reporting unit makes the document: an issuing verb, nobody else named."""
        clause = re.split(r"[。；;，,\n]", self.text[max(0, start - 60) : start])[-1]
        clause = re.sub(r"《[^《》]*》[、和及与]?", "", clause).rstrip("了《〈“")
        if not clause.endswith(_words()["issuing_verbs"]):
            return False
        for own in self.heading.surfaces:
            clause = clause.replace(own, "")
        clause = re.sub(r"[我本][一-鿿]?|会同[一-鿿、]*|联合[一-鿿、]*", "", clause)
        return not _ACTOR.search(clause)

    def _scoped(self, plain: str, issued_here: bool) -> str:
        """A name that two units' documents do not share by accident."""
        unit, place = self.heading.unit, self.heading.place
        for own in self.heading.surfaces:
            rest = plain.removeprefix(own)
            if unit and rest != plain and not rest.startswith(("工委", "党工委", "党组", "党委")):
                return unit + rest
        generic = bool(_GENERIC.match(plain)) or len(title_key(plain)) <= 6
        if _LOCAL.match(plain) or plain.startswith(_words()["proper_beginnings"]):
            return plain
        if unit and issued_here and (generic or self.heading.level != "国家"):
            return unit + plain
        if generic and not plain.endswith(("法", "条例")):
            return (place.full_name if place else unit or "") + plain
        return plain

    def quoted(self, spans: Sequence[tuple[int, int]]) -> Iterator[Mention]:
        """Short forms that the report defined, where they stand in quotation marks."""
        if not self.short:
            return
        for match in _QUOTED.finditer(self.text):
            name = self.short.get(title_key(match.group()[1:-1]))
            if name and not _inside(match.start(), spans):
                yield self._mention(match.start(), match.end(), name, "abbreviation")

    def unmarked(self, spans: Sequence[tuple[int, int]]) -> Iterator[Mention]:
        """Titles of the catalogue that stand without marks."""
        quotes = [m.span() for m in _QUOTED.finditer(self.text)]
        for last, (length, alias) in self.known.unmarked.iter_long(self.text):
            end = last + 1
            start = end - length
            if _inside(start, spans) or not self._stands_alone(start, end, alias, quotes):
                continue
            if derived := _DERIVED.match(self.text, end):
                end = derived.end()
                alias = self.text[start:end]
            years = _YEARS.match(self.text, end)
            entry = (years and self.known.lookup(alias + years["years"])) or self.known.lookup(
                alias, self.heading.year
            )
            name = entry.title if entry else plain_title(alias)
            yield self._mention(start, end, name, "unmarked")

    def _stands_alone(
        self, start: int, end: int, alias: str, quotes: Sequence[tuple[int, int]]
    ) -> bool:
        """Whether the name is a word of its own, not part of 宪法宣传周 or 省信访条例."""
        text = self.text
        after = text[end : end + 1]
        if alias.endswith("法") and after in _LAW_GOES_ON and after:
            return False
        if _IN_A_NAME.match(text, end):
            return False
        if text[max(0, start - 2) : start] == "国家" and after == "日":
            return False
        if _LOCAL_HEAD.search(alias) and text[start - 1 : start] in tuple("省市区县州旗"):
            return False
        at = bisect_right(quotes, (start, len(text))) - 1
        if at >= 0 and quotes[at][0] <= start < quotes[at][1]:
            return quotes[at] == (start - 1, end + 1)
        return True

    def _mention(self, start: int, end: int, name: str, rule: str) -> Mention:
        return Mention(start, end, self.text[start:end], "regulation", name, rule)


def start_is_short_form(text: str, start: int, end: int, short: dict[str, str]) -> bool:
    """Whether the title is the short form in its own definition, already taken."""
    head = text[max(0, start - 6) : start]
    return title_key(text[start + 1 : end - 1]) in short and head.endswith(("简称", "下称", "称为"))


def _inside(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(spans, offset, key=lambda s: s[0]) - 1
    return at >= 0 and offset < spans[at][1]


def resolve_regulations(
    mentions: Sequence[Mention], doc: Document, heading: Heading
) -> list[Entity]:
    """Gather mentions into entities, by canonical name, in order of first mention."""
    known = catalogue()
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.name, []).append(mention)
    entities: list[Entity] = []
    for name, group in groups.items():
        written = {fold_title(m.surface[1:-1]) for m in group if m.rule == "title-marks"}
        official = set(known[name].aliases) if name in known else set()
        also = sorted((written | official) - {name})
        entities.append(Entity("regulation", name, tuple(group), tuple(also), properties_of(name)))
    return entities


def properties_of(name: str) -> dict[str, Value]:
    """Node properties of a regulation, a function of its canonical name alone."""
    known = catalogue()
    if name in known:
        return known[name].properties()
    properties: dict[str, Value] = {"known": False}
    if re.match(r"[一-鿿]{2,8}?(?:省|自治区|市|自治州|自治县).*条例$", name):
        properties["kind"] = "地方性法规"
    return properties
