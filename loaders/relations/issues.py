"""ISSUES: a body makes, prints or publishes a document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from loaders.actors import with_own_unit
from loaders.clauses import Clause
from loaders.cues import alternation
from loaders.document import Document
from loaders.entities import Entity, Mention
from loaders.heading import Heading
from loaders.relations.finding import Finding
from loaders.titles.catalogue import catalogue
from loaders.titles.issuers import iter_titled

_NATIONAL = ("法律", "行政法规", "监察法规", "中央文件")
_WINDOW = 120  # characters before a title in which its makers are looked for
_MADE = re.compile(
    rf"(?<!新)(?<!最新)(?:{alternation('issue_verbs')})(?:了|出|好|完成)?"
    r"(?:(?:并|和)(?:实行|实施|落实|执行|组织实施))?(?:[^，。；《]{0,16}?的|关于|本[级区市县]|我[省市区县办局]|《[^》]*》|[、和与及]|以及|政府规章|规范性文件)*$"
)
_MADE_AFTER = re.compile(
    rf"(?:》)?(?:等[^，。；、]{{0,12}})?(?:第[一二三四五六七八九十]+次|正式|已|相继|陆续|随后|随即|先后|均|也)?(?:{alternation('issue_after')})"
    r"(?![一二两三四五六七八九十\d]+周年|调研|准备|论证|征求|意见|衔接|实施准备)"
)
_BY_OTHERS = re.compile(
    rf"(?:经审[定议]后?|并)?由?[^，。；]{{2,80}}?(?:\d+月)?(?:联合|共同|统一|正式)?(?:{alternation('issue_after')})(?:[^，。；]{{0,16}}?(?:实施|执行))?"
)
_ISSUED = re.compile(rf"(?:联合|正式)?(?:{alternation('issue_after')})")
_ORDER = re.compile(r"》?[（(]")
_USED = re.compile(rf"(?:{alternation('uses_verbs')})[^，。；》]*$")
_OF_PROVINCE = re.compile(
    r"(?:中共)?[\u4e00-\u9fff]{1,8}(?:省|自治区)(?:委员会|委|人民政府)(?:办公厅)?"
)
_LOCAL_LAW = re.compile(r"[省市州县]\S*条例(?:[（(]\S{0,8}[)）])?$")
_LEGISLATOR = re.compile(r"人民代表大会|人民政府|常务委员会")
"""Who makes the regulations of a province or city; a department only drafts them."""
_HELPED = re.compile(r"(?:配合|协助|参与)[^，。；》]*$")
"""In front of a document that others make: 配合省人大做好《…》修订."""
_BY_NAMED = re.compile(
    rf"(?:等[一二三四五六七八九十\d]*(?:个|家)?(?:部委|部门|单位)|[（(][^）)]{{0,20}}[）)]|的|关于|联合|先后|共同|新|最新|名义|{alternation('issue_verbs')})*$"
)
_LISTED = re.compile(r"(?:》)?(?:[（(][^）)]{0,24}[）)])?(?:[、和与及]|以及)(?:《)?")


def find_issues(doc: Document, heading: Heading, clauses: Sequence[Clause]) -> Iterator[Finding]:
    """Yield a finding for each body and each document that a clause says it made."""
    text = doc.text
    for index, clause in enumerate(clauses):
        issuers: tuple[str, ...] = ()
        rule, begin, previous = "", clause.start, None
        for m in (m for m in clause.mentions if m.kind == "regulation"):
            listed = (
                previous is not None and _LISTED.fullmatch(text, previous.end, m.start) is not None
            )
            if not listed or not _same_issuers(issuers, m):
                issuers, rule, begin = _issuers(text, clause, m)
                issuers = with_own_unit(issuers, heading)
                if rule == "made-by-actor" and _is_of_the_centre(m, heading):
                    issuers = ()
                if rule == "made-by-actor" and _LOCAL_LAW.search(m.name):
                    issuers = tuple(i for i in issuers if _LEGISLATOR.search(i))
            previous = m
            yield from _by_others(text, clauses, index, m)
            yield from _by_order(text, clause, m)
            yield from _by_behind(text, clause, m)
            for issuer in issuers:
                yield Finding(
                    "ISSUES",
                    ("agency", issuer),
                    ("regulation", m.name),
                    begin,
                    max(clause.end, m.end),
                    clause.status,
                    rule,
                )


def find_titled(entities: Sequence[Entity]) -> Iterator[Finding]:
    """Yield a finding for each body that a title names as its own issuer: 《国务院关于…》."""
    for title, issuer in iter_titled(entities):
        yield Finding(
            "ISSUES",
            ("agency", issuer.name),
            ("regulation", title.name),
            title.start,
            title.end,
            "reported",
            "named-in-title",
        )


def _is_of_the_centre(title: Mention, heading: Heading) -> bool:
    """Whether a law or document of the centre is named, which no local body makes or revises."""
    entry = catalogue().lookup(title.name, heading.year)
    return entry is not None and entry.kind in _NATIONAL and heading.level != "国家"


def _by_others(
    text: str, clauses: Sequence[Clause], index: int, title: Mention
) -> Iterator[Finding]:
    """Who the next clause says issued the document: 审定《…》，由甲办、乙办联合印发."""
    if index + 1 == len(clauses):
        return
    behind = clauses[index + 1]
    if not _BY_OTHERS.fullmatch(text, behind.start, behind.end):
        return
    for m in behind.mentions:
        if m.kind == "agency":
            yield _finding(m, title, behind, behind.start, "issued-by-next")


def _by_behind(text: str, clause: Clause, title: Mention) -> Iterator[Finding]:
    """Who issues a document, behind what is done with it: 《…》经论证后由区政府印发."""
    for m in clause.mentions[bisect_left(clause.mentions, title) :]:
        behind = m.start >= title.end and text.startswith("由", m.start - 1)
        if m.kind == "agency" and behind and _ISSUED.match(text, m.end):
            yield _finding(m, title, clause, clause.start, "issued-by-behind")


def _by_order(text: str, clause: Clause, title: Mention) -> Iterator[Finding]:
    """Whose order the document is: 《…》（甲部令第三号）."""
    opening = _ORDER.match(text, title.end)
    if opening is None:
        return
    for m in clause.mentions[bisect_left(clause.mentions, title) :]:
        if m.start > opening.end():
            return
        if m.kind == "agency" and m.start == opening.end() and text.startswith("令", m.end):
            yield _finding(m, title, clause, title.start, "order-of")


def _finding(issuer: Mention, title: Mention, clause: Clause, begin: int, rule: str) -> Finding:
    return Finding(
        "ISSUES",
        ("agency", issuer.name),
        ("regulation", title.name),
        begin,
        max(clause.end, title.end),
        clause.status,
        rule,
    )


def _issuers(text: str, clause: Clause, title: Mention) -> tuple[tuple[str, ...], str, int]:
    """Who made the document, by which rule, and where the clause that shows it begins."""
    before = text[max(clause.start, title.start - _WINDOW) : title.start]
    named = _named_issuers(text, clause, title)
    if named:
        names = tuple(m.name for m in named)
        if set(names) < set(clause.actors):  # 会同省市场监管局制定《…》: the subject makes it too
            return clause.actors, "made-by-actor", clause.shown_from
        return names, "named-issuer", named[0].start
    made = _MADE.search(before)
    if made and not _USED.search(before[: made.start()]):
        return clause.actors, "made-by-actor", clause.shown_from
    helped = _HELPED.search(before)
    if _MADE_AFTER.match(text, title.end) and not (helped or _USED.search(before)):
        return clause.actors, "made-by-actor", clause.shown_from
    return (), "", clause.start


def _named_issuers(text: str, clause: Clause, title: Mention) -> list[Mention]:
    """Agencies that stand right before a title: 中共中央、国务院《…》, 国务院印发的《…》."""
    named: list[Mention] = []
    edge = title.start
    first = bisect_left(clause.mentions, title.start - _WINDOW, key=lambda m: m.start)
    for m in reversed(clause.mentions[first : bisect_left(clause.mentions, title)]):
        if m.kind != "agency":
            continue
        between = text[m.end : edge]
        if named and between not in ("", "、", "和", "与", "及", "以及"):
            break
        if not named and not _BY_NAMED.fullmatch(between.rstrip("《〈")):
            break
        named.insert(0, m)
        edge = m.start
    return named


def _same_issuers(issuers: Sequence[str], title: Mention) -> bool:
    """Whether a title listed after another has its issuers too.

    中共中央、国务院《A》和《北京市…B》: B names a place of its own, which central
    bodies do not; 市委市政府《A》和《北京市…B》: both are the city's.
    """
    place = re.match(r"《?(?P<name>[\u4e00-\u9fff]{1,8}?[省市区县州盟旗])", title.surface)
    if place is None:
        return True
    central = any(i.startswith(("中共中央", "国务院", "全国人民")) for i in issuers)
    provincial = all(_OF_PROVINCE.fullmatch(i) and place["name"] not in i for i in issuers)
    return not (central or (issuers and provincial))
