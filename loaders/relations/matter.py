"""Whether two wordings are about the same matter: what they have in common, form words left out."""

from __future__ import annotations

_FORM_WORDS = frozenset(
    (
        *("制度", "机制", "工作", "办法", "实施", "管理", "行政", "建设", "服务"),
        *("活动", "行动", "专项", "改革"),
    )
)


def share_matter(one: str, other: str, least: int) -> bool:
    """Whether two wordings have at least so many different pairs of characters in common."""
    pairs = {one[i : i + 2] for i in range(len(one) - 1)} - _FORM_WORDS
    return len(pairs & {other[i : i + 2] for i in range(len(other) - 1)}) >= least
