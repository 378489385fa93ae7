"""What the head and foot of a report say about it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from loaders.places import (
    Place,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What the head and foot of a report say about it.

    Args:
        title: Title, line breaks dropped, with characters of even width.
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
