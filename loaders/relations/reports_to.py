"""REPORTS_TO: a body is led, directed or assigned work by another, or reports to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.actors import agency_runs
from loaders.clauses import Clause
from loaders.cues import alternation
from loaders.document import Document
from loaders.entities import Mention
from loaders.heading import Heading
from loaders.relations.finding import Finding

_WINDOW = 80  # characters in which titles listed before a run of agencies are skipped
_TITLES = re.compile(
    r"(?:《[^》]*》(?:[（(][^）)]*[）)])?(?:[、和与及]|以及)*)+$"
)  # 贯彻《…》和区委的要求
_LONGEST_CUE = 12  # characters before a run of agencies that may place it above
_SPIRIT = re.compile(
    rf"(?P<verb>{alternation('direction_verbs')})"
    r"[\u4e00-\u9fff、]{2,20}?会议精神(?:[、和与及]|以及)$"
)
"""In front of those who direct, beside a meeting: 落实全国…会议精神和|市委部署要求."""
_ADJECTIVES = r"(?:的)?(?:[\u4e00-\u9fff、]{0,12}?)"
_LED = rf"(?:{alternation('leadership_nouns')})(?<!领导(?=干部|班子|小组|人员|同志|责任|职务|机关))"
_UNDER = re.compile(rf"{_ADJECTIVES}{_LED}")
_DIRECTION = re.compile(
    r"(?![有相]关司法解释)(?:的)?(?:关于[\u4e00-\u9fff“”、]{0,30}?|[\u4e00-\u9fff]{0,8}?|(?:[“《][^”》，。；]{1,40}[”》][、和]?)+[\u4e00-\u9fff]{0,4}?)"
    rf"(?:{alternation('direction_nouns')})"
)
_HANDED = r"(?:我[省市区县镇局办]|全[省市区县])?(?:的|[^，。；]{0,8}(?:事项|案件|任务|工作|线索))"
_ACT = re.compile(
    r"(?:统一|专门|重点|集中|依法|分[一-鿿\d]{1,2}批)?"
    rf"(?:{alternation('direction_acts')}){_HANDED}"
)
_MATTER = re.compile(r"(?:交办|转办|督办|转送)(?:的)?[^，。；]{0,8}?(?:事项|案件|任务|线索|件)")
"""A matter that is handed down, whatever is done with it: 推动市委交办案件清零."""
_REPORT = re.compile(rf"[^，。；]{{0,12}}?(?:{alternation('report_verbs')})")
_GIVES = re.compile(
    rf"[^，。；]{{0,20}}?给予[^，。；]{{0,8}}?(?:{alternation('leadership_nouns')})"
    r"|[^，。；]{0,6}?对[^，。；]{0,18}?(?:领导|直接部署|统一部署)"
)
_GUIDES = re.compile(r"(?:指导|督导|领导|要求)$")
_HEARD = r"听取[^，。；]{0,20}汇报"
_REPORTED = re.compile(r"(?:关于)?[^，。；]{0,60}?的?(?:专项)?(?:工作)?(?:报告|汇报)")
_HEAR = re.compile(rf"[^，。；]{{0,14}}?{_HEARD}")
_HEARS = re.compile(_HEARD)
_DIRECTED_BY = re.compile(rf"(?:{alternation('direction_verbs')})(?:好|了)?$")
_DIRECTED_BY_BOTH = re.compile(rf"(?:{alternation('direction_verbs')})[\u4e00-\u9fff、]{{2,12}}$")
"""In front of a title and its issuer: 按照教育部《…》和省教育厅要求."""
_SUBMITTED = ("提请", "报请", "提交", "报送", "报经", "报")
_SENT = ("报送", "呈报", "上报", "抄报", "呈送", "结果报", "情况报", "报告报", "方案报")
"""In front of those to whom a paper goes, at the end of a clause: 《专报》报送|市委办公室."""
_DELIBERATED = re.compile(
    r"[^，。；《]{0,8}?(?:研究|审议|审定|审查|讨论|审批|批准|同意)(?:通过)?(?!制度|机制)"
)
"""Behind those to whom a matter is submitted: 提请区委常委会会议|研究信访工作."""
_HALF = re.compile(r"[省市县区][、和]$")
"""The first half of 省、市信访局, which names no body by itself."""
_LED_BY = re.compile(
    rf"(?:^|[^现存内])在(?:以习近平同志为核心的)?$|(?:靠着|依靠|得益于)$|(?:{alternation('leadership_nouns')}|部署)(?:[、和与及]|以及)$"
)
_ASSEMBLY = re.compile(r"人民代表大会|政治协商会议|人大|政协")
_CENTRE = frozenset({"中共中央", "国务院"})


def find_reports_to(
    doc: Document, heading: Heading, clauses: Sequence[Clause]
) -> Iterator[Finding]:
    """Yield a finding for each body that a clause places above its actor."""
    text = doc.text
    for clause in clauses:
        if _hears(text, heading, clause):
            for hearer in clause.subjects:
                yield _finding(str(heading.unit), hearer, clause, "heard-by")
        for run in agency_runs(text, clause.mentions):
            if _guides(text, clause, run):
                yield from _guided(clause, run)
                continue
            if _heard(text, clause, run):
                yield from (
                    _finding(m.name, above, clause, "heard-by")
                    for above in clause.subjects
                    for m in run
                )
                continue
            rule = _direction(text, clause.start, clause.end, run)
            if rule is None:
                continue
            lowers = _lowers(heading, clause, run)
            for above in run:
                if _is_vague(above, heading, rule):
                    continue
                for lower in lowers:
                    if above.name.startswith(lower):
                        continue  # its own office: 市政府督查室督办事项
                    yield _finding(lower, above.name, clause, rule)


def _finding(lower: str, above: str, clause: Clause, rule: str) -> Finding:
    status = "reported" if clause.status == "lacking" else clause.status
    return Finding(
        "REPORTS_TO",
        ("agency", lower),
        ("agency", above),
        clause.start,
        clause.end,
        status,
        rule,
    )


def _hears(text: str, heading: Heading, clause: Clause) -> bool:
    """Whether bodies named in a clause before this one hear the unit: 区委重视…，听取我局汇报."""
    above = heading.unit is not None and heading.unit not in clause.subjects
    return above and bool(_HEARS.search(text, clause.start, clause.end))


def _guides(text: str, clause: Clause, run: Sequence[Mention]) -> bool:
    """Whether the clause's subject guides the run of agencies: 指导丙镇政府…."""
    first = run[0].start
    return bool(_GUIDES.search(text[max(clause.start, first - _LONGEST_CUE) : first]))


def _heard(text: str, clause: Clause, run: Sequence[Mention]) -> bool:
    """Whether the clause's subject hears the run of agencies: 听取县法院、县检察院关于…的报告."""
    if not text.endswith("听取", clause.start, run[0].start):
        return False
    return _REPORTED.match(text, run[-1].end, clause.end) is not None


def _guided(clause: Clause, run: Sequence[Mention]) -> Iterator[Finding]:
    for above in clause.subjects:
        for lower in run:
            yield _finding(lower.name, above, clause, "guided-by")


def find_salutation(
    doc: Document, heading: Heading, mentions: Sequence[Mention]
) -> Iterator[Finding]:
    """Yield a finding for each body that the report is addressed to (区委、区政府:)."""
    if heading.unit is None:
        return
    for passage in doc.passages[:6]:
        line = doc.text[passage.start : passage.end]
        if (
            len(line) > 40
            or not line.endswith((":", "："))
            or ":" in line[:-1]
            or "：" in line[:-1]
        ):
            continue
        for m in mentions:
            if m.kind == "agency" and passage.start <= m.start and m.end <= passage.end:
                yield Finding(
                    "REPORTS_TO",
                    ("agency", heading.unit),
                    ("agency", m.name),
                    passage.start,
                    passage.end,
                    "reported",
                    "salutation",
                )
        return


def _direction(text: str, start: int, end: int, run: Sequence[Mention]) -> str | None:
    """How the clause places the run of agencies above its actor, if it does."""
    before = text[max(start, run[0].start - _WINDOW) : run[0].start]
    printed = before[-_LONGEST_CUE:]
    before = _SPIRIT.sub(r"\g<verb>", _TITLES.sub("", _HALF.sub("", before)))[-_LONGEST_CUE:]
    after = run[-1].end
    if _LED_BY.search(before) and _UNDER.match(text, after, end):
        return "led-by"
    if _GIVES.match(text, after, end):
        return "led-by"
    if before.endswith("向") and _REPORT.match(text, after, end):
        return "reports"
    if before.endswith(_SUBMITTED) and _DELIBERATED.match(text, after, end):
        return "reports"
    if before.endswith(_SENT) and after == end:
        return "reports"
    if _HEAR.match(text, after, end):
        return "heard-by"
    directed = _DIRECTED_BY.search(before) or (
        before != printed and _DIRECTED_BY_BOTH.search(before)
    )
    if directed and (_DIRECTION.match(text, after, end) or _UNDER.match(text, after, end)):
        return "directed-by"
    opens = directed or not before or before.endswith(("对", "将", "把", "、", "和"))
    if before.endswith("向"):
        return None  # 向区法院转送材料58件: to another, not from above
    if _MATTER.match(text, after, end) or (opens and _ACT.match(text, after, end)):
        return "assigned-by"
    return None


def _lowers(heading: Heading, clause: Clause, run: Sequence[Mention]) -> list[str]:
    """The bodies below: the clause's subjects, the unit where the run itself is the subject."""
    names = {m.name for m in run}
    for acting in (clause.subjects, clause.actors[:1], clause.actors):
        below = [actor for actor in acting if actor not in names]
        if below:
            return below if acting is clause.subjects else below[:1]
    return [heading.unit] if heading.unit and heading.unit not in names else []


def _is_vague(above: Mention, heading: Heading, rule: str) -> bool:
    """Whether the body only oversees, or is so far above that a set phrase (中央部署) names it."""
    if _ASSEMBLY.search(above.name) and not _ASSEMBLY.search(heading.unit or ""):
        return rule != "reports"
    return above.name in _CENTRE and heading.level not in ("国家", "省")
