"""What a place is, and a chain of names that leads to one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Level = Literal["国家", "省", "市", "县区", "乡镇街道", "村社区"]


LEVELS: tuple[Level, ...] = ("国家", "省", "市", "县区", "乡镇街道", "村社区")


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
