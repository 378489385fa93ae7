"""Who reports, on which year and place.

Comes in: a document. Goes out: a :class:`Heading`. Trust falls in this order:
title (over one to three lines), salutation, first paragraph, signature, footer
of the web page. What cannot be told stays empty, with a warning: a missing year
is better than a wrong one.

A government work report (政府工作报告) given in a year covers the year before
it: that is the year whose work it reviews.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.document import Document
from loaders.organs import (
    Name,
    catalogue,
    is_subdistrict,
    level_of,
    line_of,
    name_agency,
)
from loaders.places import (
    Level,
    Place,
    ancestor_of,
    existed,
    place_of,
    read_place,
    select_place,
    short_name,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What the head and foot of a report say about it.

    Args:
        title: Title as printed, line breaks dropped.
        unit: Canonical name of the reporting agency, with its place.
        also: Other full names of the unit that are just as right.
        surfaces: Forms by which the text names the unit, longest first, as found:
            市信访办, 广内街道 … (我办, 我局 and the like are not listed).
        year: Year that the report covers.
        place: The unit's administrative division; its ``path`` holds the larger ones.
        level: 国家, 省, 市, 县区, 乡镇街道 or 村社区.
        line: Line of work: 信访, 司法, 教育, 综合 …
        published: Date of publication.
        warnings: One sentence for each field that could not be told.
    """

    title: str | None = None
    unit: str | None = None
    also: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = ()
    year: int | None = None
    place: Place | None = None
    level: str | None = None
    line: str | None = None
    published: datetime.date | None = None
    warnings: tuple[str, ...] = ()


# A title is looked for in so many lines with text; a longer line is no title.
_HEAD_LINES = 30
_TITLE_LENGTH = 90
_FOOT_LINES = 12

_NAVIGATION = re.compile(
    r"^(?:当前位置|您的位置|您所在的位置|您当前|现在位置|位置[:：]|首页|网站首页|分享|打印|关闭|字号|字体|来源|信息来源|稿源|作者|责任编辑|编辑"
    r"|发布时间|发布日期|发文日期|成文日期|生成日期|公开日期|更新时间|时间[:：]|日期[:：]|浏览|阅读|点击|访问量|索\s*引\s*号|主题分类|主题词|体裁|组配"
    r"|发文机构|发布机构|发文机关|发布单位|制发机关|公开机构|发文字号|文\s*号|有效性|公开方式|公开范围|公开属性|名\s*称[:：]|标\s*题[:：]|【|\[|扫一扫|收藏|返回|下载|附件|政务公开\s*[>》]|政务公开$"
    r"|主办|承办|版权|政府网站标识码|京ICP|ICP|网站地图|联系我们|无障碍|繁體|登录|搜索|朗读|语音)"
)
_META_TITLE = re.compile(r"^(?:名\s*称|标\s*题|文件名称|信息名称)\s*[:：]\s*")
_META_UNIT = re.compile(
    r"^(?:发文机构|发布机构|发文机关|发布单位|制发机关|公开机构|信息来源|来源|发布者|发布部门|制发单位)\s*[:：]\s*(?P<unit>[^\s:：;；，,|]{2,40})"
)
_FOOT_UNIT = re.compile(r"主办(?:单位)?\s*[:：]\s*(?P<unit>[^\s:：;；，,|]{2,40})")
_KIND = re.compile(
    r"报告|总结|情况|汇报|述法|述职|要点|计划|方案|自查|综述|评估|年报|工作回顾|报\s*告$"
)
_REPORT = re.compile(r"报告|总结|汇报|年报|自查|情况|述职述法|述法|综述|回顾")

_DIGITS = "〇○Ｏ零一二三四五六七八九"
_NUMERAL = {**{d: i for i, d in enumerate("〇一二三四五六七八九")}, "○": 0, "Ｏ": 0, "零": 0}
# The year itself is captured; a range (2021-2025年) is matched whole and left out.
_YEAR = re.compile(
    rf"(?P<range>(?:19|20)\d\d\s*年?\s*(?:[-—–－~～至]|——)+\s*(?:19|20)\d\d\s*年?)"
    rf"|(?<!\d)(?P<year>(?:19|20)\d\d)\s*年|(?<![{_DIGITS}])(?P<han>[{_DIGITS}]{{4}})\s*年"
    rf"|(?<!\d)(?P<bare>(?:19|20)\d\d)(?=\s*(?:法治|信访|工作|依法|政府|上半|下半|第[一二三四]季|年度|、))"
)
_DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s*[-./年]\s*(?P<m>\d{1,2})\s*[-./月]\s*(?P<d>\d{1,2})\s*日?"
)
_HAN_DATE = re.compile(
    rf"(?P<y>[{_DIGITS}]{{4}})年(?P<m>[{_DIGITS}十]{{1,3}})月(?P<d>[{_DIGITS}十]{{1,3}})日"
)
# What follows the unit in a title.
_AFTER_UNIT = re.compile(
    r"关于|(?:19|20)\d\d|[〇○零一二三四五六七八九]{4}年|年度|法治(?:政府|建设|工作|宣传|[一-鿿]{2}建设|报告)|推进|落实|贯彻|履行|开展|依法行政|依法治理"
    r"|政府信息公开|信息公开|政务公开|信访(?:工作|事项|总结|情况)(?!联席|领导小组|委员会|办公室|中心|局)|工作(?:总结|报告|情况|汇报|要点|计划)|普法(?!办)|“[一-鿿]五”|上半年|下半年|全年|第[一二三四]季度"
    r"|述职|述法|年报|行政执法(?:工作|情况|年度|统计|三项|监督|总队|支队|大队|队|局)|政府工作|自查|深入|全面(?!依法治)|加强|近年|本年|年终|半年|[（(]|[:：]|——"
)
_ENFORCEMENT = re.compile(r"行政执法(?=总队|支队|大队|队|局)")
# Last characters of the names of units.
_HEADS = (
    "省", "市", "县", "区", "旗", "州", "盟", "镇", "乡", "街道", "苏木", "村", "社区", "师",
    "团", "局", "委", "办", "厅", "部", "院", "所", "队", "处", "室", "组", "会", "中心", "站",
    "馆", "校", "园", "学", "社", "台", "署", "府", "司", "厂", "库", "段", "港", "海关", "集团",
    "基地", "银行",
)  # fmt: skip
_LEADS = re.compile(
    r"^(?:中国共产党|中共|关于|印发|报送|呈报|上报|【[^】]*】|《|\d{4}年?度?|[\s·•●★]+)+"
)
_SELF = re.compile(r"我[局办委厅部院所中心街道镇乡县区市省]|本[局办委厅部院]")
_GENERAL = re.compile(r"^(?:区|市|县|省|州|我|本|全|各|本单位|单位|部门)$")


_SITTING = re.compile(r"在(?P<place>[^第，。\s]{2,20})?第[^届]{1,6}届(?:全国)?人民代表大会")


def find_heading(doc: Document) -> Heading:
    """Tell unit, year, place and date of a report from its head and foot.

    Args:
        doc: The report's text.
    Returns:
        A heading; what could not be told is None and has a warning.
    """
    lines = list(_lines(doc.text))
    head, foot = lines[:_HEAD_LINES], lines[-_FOOT_LINES:]
    warnings: list[str] = []
    title = _find_title(head)
    published, bad_date = _find_date(head, foot, title)
    if bad_date:
        warnings.append(f"The date {bad_date} does not exist, so the report has no date.")
    year = _find_year(title, doc, lines, published, warnings)
    counts = _PlaceCounts(doc.text)
    unit = _find_unit(title, lines, head, foot, counts, year)
    if unit is None:
        warnings.append("Neither title, opening, signature nor footer names the reporting unit.")
        return Heading(title, year=year, published=published, warnings=tuple(warnings))
    if unit.ambiguous:
        warnings.append(
            f"{unit.place.full_name if unit.place else unit.printed} was chosen among places of"
            " one name, and nothing in the text confirms it."
        )
    name, place = unit.name, unit.place
    if place and place.level == "乡镇街道":
        for short in sorted(_abbreviations(doc.text, place)):
            name = name_agency(place, unit.body, short)
    return Heading(
        title,
        name.name,
        name.also,
        _surfaces(doc.text, unit),
        year,
        place,
        level_of(name.name, place),
        line_of(name.name),
        published,
        tuple(warnings),
    )


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        line = re.sub(r"\[bookmark:[^\]]*\]|^\s*#+\s*", "", line)
        if line := re.sub(
            r"(?<=[^\x00-\x7f])[ \u3000]+(?=[^\x00-\x7f])", "", line.strip(" \t\u3000\ufeff")
        ):
            yield line


def _find_title(head: Sequence[str]) -> str | None:
    """The best run of one to three lines that reads as a title."""
    best: tuple[int, int, int] | None = None
    found: str | None = None
    for i, line in enumerate(head):
        if meta := _META_TITLE.match(line):
            joined = line[meta.end() :]
            score = _title_score(joined) - 1
            if score > 0 and (best is None or (-score, i, 1) < best):
                best, found = (-score, i, 1), joined
            continue
        for n in (1, 2, 3):
            part = head[i : i + n]
            if len(part) < n or any(_NAVIGATION.match(p) for p in part):
                break
            if any(re.search(r"[。；;，,！]|[:：]$", p) for p in part):
                break
            joined = "".join(part)
            if len(joined) > _TITLE_LENGTH:
                break
            score = _title_score(joined)
            if n > 1 and score and _title_score(part[-1]) >= score:
                continue
            if score > 0 and (best is None or (-score, i, n) < best):
                best, found = (-score, i, n), joined
        if re.match(r"一、|（一）|\(一\)", line):
            break
    return found


def _title_score(text: str) -> int:
    """How much a line reads as a report's title; 0 when it does not."""
    if (
        not _KIND.search(text)
        or len(text) < 4
        or re.match(r"[一二三四五六七八九十]+、|[（(][一二三]", text)
    ):
        return 0
    score = 1
    if re.search(
        r"(?:报告|总结|情况|汇报|年报|述职述法|综述|要点)(?:[（(【][^）)】]*[）)】])?(?:[（(].*)?$",
        text,
    ):
        score += 3
    if _YEAR.search(text):
        score += 2
    if read_unit(text):
        score += 2
    return score if score > 3 else 0


def _han_number(text: str) -> int:
    """A date's number in Chinese digits: 十二 → 12, 三十一 → 31."""
    if "十" in text:
        tens, _, units = text.partition("十")
        return (_NUMERAL.get(tens, 1) if tens else 1) * 10 + (_NUMERAL[units] if units else 0)
    value = 0
    for digit in text:
        value = value * 10 + _NUMERAL[digit]
    return value


def _dates(line: str) -> Iterator[tuple[str, datetime.date | None]]:
    for match in _DATE.finditer(line):
        try:
            yield match.group(), datetime.date(int(match["y"]), int(match["m"]), int(match["d"]))
        except ValueError:
            yield match.group(), None
    for match in _HAN_DATE.finditer(line):
        try:
            y, m, d = (_han_number(match[key]) for key in "ymd")
            yield match.group(), datetime.date(y, m, d)
        except (ValueError, KeyError):
            yield match.group(), None


def _find_date(
    head: Sequence[str], foot: Sequence[str], title: str | None
) -> tuple[datetime.date | None, str]:
    """Date of publication, of the web page before that of the signature."""
    bad = ""
    for line in (*head, *reversed(foot)):
        short = len(line) < 40 and not re.search(r"[。；]", line)
        if not short and not _NAVIGATION.match(line):
            continue
        if re.search(r"施行|通过|[—至~]", line) or line == title:
            continue
        for printed, date in _dates(line):
            if date:
                return date, ""
            bad = bad or printed
    return None, bad


def _years(text: str) -> list[int]:
    """Years that a text names, in order; ranges are left out."""
    found = []
    for match in _YEAR.finditer(text):
        if match["range"]:
            continue
        if match["han"]:
            year = _han_number(match["han"])
            if 1980 <= year <= 2100:
                found.append(year)
        else:
            found.append(int(match["year"] or match["bare"]))
    return found


_PLAN = re.compile(r"(?:工作)?(?:计划|要点|安排|打算|思路|谋划|部署|重点工作)")


def _find_year(
    title: str | None,
    doc: Document,
    lines: Sequence[str],
    published: datetime.date | None,
    warnings: list[str],
) -> int | None:
    """Year that the report covers."""
    years = sorted(set(_years(title or "")))
    review = bool(title and re.search(r"政府工作报告", title))
    if len(years) > 1 and title:
        parts = re.findall(r"((?:19|20)\d\d)年(.{0,25}?)(?=(?:19|20)\d\d年|$)", title)
        reported = {
            int(y)
            for y, rest in parts
            if re.search(r"总结|情况|报告|汇报|回顾|完成", rest) and not _PLAN.search(rest)
        }
        if len(reported) == 1 and all(rest.strip("、和与及至-—度") for _, rest in parts):
            return reported.pop()
        if years != [min(years), min(years) + 1] or not _PLAN.search(title):
            warnings.append("The title names several years, so the year is not told.")
            return None
        return years[0]
    if years and not review:
        return years[0]
    body = _body_year(lines, title)
    if review:
        given = (
            years[0] if years else _meeting_year(lines) or (published.year if published else None)
        )
        if given is None:
            return body
        return body if body in (given, given - 1) else given - 1
    if body is None and published and published.month >= 11:
        body = published.year if any(f"{published.year}年" in line for line in lines) else None
    if body is None:
        warnings.append("No year stands in the title or opens the text, so the year is not told.")
    return body


def _meeting_year(lines: Sequence[str]) -> int | None:
    """Year of the sitting at which a government work report was given."""
    for line in lines[:8]:
        if re.search(r"\d{4}年\d{1,2}月\d{1,2}日.{0,30}会议", line) or line.startswith(("——", "—")):
            years = _years(line)
            if years:
                return years[0]
    return None


def _body_year(lines: Sequence[str], title: str | None) -> int | None:
    """Year that headings and opening sentences report on, if they agree."""
    votes: Counter[int] = Counter()
    seen = 0
    for line in lines[:400]:
        if line == title or _NAVIGATION.match(line):
            continue
        plain = re.sub(r"《[^《》]*》|[（(][^（）()]*[）)]", "", line)
        if re.match(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]", plain):
            if not _PLAN.search(plain) and not re.search(r"下一步|明年|问题|不足", plain):
                for year in _years(plain[:40])[:1]:
                    votes[year] += 4
        elif len(plain) > 25:
            seen += 1
            if match := re.match(
                r"(?:截至|截止|自|根据[^，。]{0,20})?((?:19|20)\d\d)年(?:度|以来|，|,|是|[一-鿿])",
                plain,
            ):
                votes[int(match[1])] += 4 if seen <= 2 else 1
            if seen <= 2:
                for match in re.finditer(
                    r"(?:将|就|对)?.{0,10}?((?:19|20)\d\d)年(?:度|法治|工作|推进|信访|依法|[^，。]{0,16}(?:情况|报告|汇报))",
                    plain[:400],
                ):
                    votes[int(match[1])] += 3
    if not votes:
        return None
    (first, most), *rest = votes.most_common(2)
    if rest and rest[0][1] * 3 > most * 2:
        return None
    return first


class _PlaceCounts(dict[str, int]):
    """How often the head and foot of a text write a place's name, counted when asked."""

    def __init__(self, text: str) -> None:
        self._text = text[:20000] + "\n" + text[20000:][-3000:]

    def __missing__(self, name: str) -> int:
        self[name] = count = self._text.count(name)
        return count


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit as read from one place of the document.

    Args:
        name: Its canonical name with other full names.
        place: Its division, None for bodies without one.
        printed: The wording.
        body: The wording without the place.
        ambiguous: Whether the place was chosen among several without a hint.
    """

    name: Name
    place: Place | None
    printed: str
    body: str
    ambiguous: bool = False


def read_unit(title: str) -> str | None:
    """The unit that a title begins with or holds, as printed; None without one."""
    text = re.sub(r"\s+", "", title)
    for _ in range(3):
        lead = _LEADS.match(text)
        party = bool(lead and re.search(r"中共|中国共产党", lead.group()))
        if lead:
            text = text[lead.end() :]
        cut = _AFTER_UNIT.search(text)
        while cut and _ENFORCEMENT.match(text, cut.start()):
            cut = _AFTER_UNIT.search(text, cut.start() + 4)
        unit = (text[: cut.start()] if cut else text).rstrip("的对在就、")
        if _is_unit(unit):
            return ("中共" if party else "") + unit
        if not cut or unit:
            return None
        year = _YEAR.match(text)
        text = text[year.end() if year else cut.end() :].lstrip("度")
    return None


def _is_unit(text: str) -> bool:
    if not 2 <= len(text) <= 45 or _GENERAL.match(text) or re.search(r"[。，；！？“”]", text):
        return False
    if text in catalogue().central:
        return True
    if re.search(r"^(?:各|全|有关|相关|我们|一年|今年|去年)", text):
        return False
    if text.endswith(_HEADS):
        return True
    span = read_place(text)
    return span is not None and text[span.end :] in catalogue().organs


def _resolve(
    printed: str, counts: _PlaceCounts, year: int | None, near: Place | None = None
) -> _Unit | None:
    """Name a unit as printed, its place completed through the gazetteer."""
    text = printed.strip("：:、，, ")
    if known := catalogue().central.get(text):
        return _Unit(known, None, printed, text)
    if text.endswith("税务局"):
        text = text.removeprefix("国家税务总局")
    text = re.sub(r"^(?:中共|中国共产党)(?=.)", "", text)
    party = "中国共产党" in printed or printed.lstrip().startswith("中共")
    relative = re.match(r"(?:我|本)?(?P<level>[省市州盟县区旗镇乡])(?=[^区县市镇乡])", text)
    span = read_place(text)
    ambiguous = False
    if span is None:
        span = read_place(text, short=True)
        rest = text[span.end :] if span else ""
        if span and not (
            rest in catalogue().organs or re.search(r"公安|法院|检察院|分局", rest[:6])
        ):
            span = None
    if span is None and re.search(r"大学|学院$|集团|公司|海关|铁路|银行", text):
        return _Unit(Name(text), None, printed, text)
    if span is None and relative and near:
        anchor = nearest_division(near, relative["level"])
        if anchor is None:
            return None
        body = text[relative.end("level") :]
        return _Unit(name_agency(anchor, body), anchor, printed, body)
    if span is None:
        if re.match(r"国家|中央|全国|中国|中华|最高", text) or text.endswith("部"):
            return _Unit(Name(text), None, printed, text)
        return _Unit(Name(text), None, printed, text, ambiguous=True) if _is_unit(text) else None
    place = select_place(span.candidates, near, year, counts)
    assert place is not None
    rivals = [p for p in span.candidates if existed(p, year) and p.full_name != place.full_name]
    if rivals and near is None:
        ambiguous = not any(counts[n] + counts[short_name(n)] for n in place.path)
    body = text[span.end :]
    if re.search(r"大学|学院$|集团|公司$|海关$", body) and place.level in ("省", "市"):
        return _Unit(Name(text), place, printed, body)
    if party and not body.startswith("委"):
        body = body if body else "委"
    joint = re.match(r"委(?:员会)?(?:[、，]?" + re.escape(place.name) + r")?(?:人民)?政府$", body)
    if joint:
        body = "人民政府"
    if party and body == "委员会":
        body = "委"
    body = re.sub(r"^委员会(?=[一-鿿])", "委", body) if party else body
    if place.level == "乡镇街道" and is_subdistrict(place):
        body = re.sub(r"^街道(?=办事处)", "", body)
    name = name_agency(place, body)
    return _Unit(name, place, printed, body, ambiguous)


def nearest_division(place: Place, level: str) -> Place | None:
    """The division that 市, 区, 县 … stands for in a report of that place."""
    levels: dict[str, Level] = {
        "省": "省",
        "州": "市",
        "盟": "市",
        "县": "县区",
        "区": "县区",
        "旗": "县区",
        "镇": "乡镇街道",
        "乡": "乡镇街道",
    }
    if level == "市":
        for names in (place.names[: i + 1] for i in reversed(range(len(place.names)))):
            if names[-1].endswith("市"):
                return place_of(names)
        return None
    return ancestor_of(place, levels[level])


def _find_unit(
    title: str | None,
    lines: Sequence[str],
    head: Sequence[str],
    foot: Sequence[str],
    counts: _PlaceCounts,
    year: int | None,
) -> _Unit | None:
    """The reporting unit, from the most trusted part that names it with a place."""
    near = _near(head, foot, counts, year)
    partial: _Unit | None = None
    named = read_unit(title) if title else None
    for printed in _unit_texts(title, lines, head, foot):
        unit = _resolve(printed, counts, year)
        if unit is None or unit.place is None:
            other = _resolve(printed, counts, year, near) if near else None
            unit = other or unit
        if unit is None:
            continue
        if unit.place or unit.name.name in {n.name for n in catalogue().central.values()}:
            return _checked(unit, near, counts, year)
        if printed == named or unit.body in catalogue().organs:
            partial = partial or unit
    if (
        partial
        and near
        and not re.search(r"大学|学院|集团|公司|海关|^国家|^中国|部$|总局$", partial.printed)
    ):
        return _Unit(name_agency(near, partial.body), near, partial.printed, partial.body, True)
    return partial


def _checked(unit: _Unit, near: Place | None, counts: _PlaceCounts, year: int | None) -> _Unit:
    """An ambiguous unit read again in the light of the footer's and signature's place."""
    if unit.ambiguous and near:
        again = _resolve(unit.printed, counts, year, near)
        if again and again.place:
            sure = (
                near.is_within(again.place)
                or again.place.is_within(near)
                or (again.place.path[:1] == near.path[:1] and bool(near.path))
            )
            return _Unit(again.name, again.place, again.printed, again.body, not sure)
    return unit


def _near(
    head: Sequence[str], foot: Sequence[str], counts: _PlaceCounts, year: int | None
) -> Place | None:
    """A place that footer, signature or page data name without doubt."""
    for line in (*foot, *head):
        texts = [m["unit"] for rx in (_META_UNIT, _FOOT_UNIT) for m in rx.finditer(line)]
        if len(line) < 40 and not _NAVIGATION.match(line) and not re.search(r"[。；，,]", line):
            texts.append(line)
        for text in texts:
            span = read_place(re.sub(r"^(?:中共|中国共产党)", "", text))
            if span and len({p.full_name for p in span.candidates if existed(p, year)}) == 1:
                return select_place(span.candidates, None, year, counts)
    return None


def _unit_texts(
    title: str | None, lines: Sequence[str], head: Sequence[str], foot: Sequence[str]
) -> Iterator[str]:
    """Wordings that may name the unit, the most trusted first."""
    if title and (unit := read_unit(title)):
        yield unit
    if title and "政府工作报告" in title:
        for line in head:
            if match := _SITTING.search(line):
                yield match["place"] + "人民政府" if match["place"] else "国务院"
    for line in reversed(foot):
        if len(line) < 40 and not _NAVIGATION.match(line) and not re.search(r"[。；，:：]", line):
            text = re.sub(_DATE, "", line).strip("（）() ").split("、")[0]
            if _is_unit(text) and not _REPORT.search(text):
                yield text
    for line in head:
        if match := re.search(
            r"(?:^|[，,。；])(?:20\d\d年[^，,。]{0,6}[，,])?(?P<unit>[^，,。；\s]{2,30}?)(?:在[^，。]{2,40}(?:领导|指导)下|认真贯彻|深入贯彻|坚持以|坚持|始终|紧紧围绕|全面贯彻|认真学习|高度重视|严格按照|以习近平)",
            line,
        ):
            text = re.sub(r"^(?:我|本|全)", "", match["unit"])
            if text.endswith(("中央", "国务院")) or "、" in text:
                continue
            if _is_unit(text) and len(text) > 2:
                yield text
    for line in (*head, *foot):
        if match := _META_UNIT.match(line):
            yield match["unit"]
    for line in foot:
        if match := _FOOT_UNIT.search(line):
            text = re.sub(r"(?:人民政府)?办公[室厅]$", "人民政府", match["unit"])
            if _is_unit(text):
                yield text


def _surfaces(text: str, unit: _Unit) -> tuple[str, ...]:
    """Forms by which a text names its unit, as found, longest first."""
    forms = {unit.printed, unit.name.name, *unit.name.also}
    place = unit.place
    if place and unit.body and place.level != "乡镇街道":
        organ = catalogue().organs.get(unit.body)
        relative = ("自治" if "自治" in place.name else "") + place.name[-1]
        for form in organ.forms if organ else (unit.body,):
            forms.update({relative + form, place.name + form, short_name(place.name) + form})
    if place and place.level == "乡镇街道":
        forms.update({place.name, place.name + unit.body})
        forms.update(_abbreviations(text, place))
    if place and place.level != "乡镇街道":
        forms -= {place.name, place.full_name, short_name(place.name)}
    return tuple(sorted((f for f in forms if len(f) > 1 and f in text), key=lambda f: (-len(f), f)))


def _abbreviations(text: str, place: Place) -> set[str]:
    """How a report shortens its town's name: 广内街道 for 广安门内街道.

    A shortening keeps the first character and the order of the others, is at
    least two characters before 街道, and the text uses it more than twice.
    """
    suffix = "街道" if place.name.endswith("街道") else place.name[-1]
    stem = place.name.removesuffix(suffix)
    if len(stem) < 3:
        return set()
    inner = "".join(f"{re.escape(c)}?" for c in stem[1:])
    found = Counter(m.group() for m in re.finditer(f"{re.escape(stem[0])}{inner}{suffix}", text))
    return {
        form
        for form, count in found.items()
        if count > 2 and len(form) >= 2 + len(suffix) and form != place.name
    }
