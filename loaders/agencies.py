"""Agencies that a report names.

Comes in: a document, who reports, and the spans that titles of documents take.
Goes out: mentions with canonical names, and entities. A name is looked up in the
catalogue of organs; the division in front of it, named (东城区教委) or relative
to the report (区教委), completes it. Bodies that no catalogue lists are read by
their heads, see :mod:`loaders.bodies`. Classes (各区司法局), posts (局长) and
meetings are refused.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

import ahocorasick

from loaders.bodies import body_start, cues, is_boundary
from loaders.document import Document
from loaders.entities import Entity, Mention
from loaders.heading import Heading
from loaders.organs import (
    RURAL_BODIES,
    TOWN_BODIES,
    Name,
    agency_properties,
    aliases_of,
    catalogue,
    is_subdistrict,
    name_agency,
)
from loaders.places import (
    Place,
    ancestor_of,
    nearest_division,
    place_before,
    place_of,
    read_place,
    select_place,
    short_name,
)

_RELATIVE = "省市区县州旗盟镇乡"
# 社区, 城市 and the like end in the same characters and stand for no division.
_NO_RELATIVE = frozenset("社地辖园片校景库山小城都超股集闹灾疫学厂矿牧林开新保街各")
_LAST_OF_PLACE = frozenset("省市区县州旗盟镇乡道团师")
_RUNS_ON = {
    last: frozenset(following)
    for last, following in {
        "办": "法理事公学案结好",
        "委": "托派屈员任以婉培",
        "局": "面势限部地",
        "部": "门署队分位件",
        "院": "校士落",
        "所": "有需",
        "队": "伍",
        "会": "议计同商场",
        "组": "织合成建",
        "厅": "级",
        "府": "性",
    }.items()
}
_NO_NAME = re.compile(r"建设|打造|做优|做强|提升|支持|[两三四五六七八九十]大|[两三]级")
# Forms that may be the end of a longer name: 应急|综合行政执法队.
_LONGER = ("局", "队", "中心", "委员会", "委员会办公室")
_FOREIGN = frozenset("各级类个等两多全")


@cache
def _automaton() -> ahocorasick.Automaton:
    """Every form of an organ, head and self-reference, with what it is."""
    words: dict[str, str] = {}
    for head in cues().heads:
        words[head] = "head"
    for form in (*TOWN_BODIES, *RURAL_BODIES):
        if len(form) > 1 and form not in words:
            words[form] = "organ"
    for form in catalogue().organs:
        if form.startswith("委") and not form.startswith("委员"):
            words.update({p + form: "party" for p in "省市区县州旗盟"})
        elif len(form) > 1:
            words[form] = "organ"
    words.update({p + "委": "party" for p in "省市区县州旗盟"})
    words.update({f"团{p}委": "youth" for p in "省市区县州旗盟"})
    words.update({"党组": "leadership", "公安分局": "branch", "分局": "branch"})
    words.update(dict.fromkeys(catalogue().central, "central"))
    words.update(dict.fromkeys(cues().own, "self"))
    automaton = ahocorasick.Automaton()
    for word in sorted(words):
        automaton.add_word(word, (words[word], word))
    automaton.make_automaton()
    return automaton


def find_agencies(doc: Document, heading: Heading, taken: Sequence[Mention]) -> list[Mention]:
    """Find the agencies that a report names, in text order.

    Args:
        doc: Report text and passages.
        heading: Who reports, on which year and place.
        taken: Mentions found by earlier steps; a span inside one of them is left alone.
    Returns:
        Mentions that do not overlap; names that cannot be completed with a
        division (市委 in a report of unknown place) are left out.
    """
    finder = _Finder(doc.text, heading, taken)
    mentions = [*finder.iter_catalogue(), *finder.iter_unit()]
    mentions += finder.iter_repeated(mentions)
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.rule)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


class _Finder:
    """One report's text, with what its relative names stand for."""

    def __init__(self, text: str, heading: Heading, taken: Sequence[Mention]) -> None:
        self.text = text
        self.heading = heading
        self.place = heading.place
        spans = sorted((m.start, m.end) for m in taken)
        self.starts = [s for s, _ in spans]
        self.ends = [e for _, e in spans]
        # Whose names a coordinated name without a division of its own continues.
        self.last_start = self.last_end = 0
        self.last_place: Place | None = None
        self.last_name = self.last_rule = ""
        self.names: dict[tuple[Place, str], str] = {}
        self.towns = tuple(
            s
            for s in heading.surfaces
            if self.place and self.place.level == "乡镇街道" and s.endswith(("街道", "镇", "乡"))
        )

    def is_taken(self, start: int, end: int) -> bool:
        """Whether a span touches one that an earlier step took."""
        index = bisect_right(self.starts, start) - 1
        if index >= 0 and self.ends[index] > start:
            return True
        return index + 1 < len(self.starts) and self.starts[index + 1] < end

    def iter_catalogue(self) -> Iterator[Mention]:
        """Mentions that a word of the catalogue or a head announces."""
        for last, (kind, form) in _automaton().iter_long(self.text):
            end = last + 1
            start = end - len(form)
            if self.is_taken(start, end) or self._runs_on(end):
                continue
            mention: Mention | None = getattr(self, f"_{kind}")(start, end, form)
            if mention and not self.is_taken(mention.start, mention.end):
                self.last_start, self.last_end = mention.start, mention.end
                self.last_name, self.last_rule = mention.name, mention.rule
                yield mention

    def iter_unit(self) -> Iterator[Mention]:
        """Mentions of the reporting unit by the forms that its heading has."""
        unit = self.heading.unit
        if not unit:
            return
        surfaces = [s for s in self.heading.surfaces if s not in self.towns or self._office()]
        if surfaces:
            for match in re.finditer("|".join(map(re.escape, surfaces)), self.text):
                if not self.is_taken(match.start(), match.end()):
                    yield self._mention(match.start(), match.end(), unit, "unit")

    def iter_repeated(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Further mentions of bodies by the form that introduced them."""
        forms: dict[str, str] = {}
        for mention in mentions:
            if mention.rule == "body" and len(mention.surface) > 3:
                forms.setdefault(mention.surface.strip("“”"), mention.name)
        if not forms:
            return []
        pattern = "|".join(map(re.escape, sorted(forms, key=lambda f: (-len(f), f))))
        return [
            self._mention(m.start(), m.end(), forms[m.group()], "repeated")
            for m in re.finditer(pattern, self.text)
            if not self.is_taken(m.start(), m.end())
        ]

    def _mention(self, start: int, end: int, name: str, rule: str) -> Mention:
        return Mention(start, end, self.text[start:end], "agency", name, rule)

    def _office(self) -> bool:
        """Whether the unit is a town's own office or government."""
        return bool(
            self.place
            and self.place.level == "乡镇街道"
            and self.heading.unit == self._name(self.place, "")
        )

    def _is_general_unit(self) -> bool:
        """Whether what the unit sets up belongs to its division as a whole."""
        return bool(self.place and self.heading.unit == self._name(self.place, ""))

    def _runs_on(self, end: int) -> bool:
        """Whether the next character makes another word of the last: 改革办|法, 区委|托."""
        return self.text[end : end + 1] in _RUNS_ON.get(self.text[end - 1], frozenset("\0"))

    def _is_post(self, end: int) -> bool:
        return self.text.startswith(cues().posts, end) and not self.text.startswith(
            ("常委会", "委员会", "主席团"), end
        )

    def _is_class(self, start: int) -> bool:
        before = self.text[max(0, start - 3) : start]
        return before.endswith(cues().class_before)

    # What each kind of word becomes; names are looked up by iter_catalogue.

    def _central(self, start: int, end: int, form: str) -> Mention | None:
        if form == "中央" and re.compile(
            r"有关|各|单位|企业|财政|预算|电视|空调|储备|和?国家机关|.{0,10}会议|军|生态|八项|红头|巡视|企|第|直属|领导|政府|苏|高层|统筹"
        ).match(self.text, end):
            return None
        if form == "国务院" and self.text.startswith("令", end):
            return None
        span = read_place(self.text, end) if form == "国家税务总局" else None
        if span and self.text.startswith("税务局", span.end):
            return None
        if self._is_post(end):
            return None
        if form in ("中办", "国办") and not is_boundary(self.text, start):
            return None
        return self._mention(start, end, catalogue().central[form].name, "central")

    def _self(self, start: int, end: int, form: str) -> Mention | None:
        unit = self.heading.unit
        if not unit or (form[-1] in "会校馆所处心" and form[-1] != unit[-1]):
            return None
        if start and self.text[start - 1] in "自":
            return None
        return self._mention(start, end, unit, "self")

    def _party(self, start: int, end: int, form: str) -> Mention | None:
        """区委, 市委组织部: the division's last character belongs to the form."""
        if self._is_post(end):
            return None
        return self._at_division(start + 1, end, form[1:])

    def _organ(self, start: int, end: int, form: str) -> Mention | None:
        if self._is_post(end):
            return None
        if form in ("人大", "政协") and self.text.startswith(("代表", "委员", "提案", "建议"), end):
            return None
        if form in ("工委", "党委", "纪委") and self.text.startswith("会", end):
            return None
        if form == "税务局" and self.text[start - 1 : start] == "地":
            return None
        return self._at_division(start, end, form)

    def _at_division(self, start: int, end: int, form: str) -> Mention | None:
        """An organ, with the division in front of it or the one it continues."""
        if start == self.last_end and self.last_place and self.last_rule == "organ":
            office = self._office_of_government(end, form)
            if office:
                return office
        found = self._division_before(start)
        if found:
            place, begin = found
            if place is None:
                return None
            if self.text[max(0, begin - 4) : begin].endswith(("中国共产党", "国共产党")):
                begin -= 5
            elif form == "税务局" and self.text.endswith("国家税务总局", 0, begin):
                begin -= 6
            elif self.text[max(0, begin - 2) : begin] in ("中共", "政协", "共青"):
                begin -= 2
            return self._named(begin, end, place, form)
        if form == "地区办事处" and not place_before(self.text, start + 2, self.last_end):
            return self._unlisted_town(start, end, "地区")
        if form == "党委" and (committee := self._committee(start, end)):
            return committee
        if form in ("党委", "纪委") and start and self.text[start - 1] in _RELATIVE:
            return None
        place = self._continued(start)
        if place is None:
            joined = start and self.text[start - 1] in "和与及"
            if form.endswith(_LONGER) and (joined or not is_boundary(self.text, start)):
                longer = self._head(start, end, form, owned=True)
                if longer or not joined:
                    return longer
            if self.place is None or not is_boundary(self.text, start) or self._is_class(start):
                return None
            if self.text.startswith(("制度", "机制", "建设", "改革", "体系"), end):
                return None
            if self.text.startswith(cues().class_after, end):
                return None
            place = self._bare(form)
        return self._named(start, end, place, form) if place else None

    def _office_of_government(self, end: int, form: str) -> Mention | None:
        """An office named behind its government: 区政府督查室."""
        place = self.last_place
        organ = catalogue().organs.get(form)
        if place is None or organ is None or self.last_name != self._name(place, "政府"):
            return None
        if organ.kind.startswith("党委"):
            name = f"{self.last_name}{organ.name}"
        else:
            name = self._name(place, form)
        return self._mention(self.last_start, end, name, "organ")

    def _bare(self, form: str) -> Place | None:
        """The division that an organ without one belongs to."""
        place = self.place
        if place is None:
            return None
        if place.level == "乡镇街道":
            bodies = TOWN_BODIES if is_subdistrict(place) else RURAL_BODIES
            if form in bodies and form not in ("政府", "人民政府", "人大", "委员会", "街道办"):
                return place
            if re.search(r"(?:队|中心|调解委员会|调委会|小组|武装部)$", form):
                return place
        if form in cues().no_bare:
            return None
        return place_of(place.path) if place.level == "乡镇街道" else place

    def _named(self, start: int, end: int, place: Place, form: str) -> Mention:
        self.last_place = place
        return self._mention(start, end, self._name(place, form), "organ")

    def _name(self, place: Place, body: str) -> str:
        key = (place, body)
        if key not in self.names:
            self.names[key] = name_agency(place, body).name
        return self.names[key]

    def _continued(self, start: int) -> Place | None:
        """The division of the agency that a coordinated name continues: 区教委、国资委."""
        if self.last_place is None or start - self.last_end != 1:
            return None
        return self.last_place if self.text[start - 1] in "、和与及" else None

    def _division_before(self, end: int) -> tuple[Place | None, int] | None:
        """The division that a text writes before an offset, and where it begins.

        Returns:
            None where no division is written; a None place where the words are a
            class (各区) or stand for no division of this report.
        """
        text = self.text
        if end == 0:
            return None
        floor = self.last_end
        if end == floor and self.last_rule == "town":
            return self.last_place, self.last_start
        if end == floor and self.last_rule == "self":
            return self.place, self.last_start
        for town in self.towns:
            if text.endswith(town, floor, end):
                return self.place, end - len(town)
        last = text[end - 1]
        if text.endswith("兵团", floor, end):
            span = (
                read_place(text, end - 2)
                if not text.endswith("新疆生产建设兵团", floor, end)
                else None
            )
            begin = end - 2 if span else end - 8
            return Place("新疆生产建设兵团", (), "省"), begin
        if last not in _LAST_OF_PLACE:
            return None
        span = place_before(text, end, floor)
        if span and self._is_known(span.end - span.start, span.candidates):
            return select_place(span.candidates, self.place, self.heading.year), span.start
        if last not in _RELATIVE and not text.endswith("街道", floor, end):
            return None
        begin = end - (2 if text.endswith("街道", floor, end) else 1)
        relative = text[begin:end]
        if text.endswith(("自治区", "自治州", "自治县", "自治旗"), floor, end):
            begin = end - 3
            relative = "省" if relative == "区" else relative
        if begin > floor and text[begin - 1] in _NO_RELATIVE:
            return (None, begin) if text[begin - 1] in "各" else self._zone_before(end)
        if (
            self.last_place
            and self.last_place.name.endswith(relative)
            and (begin == floor or (begin - 1 == floor and text[floor] in "、和与及"))
        ):
            return self.last_place, begin
        if self._is_class(begin) or (begin and text[begin - 1] in _RELATIVE and begin > floor):
            return None, begin
        if self.place is None:
            return None, begin
        if relative in ("街道", "镇", "乡"):
            same = self.place.level == "乡镇街道" and self.place.name.endswith(relative)
            return (self.place if same and self._opens(begin) else None), begin
        return nearest_division(self.place, relative), begin

    def _opens(self, begin: int) -> bool:
        return is_boundary(self.text, begin) or self.text[begin - 1] in "我本全"

    def _zone_before(self, end: int) -> tuple[Place | None, int] | None:
        """The unit's own zone (开发区管委会), or none of this report."""
        place = self.place
        if place is None or place.code or place.level != "县区":
            return None, end
        for n in (8, 7, 6, 5, 4, 3, 2):
            if end >= n and place.name.endswith(self.text[end - n : end]):
                return place, end - n
        return None, end

    def _is_known(self, length: int, candidates: Sequence[Place]) -> bool:
        """Whether a short name (和县) is likely meant as a division here."""
        if length > 2 and not all(p.level == "乡镇街道" for p in candidates):
            return True
        home = self.place
        return bool(home) and any(p.names[:1] == home.names[:1] for p in candidates if home)

    def _leadership(self, start: int, end: int, form: str) -> Mention | None:
        """The leading Party group of the unit or of the agency named before it."""
        unit = self.heading.unit
        if self.text.startswith(("书记", "成员", "织"), end):
            return None
        begin = start
        owner = unit
        if self.last_end == start and self.last_name and self.last_rule != "leadership":
            owner = self.last_name
        elif start and self.text[start - 1] in "局办委厅院":
            begin = start - 1
            if not is_boundary(self.text, begin) and self.text[begin - 1] not in "我本":
                return None
        elif not is_boundary(self.text, start) or self._is_class(start):
            return None
        if not owner or re.search(r"(?:街道办事处|镇人民政府|乡人民政府)$", owner):
            return None
        return self._mention(begin, end, f"中共{owner}党组", "leadership")

    def _committee(self, start: int, end: int) -> Mention | None:
        """The Party committee of the unit itself: 局党委, 学校党委."""
        unit = self.heading.unit
        begin = start - (2 if self.text[start - 2 : start] == "学校" else 1)
        if not unit or start < 2 or self.text[start - 1] not in "局校院厅委":
            return None
        if not is_boundary(self.text, begin) and self.text[begin - 1] not in "我本":
            return None
        return self._mention(begin, end, f"中共{unit}委员会", "leadership")

    def _youth(self, start: int, end: int, form: str) -> Mention | None:
        """The Youth League committee of a division: 团区委."""
        place = nearest_division(self.place, form[1]) if self.place else None
        if place is None or self._is_post(end):
            return None
        return self._mention(start, end, self._name(place, "团委"), "organ")

    def _branch(self, start: int, end: int, form: str) -> Mention | None:
        """A branch of the city's public security bureau: 公安局东城分局, 区公安分局."""
        text = self.text
        if form == "公安分局":
            found = self._division_before(start)
            if found and found[0]:
                return self._police(found[1], end, found[0])
            for n in (4, 3, 2):
                span = read_place(text, start - n, short=True) if start >= n else None
                if span and span.end == start:
                    place = select_place(span.candidates, self.place, self.heading.year)
                    if place and place.level == "县区":
                        return self._police(start - n, end, place)
            if (
                self.place
                and self.place.level == "县区"
                and is_boundary(text, start)
                and not self._is_class(start)
            ):
                return self._police(start, end, self.place)
            return None
        bureau = text.rfind("公安局", max(0, start - 8), start)
        if bureau < 0:
            return None
        span = read_place(text, bureau + 3, short=True)
        if not span or span.end != start:
            return None
        place = select_place(span.candidates, self.place, self.heading.year)
        found = self._division_before(bureau)
        begin = found[1] if found else bureau
        return self._police(begin, end, place) if place else None

    def _police(self, start: int, end: int, place: Place) -> Mention | None:
        city = place_of(place.path)
        if city is None:
            return None
        name = f"{city.full_name}公安局{short_name(place.name)}分局"
        return self._mention(start, end, name, "branch")

    def _head(self, start: int, end: int, form: str, *, owned: bool = False) -> Mention | None:
        """A body that no catalogue lists, read by its head.

        With ``owned`` only one that begins with its owner counts: 市林业和园林局.
        """
        if self._is_post(end) or self.place is None:
            return None
        if form in ("街道", "街道办事处"):
            return self._town(start, end, form)
        if self.text.startswith(
            ("式", "建设", "机制", "模式", "制度", "体系", "会议"), end
        ) and form.endswith(("中心", "办公室")):
            return None
        begin = body_start(self.text, start, self.last_end, owned=self.last_end > 0)
        if begin is None or (begin and self.text[begin - 1] in _FOREIGN):
            return None
        printed = self.text[begin:end]
        if self._is_no_body(printed, end, form):
            return None
        if (
            begin == self.last_end
            and self.last_name
            and (printed != form or form in cues().whole_heads)
        ):
            return self._of_agency(end, printed)
        place, body = self._owner(printed)
        inside = body.strip("“”") if body.count("“") != body.count("”") else body
        known = inside in catalogue().organs
        weak = form in cues().weak_heads and not self._founded(begin, inside)
        if owned and printed == body:
            return None
        if inside.startswith(("各", "有关", "相关", "其他")) or (weak and printed == body):
            return None
        owned = place is not None or printed != body
        whole = owned and form in cues().whole_heads
        if len(inside) - len(form) < (0 if whole else 1 if owned else 2) and not known:
            return None
        if place is None:
            if len(form) == 1 or form == "中心":
                return None
            return self._of_unit(begin, end, inside)
        return self._mention(begin, end, self._name(place, inside), "body")

    def _is_no_body(self, printed: str, end: int, form: str) -> bool:
        """Whether a name only ends like a body: 格局, 建设…中心, 理论中心|组."""
        if printed.strip("“”").endswith(cues().no_body) or re.search(r"\d年|年度", printed):
            return True
        return form in ("中心", "局") and bool(
            self.text.startswith(tuple("组工任城镇区小"), end) or _NO_NAME.search(printed)
        )

    def _founded(self, begin: int, body: str) -> bool:
        """Whether a committee stands alone as a subject or as what the unit founds."""
        if not body.endswith("委员会") or len(body) < 7:
            return False
        before = self.text[max(0, begin - 3) : begin]
        return before.endswith(cues().openers) or not "一" <= before[-1:] <= "鿿"

    def _of_agency(self, end: int, body: str) -> Mention | None:
        """A body whose owner is the agency named right before it: 区教委行政复议领导小组."""
        owner = self.last_name
        place = self.last_place or self.place
        central = self.last_rule == "central"
        if self.last_rule == "body" or (central and body.endswith(("中心", "局"))):
            return None
        if owner == self.heading.unit:
            return self._of_unit(self.last_end, end, body)
        if place and owner == self._name(place, ""):
            known = body in catalogue().organs
            name = self._name(place, body) if known else owner + body
            return self._mention(self.last_start, end, name, "body")
        stem = re.sub(r"^(中共.+委)员会$", r"\1", owner)
        return self._mention(self.last_start, end, stem + body, "body")

    def _of_unit(self, begin: int, end: int, body: str) -> Mention | None:
        unit = self.heading.unit
        if unit is None or self.place is None:
            return None
        owned = self.text[begin : begin + 1] in "局办委院厅" and not body.startswith(
            self.text[begin]
        )
        if self._is_general_unit() or (body in catalogue().organs and not owned):
            name = self._name(self.place, body)
        else:
            name = unit + body
        return self._mention(begin, end, name, "body")

    def _owner(self, printed: str) -> tuple[Place | None, str]:
        """Whose body it is, and its name without the owner; None for the unit's own."""
        for surface in self.heading.surfaces:
            if printed.startswith(surface) and len(surface) < len(printed):
                if surface in self.towns or self._is_general_unit():
                    return self.place, printed[len(surface) :]
                return None, printed[len(surface) :]
        if self.place and self.place.level == "乡镇街道":
            stem = re.sub(r"(?:街道|镇|乡)$", "", self.place.name)
            if printed.startswith(stem) and printed[len(stem) :] in cues().whole_heads:
                return self.place, printed[len(stem) :]
        span = read_place(printed)
        if span and span.end < len(printed) and self._is_known(span.end, span.candidates):
            place = select_place(span.candidates, self.place, self.heading.year)
            return place, printed[span.end :]
        match = re.match(
            r"[我本全]?(街道|[省市区县州旗盟镇乡局办委院厅])(?=[^域级属直委])", printed
        )
        if not match or self.place is None:
            return None, printed
        rest = printed[match.end() :]
        if match[1] in "局办委院厅":
            return None, rest
        if match[1] in ("街道", "镇", "乡"):
            same = self.place.level == "乡镇街道" and self.place.name.endswith(match[1])
            return (self.place, rest) if same else (None, printed)
        place = nearest_division(self.place, match[1])
        return (place, rest) if place else (None, printed)

    def _town(self, start: int, end: int, form: str) -> Mention | None:
        """A named subdistrict that acts: 景山街道."""
        stop = start + 2
        found = place_before(self.text, stop, self.last_end)
        if not found or found.start == start:
            if (
                form == "街道办事处"
                and self._office()
                and is_boundary(self.text, start)
                and not self._is_class(start)
            ):
                return self._mention(start, end, self.heading.unit or "", "self")
            return self._unlisted_town(start, end) if form == "街道办事处" else None
        home = self.place
        near = [
            p
            for p in found.candidates
            if home and p.path[: len(home.path) or 1] == (home.path or home.names)
        ]
        place = select_place(near, home)
        if place is None or place.level != "乡镇街道":
            return self._unlisted_town(start, end) if form == "街道办事处" else None
        self.last_place = place
        return self._mention(found.start, end, self._name(place, ""), "town")

    def _unlisted_town(self, start: int, end: int, kind: str = "街道") -> Mention | None:
        """The office of a subdistrict that the gazetteer lacks, in the unit's county."""
        county = ancestor_of(self.place, "县区") if self.place else None
        begin = body_start(self.text, start, self.last_end)
        if county is None or begin is None or self._office() or not 2 <= start - begin <= 5:
            return None
        stem = self.text[begin:start]
        if self._is_class(start) or not re.fullmatch(r"[一-鿿]+", stem) or stem[0] in "各本全我该":
            return None
        place = Place(stem + kind, county.names, "乡镇街道")
        self.last_place = place
        return self._mention(begin, end, self._name(place, ""), "town")


def resolve_agencies(mentions: Sequence[Mention], doc: Document, heading: Heading) -> list[Entity]:
    """Gather mentions into entities, by canonical name, in order of first mention.

    Properties follow from the canonical name alone; ``also`` adds the forms that
    this report uses (街道 for its own subdistrict).
    """
    grouped: dict[str, list[Mention]] = {}
    for mention in mentions:
        grouped.setdefault(mention.name, []).append(mention)
    entities = []
    for name, group in grouped.items():
        known = aliases_of(name)
        also = dict.fromkeys(known)
        if name == heading.unit:
            also.update(dict.fromkeys(heading.also))
        for mention in group:
            if mention.rule == "body" and heading.unit and heading.place:
                also.update(dict.fromkeys(_body_forms(mention, heading)))
        also.pop(name, None)
        entities.append(
            Entity("agency", name, tuple(group), tuple(also), agency_properties(name, known))
        )
    return entities


def _body_forms(mention: Mention, heading: Heading) -> tuple[str, ...]:
    """Full names of a body of the unit, with the unit's and the place's forms in front."""
    unit, place = heading.unit, heading.place
    bare = mention.surface
    if unit is None or place is None:
        return ()
    for prefix in (unit, place.full_name):
        if mention.name.startswith(prefix):
            bare = mention.name.removeprefix(prefix)
            break
    short = tuple(s for s in heading.surfaces if s.endswith(("街道", "镇", "乡")))
    owners = (unit, *heading.also, place.full_name, place.name, *short)
    return (*Name(bare).also, bare, mention.surface, *(owner + bare for owner in owners))
