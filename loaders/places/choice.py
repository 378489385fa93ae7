"""Which of several places of one name is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from loaders.places.gazetteer import existed, gazetteer, short_name
from loaders.places.model import Place


def select_place(
    candidates: Sequence[Place],
    near: Place | None = None,
    year: int | None = None,
    counts: Mapping[str, int] | None = None,
) -> Place | None:
    """Choose among places of one name.

    Args:
        candidates: Places that the name fits.
        near: Place of the reporting unit: what lies in it or beside it goes first.
        year: Year of the report: places of that year go first.
        counts: How often the text writes a name; a missing name raises no error there.
    Returns:
        The best one; what the best ones share where nothing tells them apart; None for none.
    """

    def rank(place: Place) -> tuple[bool, int, int]:
        shared = 0
        if near:
            for mine, theirs in zip(place.names, near.names, strict=False):
                if mine != theirs:
                    break
                shared += 1
        votes = 0 if counts is None else votes_for(place, counts)
        return (not existed(place, year), -shared, -votes)

    if not candidates:
        return None
    best = min(map(rank, candidates))
    return shared_place([place for place in candidates if rank(place) == best])


def votes_for(place: Place, counts: Mapping[str, int]) -> int:
    """How much a text speaks of the divisions that a place lies in, the smaller weighing more.

    Args:
        place: Any place.
        counts: How often the text writes a name; a missing name raises no error there.
    """
    votes = 0
    for depth, name in enumerate(place.path, start=1):
        short = short_name(name)
        own = place.name.startswith(short)  # 青龙镇 says nothing of 青龙满族自治县
        votes += depth * (counts[name] + (0 if own else counts[short]))
    return votes


def latest_places(candidates: Iterable[Place]) -> tuple[Place, ...]:
    """Of places with one official name the one that stood last: 简阳市 lies in 成都市."""
    years = gazetteer().years
    last: dict[str, Place] = {}
    for place in candidates:
        known = last.setdefault(place.official_name, place)
        if years.get(place, (0, 0))[1] > years.get(known, (0, 0))[1]:
            last[place.official_name] = place
    return tuple(last.values())


def shared_place(candidates: Sequence[Place]) -> Place:
    """What several places of one name have in common, the rest left open.

    鼓楼区 of 南京市, 福州市 and 徐州市 is 鼓楼区 of nowhere in particular; the one
    candidate of an unambiguous name is that place.
    """
    first = candidates[0]
    if len({p.full_name for p in candidates}) == 1:
        return first
    path: list[str] = []
    for names in zip(*(p.path for p in candidates), strict=False):
        if len(set(names)) > 1:
            break
        path.append(names[0])
    return Place(first.name, tuple(path), first.level)
