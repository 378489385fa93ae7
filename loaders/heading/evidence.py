"""What a report's own text tells of a place that a wording leaves open."""

from __future__ import annotations

import re
from collections import Counter

from loaders.organs import catalogue
from loaders.places import (
    Place,
    existed,
    place_before,
    places_named,
    read_place,
    select_place,
    votes_for,
)

# Enough of a report to see how it writes its own name.
_HEAD = 20000


_FOOT = 3000


_OCCURRENCES = 200


# Public bodies name their accounts for place and field: “安康商务”微信公众号.
_ACCOUNT = re.compile(
    r"[“‘\"](?P<name>[一-鿿]{4,8})[”’\"](?:政务|官方)?(?:微信|微博|公众号|抖音|头条|视频号)"
)


# 《东莞市2021年依法行政工作要点》, 《清溪县领导干部述法办法》
_OWN_PAPER = re.compile(r"《(?P<name>[一-鿿]{2,24})")


# 双江拉祜族佤族布朗族傣族自治县 is the longest name; short ones are looked for in the head.
_LONGEST_NAME = 15
_MENTIONED = 6000


def _named(piece: str) -> tuple[Place, ...]:
    """Places of that full name, provinces and prefectures of that short one."""
    places = places_named(piece, short=True)
    return tuple(p for p in places if p.level != "县区" or piece == p.name or "自治" in p.name)


class Evidence(dict[str, int]):
    """How often the head and foot of a text write a place's name, counted when asked.

    A name counts in full and in short, 武汉市 and 武汉.
    """

    def __init__(self, text: str) -> None:
        self.text = text[:_HEAD] + "\n" + text[_HEAD:][-_FOOT:]
        self._mentioned: list[Place] | None = None

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
        """Mentions of the divisions that a place lies in; see :func:`loaders.places.votes_for`."""
        return votes_for(place, self)

    def spelled_out(
        self, body: str, level: str | tuple[str, ...], year: int | None
    ) -> Place | None:
        """The place that the text mostly writes before a body: 宜春市 for 市公安局.

        Args:
            body: The body without its place: 公安局.
            level: Last character of the division, empty for any, several for one of them.
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
        """The place of that level for which the papers that the report follows are named."""
        found: Counter[Place] = Counter()
        for match in _OWN_PAPER.finditer(self.text):
            span = read_place(match["name"])
            fit = [p for p in span.candidates if existed(p, year)] if span else []
            fit = [p for p in fit if p.name.endswith(level)]
            if len({p.full_name for p in fit}) == 1:
                found[fit[0]] += 1
        return self._most(found)

    def by_mention(self, level: str, year: int | None) -> Place | None:
        """The place of that level that the text names most, in full or in short.

        None where it is named once only or another comes near: a report speaks of its
        neighbours, too. Counties count in full only; their short names are words.
        """
        found = Counter(p for p in self._mentions(year) if p.name.endswith(level))
        ranked = [count for _, count in found.most_common(2)] + [0, 0]
        return self._most(found) if ranked[0] > max(1, 2 * ranked[1]) else None

    def _mentions(self, year: int | None) -> list[Place]:
        """Divisions that the text's head names without doubt, in order; read once."""
        if self._mentioned is None:
            self._mentioned = []
            text, at = self.text[:_MENTIONED], 0
            while at < len(text):
                pieces = (text[at : at + length] for length in range(_LONGEST_NAME, 1, -1))
                piece = next((piece for piece in pieces if _named(piece)), "")
                fit = [place for place in _named(piece) if existed(place, year)]
                if len({p.full_name for p in fit}) == 1:
                    self._mentioned.append(fit[0])
                at += len(piece) or 1
        return self._mentioned

    def of_county(self, place: Place) -> bool:
        """Whether a town may lie where it is said to: it speaks of its 县委 or its 区委."""
        if place.level != "乡镇街道":
            return True
        said = {level: self[f"{level}委"] + self[f"{level}政府"] for level in "县区旗"}
        spoken = {level for level, count in said.items() if count}
        county = place.path[-1][-1] if place.path else ""
        return not spoken or county in spoken

    def county_spoken_of(self, year: int | None) -> Place | None:
        """The county whose committee or government the text names most: 大丰区委、区政府."""
        counties = ("县", "区", "旗", "市")
        found = (self.spelled_out(body, counties, year) for body in ("委", "人民政府"))
        return next((place for place in found if place and place.level == "县区"), None)

    @staticmethod
    def _most(found: Counter[Place]) -> Place | None:
        if not found:
            return None
        return max(found, key=lambda p: (found[p], len(p.path), p.full_name))
