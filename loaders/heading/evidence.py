"""What a report's own text tells of a place that a wording leaves open."""

from __future__ import annotations

import re
from collections import Counter

from loaders.organs import catalogue
from loaders.places import Place, existed, place_before, read_place, select_place, short_name

# Enough of a report to see how it writes its own name.
_HEAD = 20000


_FOOT = 3000


_OCCURRENCES = 200


# Public bodies name their accounts for place and field: “安康商务”微信公众号.
_ACCOUNT = re.compile(
    r"[“‘\"](?P<name>[一-鿿]{4,8})[”’\"](?:政务|官方)?(?:微信|微博|公众号|抖音|头条|视频号)"
)


# 《东莞市2021年依法行政工作要点》
_PLAN = re.compile(r"《(?P<name>[一-鿿]{1,15}?[市县区旗州盟])(?=(?:19|20)\d\d年)")


class Evidence(dict[str, int]):
    """How often the head and foot of a text write a place's name, counted when asked.

    A name counts in full and in short, 武汉市 and 武汉.
    """

    def __init__(self, text: str) -> None:
        self.text = text[:_HEAD] + "\n" + text[_HEAD:][-_FOOT:]

    def __missing__(self, name: str) -> int:
        self[name] = count = self.text.count(name)
        return count

    def names_itself(self, place: str) -> bool:
        """Whether a title, a signature, page data or a quoted plan begins with that place."""
        name = re.escape(place)
        return bool(
            re.search(
                rf"^[#\s|]*(?:中共|中国共产党|关于|\d{{4}}年度?)*{name}[^，。；：\n]*$"
                rf"|《{name}|(?:来源|单位|机构|机关)\s*[:：]\s*{name}",
                self.text,
                re.MULTILINE,
            )
        )

    def of(self, place: Place) -> int:
        """Mentions of the divisions that a place lies in, the smaller weighing more."""
        return sum(
            depth * (self[name] + self[short_name(name)])
            for depth, name in enumerate(place.path, start=1)
        )

    def spelled_out(self, body: str, level: str, year: int | None) -> Place | None:
        """The place that the text mostly writes before a body: 宜春市 for 市公安局.

        Args:
            body: The body without its place: 公安局.
            level: Last character of the division, empty for any.
            year: Year of the report.
        """
        organ = catalogue().organs.get(body)
        forms = sorted(organ.forms if organ else (body,), key=lambda f: (-len(f), f))
        found: Counter[Place] = Counter()
        pattern = "|".join(map(re.escape, forms))
        for n, match in enumerate(re.finditer(pattern, self.text)):
            if n == _OCCURRENCES:
                break
            span = place_before(self.text, match.start(), max(match.start() - 40, 0))
            if span is None:
                continue
            fit = [p for p in span.candidates if existed(p, year) and p.name.endswith(level)]
            place = select_place(fit, None, year, self)
            if place and (len({p.full_name for p in fit}) == 1 or self.of(place)):
                found[place] += 1
        return self._most(found)

    def by_account(self, level: str, year: int | None) -> Place | None:
        """The place of that level for which the report's own accounts are named."""
        found: Counter[Place] = Counter()
        for match in _ACCOUNT.finditer(self.text):
            span = read_place(match["name"], short=True)
            fit = [p for p in span.candidates if existed(p, year)] if span else []
            fit = [p for p in fit if p.name.endswith(level)]
            if len({p.full_name for p in fit}) == 1:
                found[fit[0]] += 1
        return self._most(found)

    def by_document(self, level: str, year: int | None) -> Place | None:
        """The place of that level for which the plans that the report follows are named."""
        found: Counter[Place] = Counter()
        for match in _PLAN.finditer(self.text):
            span = read_place(match["name"])
            if span is None or span.end != len(match["name"]):
                continue
            fit = [p for p in span.candidates if existed(p, year) and p.name.endswith(level)]
            if len({p.full_name for p in fit}) == 1:
                found[fit[0]] += 1
        return self._most(found)

    @staticmethod
    def _most(found: Counter[Place]) -> Place | None:
        if not found:
            return None
        return max(found, key=lambda p: (found[p], len(p.path), p.full_name))
