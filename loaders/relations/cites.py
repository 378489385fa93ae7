"""CITES: a mechanism or initiative rests on a document, by the words of one sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from loaders.clauses import Clause
from loaders.cues import alternation
from loaders.document import Document
from loaders.entities import Entity, Mention
from loaders.heading import Heading
from loaders.relations.finding import Finding
from loaders.relations.matter import share_matter

_WINDOW = 120  # characters between a document and what rests on it
_REACH = 2  # clauses behind the one that names a document
_LISTED = re.compile(r"(?:《[^》]*》(?:[（(][^）)]*[）)])?(?:[、和与及]|以及)*)+$")
_BASIS = re.compile(
    rf"(?:{alternation('basis_prepositions')})[^，。；]{{0,24}}?《?$|(?<![证数票收字论])[依据]《?$"
)
_FRAMED = re.compile(r"以[^，。；]{0,12}《?$")
_AS_FRAME = re.compile(
    rf"》?(?:[、和与及]?《[^》]*》)*[^，。；]{{0,8}}?为(?:{alternation('frames')})"
)
_PUSHED = re.compile(rf"(?:{alternation('pushing_verbs')})[^，。；]{{0,6}}《?$")
_TAKES_EFFECT = re.compile(
    rf"》?(?:[、和与及]?《[^》]*》)*[^，。；]{{0,6}}?(?:{alternation('taking_effect')})"
)
_LAWS_IN_GENERAL = re.compile(r"[和与及、]?法律")
"""Behind 宪法: nothing in particular rests on the constitution and the laws."""
_IN_EFFECT = re.compile(r"》?(?:得到|全面|有效|深入)?(?:贯彻)?(?:落实|实施|施行|执行)")
_MADE = re.compile(rf"(?:{alternation('issue_verbs')}|签订|签署)(?:了|出)?[^，。；]{{0,12}}?《?$")
_MAKES_TOO = re.compile(r"(?:编制|编印|制定|制订|印发|出台|公布|发布|修订|起草)")
"""Opens a clause on something else that is made: 制定《…规定》，编制并公布…目录."""
_DECIDED = re.compile(
    r"等?(?:\d+|[一二两三四五六七八九十]+)?[个项]?(?:重大)?(?:行政)?(?:决策)?(?:事项|项目)"
)
"""Behind what is only an example of matters that are decided: 将…等2项决策事项列入目录."""
_WITH_OTHERS = ("与", "会同", "联合")
"""Opens a clause on what is done next, together with others: 印发《…》，与甲局建成…."""
_SIDE_BY_SIDE = re.compile(r"[”》]?[、和与及][“《]?|以及《?")
_OBJECT_TOO = re.compile(r"》?[、和与及][^，。；《]{0,12}")
"""Between a document and what is carried out beside it: 执行《…条例》和街道党工委|议事规则."""
_WRITTEN_INTO = re.compile(rf"(?:{alternation('writing_into')})[^，。；]{{0,6}}?《?$")
_TAUGHT = re.compile(rf"(?:{alternation('teaching_verbs')})[^，。；]{{0,10}}?《?$")
_LAYS_DOWN = re.compile(rf"[，,]?(?:进一步|首次|并)?(?:{alternation('laying_down')})")
_ON_THIS_BASIS = re.compile(r"[，,]?(?:在此基础上|以此为|据此|依此|由此)")
_ACTS = re.compile(
    f"{alternation('act_sets_up')}|{alternation('act_improves')}|落实|推行|实行|开展"
)
_ASIDE = re.compile(
    "为全|紧扣|聚焦|围绕|结合|坚持和发展|坚持民主|以[^，。；]{2,12}?为(?:牵引|抓手|统领|引领|载体|契机)"
)
"""Opens a clause on what stands beside the document: 落实《…》，紧扣脱贫攻坚大局."""
_LAW_TEACHING = re.compile(r"法[治制]宣传教育")
_TOPIC = 30  # characters of a sentence that only says what the next one is about
_OPENS = 1  # clauses behind the first that still open a sentence
_AROUND = 8  # clauses on either side of the one that names a document
_OPENING = 6  # characters in front of a document that a clause opens with
_NAME_IN_TITLE = 4  # characters of a name that the title beside it holds by no chance
_LONG_NAME = 5  # characters of a name that a title holds by no chance
_SHORTEST_TITLE = 3  # characters; 宪法 is in too many names that do not rest on it
_GRANTS = re.compile(rf"》?(?:[^，。；《]{{0,6}}?)(?:{alternation('basis_verbs')})")


def find_cites(doc: Document, heading: Heading, clauses: Sequence[Clause]) -> Iterator[Finding]:
    """Yield a finding for each mechanism or initiative that a sentence ties to a document.

    Ways of saying so: the document grants or lays down the mechanism
    (《…》赋予…三项建议权); the mechanism is run by it (按照《…》, 建立…), in the same
    clause or those that follow up to the next document; the document is made and the
    mechanism laid down in it, or set up next (制定《信访代理规则》, 推行信访代理); the
    mechanism is written into it; the campaign teaches it; the campaign is named after
    it (信访条例宣传月).
    """
    text = doc.text
    for index, clause in enumerate(clauses):
        for regulation in (m for m in clause.mentions if m.kind == "regulation"):
            rule = _tie(text, clause, regulation)
            if not rule:
                continue
            for holder, m in _behind(text, clauses, index, regulation, rule):
                yield _finding(clause, holder, regulation, m, rule)
            for holder, m in _before(text, clauses, index, regulation, rule):
                yield _finding(holder, clause, regulation, m, rule)
            if rule in ("run-by", "made-with"):
                around = clauses[max(0, index - _AROUND) : index + 1 + _AROUND]
                yield from _in_title(around, clause, regulation)


_Held = tuple[Clause, Mention]


def _behind(
    text: str, clauses: Sequence[Clause], index: int, regulation: Mention, rule: str
) -> Iterator[_Held]:
    """What stands behind a document and rests on it."""
    held = 0  # clauses that held something
    for number, holder in enumerate(clauses[index : index + 1 + _REACH]):
        named = (m for m in holder.mentions if m.kind == "regulation")
        ties = {_tie(text, holder, m) for m in named} - {""} if number else set()
        if ties == {"made-with"} and rule == "run-by" and number == 1 and not held:
            continue  # 贯彻《…条例》，印发《…要点》，健全…机制: it rests on both
        if ties:
            return  # what follows rests on another document
        found = [
            m
            for m in _held(holder, regulation.end)
            if (
                rule == "run-by"
                and not _is_object_too(text, regulation, m)
                and not _DECIDED.match(text, m.end)
                and (not held or _ACTS.search(text, holder.start, m.start))
                and not (number and _ASIDE.match(text, holder.start))
            )
            or (rule == "granted-by" and not number)
            or (
                rule == "made-with" and number < 2 and _follows(text, holder, number, regulation, m)
            )
        ]
        yield from ((holder, m) for m in found)
        if (held and not found) or held > 1:
            return
        held += bool(found)


def _is_object_too(text: str, regulation: Mention, m: Mention) -> bool:
    """Whether the verb before a document governs the mechanism too: neither rests on the other."""
    between = _OBJECT_TOO.fullmatch(text, regulation.end, m.start)
    return between is not None and not _ACTS.search(text, regulation.end, m.start)


def _follows(text: str, holder: Clause, number: int, regulation: Mention, m: Mention) -> bool:
    """Whether a document that is made lays the mechanism down or gives rise to it."""
    if number and _ON_THIS_BASIS.match(text, holder.start, m.start):
        return True
    if number and (
        _MAKES_TOO.match(text, holder.start, m.start) or text.startswith(_WITH_OTHERS, holder.start)
    ):
        return False
    laid_down = number and _LAYS_DOWN.match(text, holder.start, m.start)
    return bool(laid_down) or _share_matter(regulation, m)


def _before(
    text: str, clauses: Sequence[Clause], index: int, regulation: Mention, rule: str
) -> Iterator[_Held]:
    """What stands in front of a document and rests on it, in the same clause or the last."""
    for number, holder in enumerate(reversed(clauses[max(0, index - 1) : index + 1])):
        for m in holder.mentions:
            if m.kind not in ("mechanism", "initiative") or m.start > regulation.start:
                continue
            if _SIDE_BY_SIDE.fullmatch(text, m.end, regulation.start):
                continue  # 执行信访代理制和《…规程》: neither rests on the other
            if rule == "written-into":
                tied = not number
            elif rule == "taught-in":
                tied = m.kind == "initiative"
            else:
                told = bool(number) and rule == "run-by" and _is_told_by(clauses, index, regulation)
                tied = told or (rule != "granted-by" and _share_matter(regulation, m))
            if tied:
                yield holder, m


def _is_told_by(clauses: Sequence[Clause], index: int, regulation: Mention) -> bool:
    """Whether a clause only says by what document the one thing of the last clause is run.

    实行包容审慎监管，依据《…清单》不予处罚.
    """
    last, clause = clauses[index - 1], clauses[index]
    held = list(_held(last, last.start))
    if len(held) != 1 or any(_held(clause, clause.start)):
        return False
    if regulation.start - clause.start > _OPENING:
        return False
    follow = clauses[index + 1 : index + 2]
    shared = share_matter(regulation.surface, held[0].surface, least=1)
    return shared or not any(_held(c, c.start) for c in follow)


def _in_title(clauses: Sequence[Clause], clause: Clause, regulation: Mention) -> Iterator[Finding]:
    """What the clauses around name that stands in the title of the document, too.

    公众参与、专家论证、…程序 is 重大行政决策程序, as 《重大行政决策程序暂行条例》 calls it.
    """
    for other in clauses:
        for m in _held(other, other.start):
            names = ((m.surface.strip("“”"), _NAME_IN_TITLE), (m.name, _LONG_NAME))
            if any(len(n) >= least and n in regulation.surface for n, least in names):
                first, last = sorted((clause, other), key=lambda c: c.start)
                yield _finding(first, last, regulation, m, "in-title")


def find_by_topic(
    doc: Document, before: Sequence[Clause], clauses: Sequence[Clause]
) -> Iterator[Finding]:
    """Yield a finding for each document that a sentence opens with, whose topic is told before.

    深化综合行政执法改革。根据《…》，…: a short sentence that names one mechanism only says what
    the next one, of the same paragraph, is about. So does any sentence before a document whose
    title names the mechanism.

    Args:
        doc: Report text.
        before: Clauses of the sentence before.
        clauses: Clauses of a sentence.
    """
    if not before or "\n" in doc.text[before[-1].end : clauses[0].start]:
        return
    held = [(c, m) for c in before for m in c.mentions if m.kind in ("mechanism", "initiative")]
    told = doc.text[before[0].start : before[-1].end]
    short = len(told) <= _TOPIC and not any(map(str.isdigit, told))
    for clause in clauses[: 1 + _OPENS]:
        for regulation in (m for m in clause.mentions if m.kind == "regulation"):
            rule = _tie(doc.text, clause, regulation)
            for holder, m in held if rule in ("run-by", "made-with") else ():
                named = len(m.surface) >= _LONG_NAME and m.surface in regulation.surface
                topic = short and len(held) == 1 and clause is clauses[0]
                if named or (topic and share_matter(regulation.surface, m.surface, least=2)):
                    yield _finding(holder, clause, regulation, m, "topic")


def find_named_after(doc: Document, entities: Sequence[Entity]) -> Iterator[Finding]:
    """Yield a finding for each initiative whose name holds the name of a document."""
    regulations = [(e, tuple(_titles(e))) for e in entities if e.kind == "regulation"]
    for entity in entities:
        if entity.kind != "initiative":
            continue
        for regulation, titles in regulations:
            for m in entity.mentions:
                if any(title in m.surface for title in titles):
                    yield Finding(
                        "CITES",
                        ("initiative", entity.name),
                        ("regulation", regulation.name),
                        m.start,
                        m.end,
                        "reported",
                        "named-after",
                    )


def _titles(regulation: Entity) -> Iterator[str]:
    aliases = regulation.properties.get("aliases", ())
    names = (regulation.name, *(aliases if isinstance(aliases, tuple) else ()))
    return (str(n) for n in names if len(str(n)) >= _SHORTEST_TITLE)


def _tie(text: str, clause: Clause, regulation: Mention) -> str:
    """How the words around a document tie a mechanism to it; empty when they do not."""
    if _LAWS_IN_GENERAL.match(text, regulation.end):
        return ""
    before = text[max(clause.start, regulation.start - _WINDOW) : regulation.start]
    before = _LISTED.sub("", before)
    if _BASIS.search(before):
        return "run-by"
    if _FRAMED.search(before) and _AS_FRAME.match(text, regulation.end):
        return "run-by"
    if _PUSHED.search(before) and _TAKES_EFFECT.match(text, regulation.end):
        return "run-by"
    if not before.strip("《 ") and _IN_EFFECT.match(text, regulation.end):
        return "run-by"
    if _GRANTS.match(text, regulation.end):
        return "granted-by"
    if _WRITTEN_INTO.search(before):
        return "written-into"
    if _MADE.search(before):
        return "made-with"
    return "taught-in" if _TAUGHT.search(before) else ""


def _share_matter(regulation: Mention, mention: Mention) -> bool:
    """Whether two names have pairs of characters in common that are no mere form words."""
    title, name = regulation.surface, mention.surface
    if _LAW_TEACHING.search(title) and name.endswith("普法"):
        return True
    return share_matter(title, name, least=2)


def _held(clause: Clause, after: int) -> Iterator[Mention]:
    """Mechanisms and initiatives of the clause within reach after an offset."""
    for m in clause.mentions[bisect_left(clause.mentions, after, key=lambda m: m.start) :]:
        if m.start > after + _WINDOW:
            return
        if m.kind in ("mechanism", "initiative"):
            yield m


def _finding(
    clause: Clause, holder: Clause, regulation: Mention, mention: Mention, rule: str
) -> Finding:
    return Finding(
        "CITES",
        (mention.kind, mention.name),
        ("regulation", regulation.name),
        clause.start,
        holder.end,
        "reported",
        rule,
    )
