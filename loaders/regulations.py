"""Regulations that a report names.

Comes in: a document and who reports. Goes out: mentions with the canonical name
of the regulation, then entities. Four ways lead to a mention: a title between
title marks, a short form of one (以下简称《方案》), a title that everybody knows
without marks, and a quoted number of measures (“优化营商环境59条”). Rules of what counts:
ANNOTATION.md, Regulations.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.model import Value
from loaders.document import Document
from loaders.entities import Entity, Mention
from loaders.heading import Heading
from loaders.titles.catalogue import Regulation, catalogue
from loaders.titles.marks import YEARS_BEHIND, fold_title, iter_titles, plain_title, title_key
from loaders.titles.scope import made_here, scoped_name
from loaders.titles.unmarked import find_unmarked
from loaders.titles.wording import is_regulation_title, is_short, stem

Span = tuple[int, int]

_DEFINES = re.compile(
    r"(?:\s?[（(〔\[][^（）()\n]{0,30}\d{4}[^（）()\n]{0,16}号[）)\]〕])?"  # 中发〔2015〕36号
    r"\s?[（(][^（）()《》\n]{0,40}?(?:简称|下称)(?:为)?[:：]?\s?"
    r"(?P<short>《[^《》\n]{1,30}》|[“\"「][^“”\"「」\n]{1,30}[”\"」]|[^《》“”\"（）()，,。\n]{2,30})"
    r"\s?[）)]"
)
_MARKS = '《》“”"「」 '
_SEVERAL = re.compile(  # “一规划两纲要” and “两个条例” are no short form of one
    r"[《“\"「]?[一二两三四五六七八九十](?:个|部|份|项|规划|纲要|条例|办法|意见)"
)
_QUOTED = re.compile(r"“([^“”\n]{1,30})”")
_MEASURES = re.compile(
    r"(?:出台|制定|制订|印发|发布|推出|落实|执行|实施|升级|修订)(?:了|[我本][省市区县])?"
    r"(?P<marked>“(?P<title>[^“”《》\n]{2,20}?(?:\d{1,3}|[一二三四五六七八九十]{1,3})条)”)"
)
"""A document that goes by the number of its measures: 出台“优化营商环境59条”."""
_LOCAL_REGULATION = re.compile(r"[一-鿿]{2,8}?(?:省|自治区|市|自治州|自治县).*条例$")


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
    mentions = _find_titles(doc.text, heading, spans)
    mentions += find_unmarked(doc.text, heading.year, spans)
    mentions += _find_measures(doc.text, heading)
    return _without_overlap(sorted(mentions), sorted((m.start, m.end) for m in taken))


def _without_overlap(mentions: Sequence[Mention], blocked: Sequence[Span]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in mentions:
        at = bisect_right(blocked, mention.start, key=lambda span: span[0]) - 1
        inside = at >= 0 and mention.end <= blocked[at][1]
        if not inside and (not kept or mention.start >= kept[-1].end):
            kept.append(mention)
    return kept


@dataclass(slots=True)
class _Names:
    """What short names lead to in one report: the last said before, else the first after."""

    said: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def add(self, key: str, at: int, name: str) -> None:
        """Learn what a name leads to from an offset on."""
        insort(self.said.setdefault(key, []), (at, name))

    def get(self, key: str, at: int) -> str | None:
        """What the name leads to at an offset; None where the report never says."""
        uses = self.said.get(key)
        if uses is None:
            return None
        return uses[max(0, bisect_right(uses, at, key=lambda use: use[0]) - 1)][1]


@dataclass(frozen=True, slots=True)
class _Title:
    """A title in marks that may name a regulation.

    Args:
        start: Offset of the opening mark.
        end: Offset after the closing mark.
        plain: The title without country, version and carrier.
        known: Its canonical name in the catalogue.
        own: Whether the reporting unit makes the document.
        eligible: Whether its wording is that of a regulation.
    """

    start: int
    end: int
    plain: str
    known: str | None
    own: bool
    eligible: bool

    @property
    def is_full(self) -> bool:
        """Whether it says which document it is, without help from another title."""
        return bool(self.known) or (self.eligible and (self.own or not is_short(self.plain)))


@dataclass(slots=True)
class _ShortForms:
    """What short titles of one report lead to.

    Args:
        defined: By the form that the report defines: 以下简称《方案》.
        endings: By the last characters of a full title: 《实施方案》 after 《…实施方案》.
    """

    defined: _Names = field(default_factory=_Names)
    endings: _Names = field(default_factory=_Names)

    def learn(self, title: _Title, name: str, definition: re.Match[str] | None) -> None:
        """Remember a full title and the short form that the report gives it."""
        body = title_key(stem(title.plain))
        for size in range(2, min(len(body) - 1, 9)):
            self.endings.add(body[-size:], title.start, name)
        if definition:
            self.defined.add(title_key(definition["short"].strip(_MARKS)), title.start, name)

    def find(self, title: _Title) -> str | None:
        """The full title's name that a short one leads to."""
        name = self.defined.get(title_key(title.plain), title.start)
        if name is None and title.eligible:
            name = self.endings.get(title_key(stem(title.plain)), title.start)
        return name


def _find_titles(text: str, heading: Heading, spans: Sequence[Span]) -> list[Mention]:
    """Mentions by title marks and by the short forms of what stands in them."""
    definitions = {
        end: m
        for _, end in spans
        if (m := _DEFINES.match(text, end)) and not _SEVERAL.match(m["short"])
    }
    defined = {m.start("short") for m in definitions.values()}
    mentions: list[Mention] = []
    titles: list[_Title] = []
    for start, end in spans:
        if several := _several(text, start, end, heading):
            mentions += several
        elif start not in defined:
            titles.append(_read_title(text, heading, start, end))
    own = {title_key(t.plain) for t in titles if t.own}
    short_forms = _ShortForms()
    for title in sorted(titles, key=lambda t: not t.is_full):  # full ones first
        if not title.is_full and (meant := short_forms.find(title)):
            mentions.append(_mention(text, title.start, title.end, meant, "short-form"))
        elif title.known or title.eligible:
            name = title.known or scoped_name(
                title.plain, heading, own=title_key(title.plain) in own
            )
            mentions.append(_mention(text, title.start, title.end, name, "title-marks"))
            definition = definitions.get(title.end)
            short_forms.learn(title, name, definition)
            if definition:
                mentions.append(_mention(text, *definition.span("short"), name, "short-form"))
    for match in _QUOTED.finditer(text) if definitions else ():
        if meant := short_forms.defined.get(title_key(match[1]), match.start()):
            mentions.append(_mention(text, *match.span(), meant, "short-form"))
    return mentions


def _find_measures(text: str, heading: Heading) -> Iterator[Mention]:
    for match in _MEASURES.finditer(text):
        start, end = match.span("marked")
        own = made_here(text[max(0, start - 100) : start], heading)
        name = scoped_name(plain_title(match["title"]), heading, own=own)
        yield _mention(text, start, end, name, "measures")


def _mention(text: str, start: int, end: int, name: str, rule: str) -> Mention:
    return Mention(start, end, text[start:end], "regulation", name, rule)


def _read_title(text: str, heading: Heading, start: int, end: int) -> _Title:
    title = text[start + 1 : end - 1]
    known = catalogue()
    years = YEARS_BEHIND.match(text, end)
    entry = years and known.lookup(title + years["years"])
    entry = entry or known.lookup(title, heading.year) or _of_place(title, heading)
    plain = plain_title(title)
    before, after = text[max(0, start - 100) : start], text[end : end + 8]
    return _Title(
        start,
        end,
        plain,
        known=entry.title if entry else None,
        own=entry is None and made_here(before, heading),
        eligible=is_regulation_title(plain, before, after),
    )


def _of_place(title: str, heading: Heading) -> Regulation | None:
    """《接诉即办工作条例》 in a report from Beijing is that of Beijing."""
    place = heading.place
    divisions = (*place.path, place.name) if place else ()
    return next((e for d in divisions if (e := catalogue().lookup(d + title))), None)


def _several(text: str, start: int, end: int, heading: Heading) -> list[Mention]:
    """《民法典、行政处罚法》: several known titles in one pair of marks."""
    title = text[start + 1 : end - 1]
    known = catalogue()
    if "、" not in title or known.lookup(title):
        return []
    found: list[Mention] = []
    at = start + 1
    for part in title.split("、"):
        entry = known.lookup(part, heading.year)
        if entry is None:
            return []
        found.append(_mention(text, at, at + len(part), entry.title, "title-marks"))
        at += len(part) + 1
    return found


def resolve_regulations(
    mentions: Sequence[Mention], doc: Document, heading: Heading
) -> list[Entity]:
    """Gather mentions into entities, by canonical name, in order of first mention."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.name, []).append(mention)
    return [
        Entity("regulation", name, tuple(group), _also(name, group), regulation_properties(name))
        for name, group in groups.items()
    ]


def _also(name: str, group: Sequence[Mention]) -> tuple[str, ...]:
    """Full titles beside the canonical one: as written, and the official one."""
    written = {fold_title(m.surface.strip("《》")) for m in group if m.rule == "title-marks"}
    official = set(catalogue()[name].aliases) if name in catalogue() else set()
    return tuple(sorted((written | official) - {name}))


def regulation_properties(name: str) -> dict[str, Value]:
    """Node properties of a regulation, a function of its canonical name alone."""
    if name in catalogue():
        return catalogue()[name].properties()
    if _LOCAL_REGULATION.match(name):
        return {"known": False, "kind": "地方性法规"}
    return {"known": False}
