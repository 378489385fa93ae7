"""Quoted practices without a head: 推行“午间不打烊”, “马上办、就近办、一次办”.

Comes in: a scan of the text and the spans that are taken. Goes out: candidates,
each a quote with the noun in front that says of what.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.naming.boundary import before_quote
from loaders.naming.scan import Scan
from loaders.naming.spans import Candidate, Taken
from loaders.naming.vocabulary import Heads
from loaders.naming.wording import is_award, is_name

QUOTED_NAME = 24
"""Characters of a quoted name, at most."""
_PAIR_OF_STEPS = 2
_LIST = ("、", "和", "与", "及", "或")
_IDIOM = 4
"""Characters of each of two steps, at least; more steps may have any length."""
_FORMULA = re.compile(
    r"[一二两三四五六七八九十百\d]+"
    r"(?:步|张|单|室|员|站|化|必|到|前|访|公|统|级|类|色|方|心|同|清|查|不|率|问|联|有|定|早|办|会|务|位|线|窗|门)"
    r"|.{1,2}即.{1,2}$"
    r"|[一二两三四五六七八九十]\S{1,3}[一二两三四五六七八九十]\S{1,3}$"
    r"|[\u4e00-\u9fff]{2,8}[+＋](?:[\u4e00-\u9fff]{2,8})?$"
    r"|(.)[^、]{1,4}(?:、\1[^、]{1,4}){2,}$"
    r"|.{2,4}[联互]动$|.{2,4}合一$|.*办成事?$|[只仅最].{0,2}一.{1,2}$"
)
_PARALLEL = re.compile(r"[^、]{1,4}(.)(?:、[^、]{1,4}\1){2,}")
_AMOUNT = re.compile(
    r"(?:了|\d+余?[个项种条套类件]|[一二两三四五六七八九十]+[个项种条套类件]|首[个家批])+$"
)
_NEXT_TOPIC = re.compile(r"、[\u4e00-\u9fff]{2,6}")
"""Between two quotes of one list, each with what it is about: A“甲”、B“乙”."""
_FORM_OF = re.compile(
    r"(?:[、和与及]?(?:[\u4e00-\u9fff]{2,6}(?=“))?“[^”]{2,20}”){0,6}等[\u4e00-\u9fff]{0,6}?(?:渠道|载体(?!创新|建设|平台)|机制|制度|模式|方式|做法|工作法)"
)
"""Behind a quote: what it is one of (“…”“…”等乡村治理方式)."""
_CAME_TRUE = re.compile(
    r"(?:已|全面|持续|逐步)?(?:成为现实|变为现实|成为[^，。；]{0,10}(?:品牌|平台|载体|阵地|抓手)|惠及|落地|铺开|推开|流于形式)"
)
"""Behind a quote that opens a clause: what became of the practice."""
_STANDS_ALONE = re.compile(r"[，。；、,;！“）)\s和与及]|等|套餐|做法|经验|举措|服务|新?举措|$")
_EVIDENT = re.compile(
    r".{1,3}即.{1,3}|.{2,4}合一|互联网\+[\u4e00-\u9fff]{2,6}|\d+分钟[\u4e00-\u9fff]{2,6}圈"
    r"|[一两三四五单\d][日天次窗站网件步门][\u4e00-\u9fff]{1,3}[办结通]"
    r"|[一两二三四五六七八九十][方级所调端员社库会链][联互]动|逢[\u4e00-\u9fff]{1,2}必[\u4e00-\u9fff]"
    r"|[\u4e00-\u9fff]{2,6}(?:[+＋][\u4e00-\u9fff]{2,6}){2,}"
    r"|先[\u4e00-\u9fff]{1,4}[、，]?后[\u4e00-\u9fff]{1,4}"
    r"|凡[\u4e00-\u9fff]{1,3}[必皆][\u4e00-\u9fff]{1,3}"
    r"|[日周旬月季](?:调度|通报|研判|例会|督查|会商|分析|点评|考核|排名|阅批|讲评|清零|巡查)"
    r"|每[日周月季年]一[\u4e00-\u9fff]{1,2}"
    r"|一[站网证码照址窗端柜卡]多[\u4e00-\u9fff]"
    r"|每?[日周旬月季年][\u4e00-\u9fff]{2}(?:、每?[日周旬月季年][\u4e00-\u9fff]{2})+"
    r"|(?:一[\u4e00-\u9fff]{1,2}){3,}"
    r"|(?:物业|警务|网格|法官|律师|民警|调解|服务|监督|养老|医疗)进[\u4e00-\u9fff]{1,3}"
)
_EACH = re.compile(r"每(?:[月周季年日]|半[月年])")
_HOW_OFTEN = 16  # characters in front of the quote
_COUNTED_STEPS = re.compile(
    r"[一二两三四五六七八九十][^、]{1,4}(?:、[一二两三四五六七八九十][^、]{1,4}){2,}"
)
_TWO_COUNTS = re.compile(r"[一二两三四五六七八九十双].{1,2}[一二两三四五六七八九十双].{1,3}")
_PAIR = re.compile(r"([\u4e00-\u9fff]{4,6})、([\u4e00-\u9fff]{4,6})")
_CAMPAIGN = re.compile(r"(?:专项)?(?:行动|工程|活动|计划|项目|试点|改革)")


def find_quoted_practices(
    scan: Scan, blocked: Taken, known: Sequence[Candidate]
) -> list[Candidate]:
    """Quoted practices without a head: 推行“午间不打烊”, “马上办、就近办、一次办”.

    Args:
        scan: Text and vocabulary.
        blocked: Spans that are taken.
        known: Wordings of the catalogue in the text.
    """
    text, found = scan.text, []
    opens, closes = scan.layout.opens, scan.layout.closes
    beside = _beside_known(text, known)
    nouns = scan.heads
    strength = 0  # how sure the words before say that a practice follows
    for i, opened in enumerate(opens):
        end = closes[i] + 1
        content = text[opened + 1 : closes[i]]
        if not 2 <= len(content) <= QUOTED_NAME:
            continue
        clause = max(scan.layout.clause_start(opened), blocked.floor(opened))
        # 企业开办“一网通办”“一窗通取” are two, and only the first says of what.
        start = opened if text[opened - 1 : opened] == "”" else before_quote(scan, clause, opened)
        follows = i > 0 and (
            opened - closes[i - 1] <= 2 or _NEXT_TOPIC.fullmatch(text, closes[i - 1] + 1, opened)
        )
        if not (strength and follows):
            amount = _AMOUNT.search(text, max(clause, start - 8), start)
            verb_end = amount.start() if amount else start
            strength = int(text.endswith(nouns.practice_verbs, clause, verb_end))
            strength += int(text.endswith(nouns.introducing, clause, verb_end))
            often = _EACH.search(text, max(clause, start - _HOW_OFTEN), start)
            strength += bool(often and content.endswith("日"))
            if not strength and opened == clause and _CAME_TRUE.match(text, end):
                strength = 1
        if not strength and (opened in beside or end in beside):
            strength = 1
        form = _FORM_OF.match(text, end) is not None
        sure = (
            (form or strength == 2)
            and not content.endswith(nouns.no_practices)
            and (form or _STANDS_ALONE.match(text, end))
        )
        if len(content) == 2 and start == opened:  # “快办” says too little, 人社服务“快办” enough
            continue
        if (
            (
                sure
                or _is_practice(nouns, content, listed=strength > 0)
                or _is_evident(nouns, text, opened, end)
            )
            and is_name(nouns, text, opened, end)
            and not blocked.overlaps(start, end)
        ):
            found.append(Candidate(start, end, "quote"))
    return found


def _beside_known(text: str, known: Sequence[Candidate]) -> set[int]:
    """Where quotes begin or end that stand in a list with a quoted practice that is known."""
    found: set[int] = set()
    for name in known:
        if text[name.start] == "“" and text[name.end - 1] == "”":
            before = name.start - (text[name.start - 1 : name.start] in _LIST)
            behind = name.end + (text[name.end : name.end + 1] in _LIST)
            found.update((before, behind))
    return found


def _is_practice(nouns: Heads, content: str, *, listed: bool) -> bool:
    """Whether the content of a quote is worded like a practice; ``listed`` asks for less."""
    if _PARALLEL.fullmatch(content):
        return content[-1] in nouns.practice_endings
    if not listed:
        return False
    return _is_procedure(content) or (
        2 <= len(content) <= 16
        and (content[-1] in (*nouns.practice_endings, "日") or bool(_FORMULA.match(content)))
    )


def _is_procedure(content: str) -> bool:
    """Whether it lists steps of one length: “接单、分派、回访”, “多测合一、联合验收”."""
    steps = content.split("、")
    if len({len(step) for step in steps}) > 1:
        return False
    return len(steps) > _PAIR_OF_STEPS or (len(steps) == _PAIR_OF_STEPS and len(steps[0]) >= _IDIOM)


def _is_evident(nouns: Heads, text: str, opened: int, end: int) -> bool:
    """Whether a quote is a practice by its own words: “一校一章程”, “院坝说事会”."""
    content = text[opened + 1 : end - 1]
    if is_award(text, opened, end) or _CAMPAIGN.match(text, end):
        return False
    pair = _PAIR.fullmatch(content)
    return (
        content.endswith(nouns.practice_forms)
        or _COUNTED_STEPS.fullmatch(content) is not None
        or _EVIDENT.fullmatch(content) is not None
        or (
            content[-1] in nouns.formula_endings
            and all(_TWO_COUNTS.fullmatch(part) for part in content.split("、"))
        )
        or (
            pair is not None
            and len(pair[1]) == len(pair[2])
            and pair[2][-1] in nouns.practice_endings
        )
    )
