"""What a place is, and a chain of names that leads to one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Level = Literal["国家", "省", "市", "县区", "乡镇街道", "村社区"]


LEVELS: tuple[Level, ...] = ("国家", "省", "市", "县区", "乡镇街道", "村社区")

_NAMED_IN_ALL = ("北京市", "天津市", "上海市", "重庆市", "新疆生产建设兵团")
"""Municipalities, and the Corps: what lies in them carries their name."""


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative division.

    Args:
        name: Its own name: 东城区.
        path: Names of the larger divisions, largest first: (北京市,).
        level: 省 for provinces and municipalities, 市, 县区, 乡镇街道.
        code: Six-digit division code (GB/T 2260); None below the county.
    """

    name: str
    path: tuple[str, ...]
    level: Level
    code: str | None = None

    @property
    def full_name(self) -> str:
        """Names from the largest division down: 北京市东城区."""
        return "".join((*self.path, self.name))

    @property
    def official_name(self) -> str:
        """The name that seals and signatures carry: 岳阳市云溪区, 平江县, 芜湖市.

        No two counties, cities or prefectures of the country share a name (Regulations
        on the Administration of Place Names, 2022, article 9), so it stays the same when
        a county passes to another city; districts do share theirs and carry their city's,
        towns carry their county's, and all that lies in a municipality carries its name.
        """
        if self.path and (
            self.level in ("乡镇街道", "村社区")
            or self.path[0] in _NAMED_IN_ALL
            or (self.name.endswith("区") and (len(self.path) > 1 or self.path[0].endswith("市")))
        ):
            above: Level = "乡镇街道" if self.level == "村社区" else "县区"
            return Place(self.path[-1], self.path[:-1], above).official_name + self.name
        return self.name

    @property
    def names(self) -> tuple[str, ...]:
        """Names from the largest division down, its own last."""
        return (*self.path, self.name)

    def is_within(self, other: Place) -> bool:
        """Whether the place is the other one or lies in it."""
        return self.names[: len(other.names)] == other.names


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A chain of names that lead to a place.

    Args:
        start: First offset of the chain.
        end: Offset after it.
        candidates: Every place that the chain fits; never empty.
    """

    start: int
    end: int
    candidates: tuple[Place, ...]


def within_any(found: Iterable[Place], above: Sequence[Place]) -> tuple[Place, ...]:
    """Those that lie below one of the places above."""
    return tuple(p for p in found if any(p.names != a.names and p.is_within(a) for a in above))
