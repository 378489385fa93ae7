"""Administrative divisions by year: names, codes, what lies in what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["国家", "省", "市", "县区", "乡镇街道", "村社区"]


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
