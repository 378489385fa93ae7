"""One report's text while its agencies are read, with what its relative names stand for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from loaders.agencies.bounds import is_boundary
from loaders.agencies.cues import cues
from loaders.entities import Mention
from loaders.heading import Heading
from loaders.organs import name_agency, place_forms
from loaders.places import Place

_HEADED = tuple("局厅院处所科队部署委办")
"""What a body ends in whose head is called so with 长: 司法局|长会议."""
_HEADS_MEET = ("长会", "长座谈", "长办公", "长专题", "长联席")
_COUNTED = re.compile(r"\d+余?[个支家所处](?![^，。；]{0,12}(?:单位|部门))")
RELATIVE = "省市区县州旗盟镇乡"


def _line_bureau(heading: Heading) -> str | None:
    """The kind of bureau that the unit is: 税务局, 公安局 for a branch; None for others."""
    unit, place = heading.unit, heading.place
    if unit is None or place is None:
        return None
    body = re.sub(r"^国家税务总局", "", unit)
    body = re.sub(r"^.*?(公安局|生态环境局|市场监督管理局).+分局$", r"\1", body)
    for form in place_forms(place):
        body = body.removeprefix(form)
    return body if body.endswith(("局", "厅")) else None


class Scan:
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

        self.line = _line_bureau(heading)

    def is_taken(self, start: int, end: int) -> bool:
        """Whether a span touches one that an earlier step took."""
        index = bisect_right(self.starts, start) - 1
        if index >= 0 and self.ends[index] > start:
            return True
        return index + 1 < len(self.starts) and self.starts[index + 1] < end

    def is_free(self, start: int, end: int, found: Sequence[tuple[int, int]]) -> bool:
        """Whether a span touches neither one that an earlier step took nor one of those found.

        Args:
            start: First offset.
            end: Offset after the last.
            found: Spans of mentions, sorted.
        """
        index = bisect_right(found, (end, 0)) - 1
        return not (self.is_taken(start, end) or (index >= 0 and found[index][1] > start))

    def mention(self, start: int, end: int, name: str, rule: str) -> Mention:
        """A mention of the agency with that canonical name."""
        return Mention(start, end, self.text[start:end], "agency", name, rule)

    def behind_last(self, end: int, rule: str) -> Mention:
        """A body by the one named right before it, whose name goes on up to ``end``."""
        name = self.last_name + self.text[self.last_end : end]
        return self.mention(self.last_start, end, name, rule)

    def is_own_office(self) -> bool:
        """Whether the unit is a town's own office or government."""
        return bool(
            self.place
            and self.place.level == "乡镇街道"
            and self.heading.unit == self.name_of(self.place, "")
        )

    def is_general_unit(self) -> bool:
        """Whether what the unit sets up belongs to its division as a whole."""
        return bool(self.place and self.heading.unit == self.name_of(self.place, ""))

    def runs_on(self, end: int) -> bool:
        """Whether the next character makes another word of the last: 改革办|法, 区委|托."""
        known = cues()
        follows = self.text[end : end + 1] in known.runs_on.get(self.text[end - 1], ())
        return follows and not self.text.startswith(known.runs_on_not, end)

    def may_name_body(self, end: int) -> bool:
        """Whether a unit is known, whose a body without an owner is, and no post follows."""
        return self.heading.unit is not None and not self.is_post(end)

    def is_post(self, end: int) -> bool:
        """Whether a post follows: 区委|书记."""
        if self.text[end - 1 : end] in _HEADED and self.text.startswith(_HEADS_MEET, end):
            return True
        return self.text.startswith(cues().posts, end) and not self.text.startswith(
            ("常委会", "委员会", "主席团"), end
        )

    def is_class(self, start: int) -> bool:
        """Whether what stands before makes a class: 各区|司法局."""
        before = self.text[max(0, start - 3) : start]
        return before.endswith(cues().class_before)

    def is_counted(self, end: int) -> bool:
        """Whether a number makes a class: 建有人民调解委员会|94个, but not 甲局、乙局|2个单位."""
        return _COUNTED.match(self.text, end) is not None

    def name_of(self, place: Place, body: str) -> str:
        """Canonical name of a body at a place; empty body for its government or office."""
        key = (place, body)
        if key not in self.names:
            self.names[key] = name_agency(place, body).name
        return self.names[key]

    def opens(self, begin: int) -> bool:
        """Whether a name, or 我, 本, 全 before it, may begin at an offset."""
        return is_boundary(self.text, begin) or self.text[begin - 1] in "我本全"

    def is_known(self, length: int, candidates: Sequence[Place]) -> bool:
        """Whether a short name (和县) is likely meant as a division here."""
        if length > 2 and not all(p.level == "乡镇街道" for p in candidates):
            return True
        home = self.place
        return bool(home) and any(p.names[:1] == home.names[:1] for p in candidates if home)
